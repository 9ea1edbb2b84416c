#pragma once
// One mapping file, compiled: read inwards and written outwards by the same rules.

#include <filesystem>
#include <functional>
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
#include "gateway/document/tables/table.h"
#include "gateway/mapping/paths/paths.h"
#include "gateway/mapping/paths/report.h"
#include "gateway/mapping/paths/shape.h"
#include "gateway/mapping/sources/schema_shelf.h"
#include "gateway/mapping/values/code_port.h"
#include "gateway/mapping/values/exchange_values.h"
#include "gateway/mapping/values/problems.h"

namespace gateway::mapping {

class Rule;

/// What came of reading: our side's tree (of the case model in the shape of canonical JSON, of an
/// XSD an Element), and the report.
struct MappedTree {
    document::Node ours;
    Report report;
};

/// A compiled mapping. Immutable and thread-safe; compile at start or reload only.
///
/// read() refuses what the schema, a required field, a type, a code list or an unknown node says
/// no to; it never throws for input. write() throws Unwritable if our own model cannot be
/// rendered, or breaks their schema (an operator's alarm, unless the author is still at hand).
class Plan {
  public:
    /// Throws base::Fault for whatever is wrong in the mapping itself: a line for each, with file,
    /// line and rule. `languageSchema` is mappings/schemas/mapping.xsd compiled; `shape` is that of
    /// the case model, for a mapping that names no other schema for ours.
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
    /// Both, as receipts and registrations name it: "court-binh-dinh/ruling@2".
    [[nodiscard]] std::string name() const;
    [[nodiscard]] const std::string& messageType() const noexcept;  ///< of the case model
    [[nodiscard]] document::Form theirs() const noexcept;
    [[nodiscard]] document::Form ours() const noexcept;
    /// Ours is the case model: only such a mapping can be in service.
    [[nodiscard]] bool oursIsModel() const noexcept;
    /// Of a format whose messages are rows of a table, where it stands; theirs() is then Json, and
    /// accepts() and read() take one row.
    [[nodiscard]] const std::optional<document::TableLayout>& table() const noexcept;
    /// The format names no addressee of its own: only the signer's own channel may bring it.
    [[nodiscard]] bool withoutAddressee() const noexcept;
    [[nodiscard]] bool inward() const noexcept;
    [[nodiscard]] bool outward() const noexcept;
    /// The fields of ours that, left out, are as their sender has said them before.
    [[nodiscard]] const std::vector<std::string>& unchangedWhenAbsent() const noexcept;
    /// First day, in Viet Nam, on which messages are read and written by it, and first day not.
    [[nodiscard]] std::optional<base::Date> validFrom() const noexcept;
    [[nodiscard]] std::optional<base::Date> validUntil() const noexcept;
    /// SHA-256 over the mapping file and every file it includes or refers to.
    [[nodiscard]] const document::Digest& digest() const noexcept;
    /// Whether it names a document of that name that is given with the message.
    [[nodiscard]] bool asksFor(std::string_view document) const;
    /// Every rule in the order of the file, those inside after the one around them.
    void forEachRule(const std::function<void(const Rule&)>& visit) const;
    /// Places of theirs that are looked at to know a message, as rules name them.
    [[nodiscard]] std::vector<std::string> placesOfAccept() const;

    /// Whether root and conditions of <accept> fit. Of one that only writes: whether it answers
    /// such a message.
    [[nodiscard]] bool accepts(const document::Content& content) const;
    [[nodiscard]] base::Result<MappedTree, Problems> read(const document::Content& content,
                                                          const ExchangeValues& exchange,
                                                          Detail detail = Detail::NotUsed,
                                                          const Documents& given = {}) const;
    /// What can be made of a message that read() refused: only good for saying in the refusal which
    /// message it is about.
    [[nodiscard]] document::Node attempt(const document::Content& content,
                                         const ExchangeValues& exchange) const;
    /// `ours` in the shape of canonical JSON. Gives the bytes in the partner's format, unsigned.
    [[nodiscard]] std::string write(const document::Node& ours, const ExchangeValues& exchange,
                                    const Documents& given = {}) const;
    /// Throws what write() would throw, with less work where no text is needed to know it.
    void tryWriting(const document::Node& ours, const ExchangeValues& exchange,
                    const Documents& given = {}) const;
    /// The fields of `ours` that bear a value and that write() does not carry, in the notation of
    /// Shape, in document order, each once however many items it stands in. A container of which
    /// nothing goes out is named alone. Found by carrying out the rules: a member that the format
    /// does not know, a rule that only reads, an item or option for which no condition holds.
    /// Throws as write() does.
    [[nodiscard]] std::vector<std::string> leftOut(const document::Node& ours,
                                                   const ExchangeValues& exchange,
                                                   const Documents& given = {}) const;
    /// What becomes of every value of `ours` when it is written, with Detail::All: by which rule it
    /// goes, where to and as what; Unknown: not at all. `ours` was read from a text, positions
    /// kept. Of mappings one after another the last one is told. Throws as write() does.
    [[nodiscard]] Report explainWriting(const document::Node& ours, const ExchangeValues& exchange,
                                        const Documents& given = {}) const;
    /// Another mapping reads what this one makes.
    [[nodiscard]] bool goesOn() const noexcept;
    /// What the schema of ours says of such a document; nothing where ours is the case model.
    [[nodiscard]] Problems judgeOurs(const document::Node& ours) const;
    /// Our side as a document of its own.
    [[nodiscard]] std::string textOfOurs(const document::Node& ours) const;

  private:
    friend class PlanLoader;
    struct Compiled;
    class Surroundings;
    explicit Plan(std::unique_ptr<Compiled> compiled);
    [[nodiscard]] base::Result<MappedTree, Problems> readOwn(const document::Content& content,
                                                             const ExchangeValues& exchange,
                                                             Detail detail,
                                                             const Documents& given) const;
    [[nodiscard]] document::Node written(const document::Node& ours, const ExchangeValues& exchange,
                                         const Documents& given) const;
    [[nodiscard]] std::vector<std::string> leftOutByOwn(const document::Node& ours,
                                                        const ExchangeValues& exchange,
                                                        const Documents& given) const;
    // One after another: what the rules here make, the next plan reads, and back.
    [[nodiscard]] document::Content made(document::Node ours) const;
    [[nodiscard]] base::Result<MappedTree, Problems> readOn(MappedTree own,
                                                            const document::Node& source,
                                                            const ExchangeValues& exchange,
                                                            Detail detail,
                                                            const Documents& given) const;
    [[nodiscard]] document::Node writtenByNext(const document::Node& ours,
                                               const ExchangeValues& exchange,
                                               const Documents& given) const;
    [[nodiscard]] std::vector<std::string> leftOutOnTheWay(const document::Node& ours,
                                                           const ExchangeValues& exchange,
                                                           const Documents& given) const;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace gateway::mapping
