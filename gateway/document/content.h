#pragma once
// What a mapping reads: the tree of a document and, for XML, the parsed document for its schema.

#include <memory>
#include <optional>

#include "gateway/document/digest.h"
#include "gateway/document/tree.h"
#include "gateway/document/xml.h"

namespace gateway::trust {
class Verifier;
}

namespace gateway::document {

/// A parsed document without any claim about who wrote it. Movable.
struct Content {
    Tree tree;
    std::optional<XmlDocument> xml;  ///< present when tree.form is Xml
};

/// Content that a verified signature covers, the whole of it and nothing else (promise P3).
/// Only trust::Verifier can make one; that is what lets intake map it. An enveloped signature has
/// been cut out; signatures inside a body signed detached are mere data.
class SignedContent {
  public:
    /// A key to the constructor that only the verifier holds.
    class Passkey {
        friend class gateway::trust::Verifier;
        Passkey() = default;
    };
    SignedContent(Passkey, Content content, Digest digest) :
        content_(std::move(content)), digest_(digest) {}

    [[nodiscard]] const Content& content() const noexcept { return content_; }
    /// SHA-256 of what the signature covers (protocol.md, "Binding").
    [[nodiscard]] const Digest& digest() const noexcept { return digest_; }

  private:
    Content content_;
    Digest digest_;
};

}  // namespace gateway::document
