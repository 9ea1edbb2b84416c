#pragma once
// One mapping file, compiled: read inwards and written outwards by the same rules.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/document/content.h"
#include "gateway/document/digest.h"
#include "gateway/document/schema.h"
#include "gateway/mapping/paths/report.h"
#include "gateway/mapping/schema_shelf.h"
#include "gateway/mapping/values/problems.h"

namespace gateway::mapping {

/// Values of the exchange that a mapping may use as `$exchange/name`: sender, recipient, audience,
/// messageId, messageType, createdAt, receivedAt, channel, gateway.
using ExchangeValues = std::map<std::string, std::string, std::less<>>;

/// What came of reading: a tree in the shape of canonical case-model JSON, and the report.
struct MappedTree {
    document::Node ours;
    Report report;
};

/// Known shape of our side, so that a mapping that names a field which does not exist is refused
/// when loaded. Paths like "judgmentTransfer/ruling/parties[]/name".
class Shape {
  public:
    virtual ~Shape() = default;
    /// Object, Array, String, Number or Boolean; nothing if there is no such field.
    [[nodiscard]] virtual std::optional<document::Kind> kindAt(std::string_view path) const = 0;
    /// Whether there are messages of that type.
    [[nodiscard]] virtual bool hasMessage(std::string_view /*type*/) const { return true; }
    /// The words of a closed set, in its order; empty for a field that takes any text.
    [[nodiscard]] virtual std::vector<std::string_view> wordsAt(std::string_view /*path*/) const {
        return {};
    }
};

/// Code lists that stand in their own files (agencies among them): theirs -> ours and back.
class CodeLists {
  public:
    virtual ~CodeLists() = default;
    /// Nothing if unknown; `list` exists (checked when the plan was compiled through knows()).
    [[nodiscard]] virtual std::optional<std::string> toOurs(std::string_view list,
                                                            std::string_view theirs) const = 0;
    [[nodiscard]] virtual std::optional<std::string> toTheirs(std::string_view list,
                                                              std::string_view ours) const = 0;
    [[nodiscard]] virtual bool knows(std::string_view list) const = 0;
    /// Every value of ours that toOurs() may give on any day; empty for a list too long to tell.
    [[nodiscard]] virtual std::vector<std::string> oursOf(std::string_view /*list*/) const {
        return {};
    }
    /// What to tell the sender of a text for which toOurs() gives nothing, without its place.
    [[nodiscard]] virtual base::Problem refusalOf(std::string_view list,
                                                  std::string_view theirs) const;
};

/// Our own model cannot be written in a format. `problem` has its path in the case model, empty
/// where the partner's schema is what objects.
class Unwritable final : public base::Fault {
  public:
    Unwritable(const std::string& what, base::Problem why) :
        base::Fault(what), problem(std::move(why)) {}
    base::Problem problem;
};

/// A compiled mapping. Immutable and thread-safe; compile at start or reload only.
///
/// read() refuses what the schema, a required field, a type, a code list or an unknown node says
/// no to; it never throws for input. write() throws Unwritable if our own model cannot be
/// rendered, or breaks their schema (an operator's alarm, unless the author is still at hand).
class Plan {
  public:
    /// Throws base::Fault with file, line and rule for anything wrong in the mapping itself.
    /// `languageSchema` is mappings/schemas/mapping.xsd compiled.
    [[nodiscard]] static std::shared_ptr<const Plan> compile(
        const std::filesystem::path& file, const document::XmlSchema& languageSchema,
        const Shape& shape, std::shared_ptr<const CodeLists> codeLists);
    /// The same for one of many: partners' schemas are taken from `schemas` and put there.
    [[nodiscard]] static std::shared_ptr<const Plan> compile(
        const std::filesystem::path& file, const document::XmlSchema& languageSchema,
        const Shape& shape, std::shared_ptr<const CodeLists> codeLists, SchemaShelf& schemas);
    ~Plan();

    [[nodiscard]] const std::string& id() const noexcept;  ///< e.g. "court-binh-dinh/ruling"
    [[nodiscard]] const std::string& version() const noexcept;
    [[nodiscard]] const std::string& messageType() const noexcept;  ///< of the case model
    [[nodiscard]] document::Form theirs() const noexcept;
    /// The format names no addressee of its own: only the signer's own channel may bring it.
    [[nodiscard]] bool withoutAddressee() const noexcept;
    [[nodiscard]] bool inward() const noexcept;
    [[nodiscard]] bool outward() const noexcept;
    /// First day, in Viet Nam, on which messages are read by it.
    [[nodiscard]] std::optional<base::Date> validFrom() const noexcept;
    /// SHA-256 over the mapping file and every file it includes or refers to.
    [[nodiscard]] const document::Digest& digest() const noexcept;

    /// Whether root and conditions of <accept> fit.
    [[nodiscard]] bool accepts(const document::Content& content) const;
    [[nodiscard]] base::Result<MappedTree, Problems> read(const document::Content& content,
                                                          const ExchangeValues& exchange,
                                                          Detail detail = Detail::NotUsed) const;
    /// What can be made of a message that read() refused: only good for saying in the refusal which
    /// message it is about.
    [[nodiscard]] document::Node attempt(const document::Content& content,
                                         const ExchangeValues& exchange) const;
    /// `ours` in the shape of canonical JSON. Gives the bytes in the partner's format, unsigned.
    [[nodiscard]] std::string write(const document::Node& ours,
                                    const ExchangeValues& exchange) const;
    /// Throws what write() would throw, with less work where no text is needed to know it.
    void tryWriting(const document::Node& ours, const ExchangeValues& exchange) const;
    /// The fields of `ours` that bear a value and that write() does not carry, in the notation of
    /// Shape, in document order, each once however many items it stands in. A container of which
    /// nothing goes out is named alone. Found by carrying out the rules: a member that the format
    /// does not know, a rule that only reads, an item or option for which no condition holds.
    /// Throws as write() does.
    [[nodiscard]] std::vector<std::string> leftOut(const document::Node& ours,
                                                   const ExchangeValues& exchange) const;

  private:
    struct Compiled;
    explicit Plan(std::unique_ptr<Compiled> compiled);
    [[nodiscard]] document::Node written(const document::Node& ours,
                                         const ExchangeValues& exchange) const;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace gateway::mapping
