#pragma once
// What a mapping reads: the tree of a document and, for XML, the parsed document for its schema.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "gateway/document/digest.h"
#include "gateway/document/tree.h"
#include "gateway/document/xml.h"

namespace gateway::trust {
class Verifier;
}

namespace gateway::document {

enum class TableForm : std::uint8_t { Csv, Xlsx };

/// A spreadsheet as it came. Where the table stands in it is for a mapping to say, so it is read
/// when that is known.
struct TableFile {
    TableForm form{};
    std::string bytes;
};

/// A parsed document without any claim about who wrote it. Movable.
struct Content {
    Tree tree;
    std::optional<XmlDocument> xml;    ///< present when tree.form is Xml
    std::optional<TableFile> table{};  ///< then `tree` is an empty object
};

/// Content that a verified signature covers, the whole of it and nothing else (promise P3).
/// Only trust::Verifier can make one; that is what lets intake map it. An enveloped signature has
/// been cut out; signatures inside a body signed detached are mere data.
class SignedContent {
  public:
    /// A key to the constructor that only the verifier holds.
    class Passkey {
        friend class gateway::trust::Verifier;
        friend class SignedContent;
        Passkey() = default;
    };
    SignedContent(Passkey, Content content, Digest digest) :
        content_(std::move(content)), digest_(digest) {}

    [[nodiscard]] const Content& content() const noexcept { return content_; }
    /// SHA-256 of what the signature covers (protocol.md, "Binding").
    [[nodiscard]] const Digest& digest() const noexcept { return digest_; }
    /// A part that is a message of its own, e.g. one row of a table: what covers the whole covers
    /// it. It goes by a digest of its own.
    [[nodiscard]] SignedContent part(Content content, const Digest& digest) const {
        return {Passkey(), std::move(content), digest};
    }

  private:
    Content content_;
    Digest digest_;
};

}  // namespace gateway::document
