#pragma once
// All mappings in service, as one immutable snapshot.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/plan.h"
#include "gateway/mapping/versions.h"

namespace gateway::mapping {

/// Loaded from a directory tree: `mapping.xml`, and `mapping-*.xml` beside it, in each
/// `mappings/<format>/<message>`. A `mapping-*.xml` without a first day waits: it serves those who
/// name its version, and others when it has been activated. Immutable, thread-safe.
/// A name is an id ("court-xml/ruling"), or an id and a version ("court-xml/ruling@2").
class Mappings {
  public:
    /// Every such file below the directory, by the language schema in its `schemas`.
    /// Throws base::Fault with file and line if one of them is wrong, or two have one id and
    /// version, or as Versions::settle(): a directory is taken as a whole or not at all.
    [[nodiscard]] static std::shared_ptr<const Mappings> load(
        const std::filesystem::path& directory, const Shape& shape,
        const std::shared_ptr<const CodeLists>& codeLists, const VersionChoices& choices = {});
    /// For a start with a wrong file: the others, and in `faults` why each was left out. Of an id
    /// whose versions do not go together none is there.
    [[nodiscard]] static std::shared_ptr<const Mappings> loadUsable(
        const std::filesystem::path& directory, const Shape& shape,
        const std::shared_ptr<const CodeLists>& codeLists, std::vector<std::string>& faults,
        const VersionChoices& choices = {});

    /// The versions that a name stands for, in the order in which they are asked whether they read
    /// or write a message of that day (of any day, without one).
    [[nodiscard]] std::vector<const Plan*> versionsOf(
        std::string_view name, std::optional<base::Date> day = std::nullopt) const;
    /// The first of them; null if there is none.
    [[nodiscard]] const Plan* find(std::string_view name,
                                   std::optional<base::Date> day = std::nullopt) const;
    /// The same for every id that begins so ("court-xml/"), in order of id.
    [[nodiscard]] std::vector<const Plan*> below(
        std::string_view prefix, std::optional<base::Date> day = std::nullopt) const;
    /// For each name its first version that reads inwards and accepts this content: those with the
    /// latest first day before others, then in the order of `names`. Names that are not loaded
    /// are passed over.
    [[nodiscard]] std::vector<const Plan*> candidates(
        const std::vector<std::string>& names, const document::Content& content,
        std::optional<base::Date> day = std::nullopt) const;
    /// The plans among `names` whose messages are rows of a table and that are valid on the day, in
    /// the same order; whether one accepts a table is known when it is read by its layout.
    [[nodiscard]] std::vector<const Plan*> ofTables(const std::vector<std::string>& names,
                                                    base::Date day) const;
    /// In order of id and version.
    [[nodiscard]] std::vector<const Plan*> all() const;
    /// Whether it serves those who name no version, on the days on which it is valid.
    [[nodiscard]] bool serves(const Plan& plan) const;
    /// Over all digests and what serves, in order of id and version.
    [[nodiscard]] const document::Digest& digest() const noexcept { return digest_; }

  private:
    static std::shared_ptr<const Mappings> load(const std::filesystem::path& directory,
                                                const Shape& shape,
                                                const std::shared_ptr<const CodeLists>& codeLists,
                                                const VersionChoices& choices,
                                                std::vector<std::string>* faults);
    void settle(const VersionChoices& choices, std::vector<std::string>* faults);

    std::map<std::string, Versions, std::less<>> versions_;  ///< by id
    document::Digest digest_;
};

}  // namespace gateway::mapping
