#pragma once
// All mappings in service, as one immutable snapshot.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/plan.h"

namespace gateway::mapping {

/// Loaded from a directory tree `mappings/<format>/<message>/mapping.xml`. Immutable, thread-safe.
class Mappings {
  public:
    /// Every file named mapping.xml below the directory, by the language schema in its `schemas`.
    /// Throws base::Fault with file and line if one of them is wrong, or two have one id: a
    /// directory is taken as a whole or not at all.
    [[nodiscard]] static std::shared_ptr<const Mappings> load(
        const std::filesystem::path& directory, const Shape& shape,
        const std::shared_ptr<const CodeLists>& codeLists);
    /// For a start with a wrong file: the others, and in `faults` why each was left out.
    [[nodiscard]] static std::shared_ptr<const Mappings> loadUsable(
        const std::filesystem::path& directory, const Shape& shape,
        const std::shared_ptr<const CodeLists>& codeLists, std::vector<std::string>& faults);

    [[nodiscard]] const Plan* find(std::string_view id) const noexcept;
    /// The plans among `ids` that read inwards and accept this content: those with the latest
    /// first day before others, then in the order of `ids`; with a date, only those that are valid
    /// on it. Ids that are not loaded are passed over.
    [[nodiscard]] std::vector<const Plan*> candidates(
        const std::vector<std::string>& ids, const document::Content& content,
        std::optional<base::Date> today = std::nullopt) const;
    /// The plans among `ids` whose messages are rows of a table and that are valid on the day, in
    /// the same order; whether one accepts a table is known when it is read by its layout.
    [[nodiscard]] std::vector<const Plan*> ofTables(const std::vector<std::string>& ids,
                                                    base::Date today) const;
    /// In order of id.
    [[nodiscard]] std::vector<const Plan*> all() const;
    /// Over all digests, in order of id.
    [[nodiscard]] const document::Digest& digest() const noexcept { return digest_; }

  private:
    static std::shared_ptr<const Mappings> load(const std::filesystem::path& directory,
                                                const Shape& shape,
                                                const std::shared_ptr<const CodeLists>& codeLists,
                                                std::vector<std::string>* faults);

    std::map<std::string, std::shared_ptr<const Plan>, std::less<>> plans_;
    document::Digest digest_;
};

}  // namespace gateway::mapping
