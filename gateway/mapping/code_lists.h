#pragma once
// Code lists in files of their own, with validity dates, and those that other rooms bring.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/digest.h"
#include "gateway/document/schema.h"
#include "gateway/mapping/values/code_table.h"

namespace gateway::mapping {

/// All files `*.xml` of one directory (mappings/code-lists). Immutable and thread-safe.
class FileCodeLists final : public CodeLists {
  public:
    /// `schema` is mappings/schemas/code-list.xsd. No directory gives no lists. Throws base::Fault
    /// with file and line: unreadable, a name twice, a code twice at one time in one direction, no
    /// day between first and end.
    [[nodiscard]] static std::shared_ptr<const FileCodeLists> load(
        const std::filesystem::path& directory, const document::XmlSchema& schema);

    [[nodiscard]] std::optional<std::string> toOurs(std::string_view list, std::string_view theirs,
                                                    AsOf day) const override;
    [[nodiscard]] std::optional<std::string> toTheirs(std::string_view list, std::string_view ours,
                                                      AsOf day) const override;
    [[nodiscard]] bool knows(std::string_view list) const override;
    [[nodiscard]] std::vector<std::string> oursOf(std::string_view list) const override;
    [[nodiscard]] base::Problem refusalOf(std::string_view list, std::string_view theirs,
                                          AsOf day) const override;
    /// Over names and bytes of all files, in order of name.
    [[nodiscard]] const document::Digest& digest() const noexcept { return digest_; }

  private:
    [[nodiscard]] const CodeTable* tableOf(std::string_view list) const;

    std::map<std::string, CodeTable, std::less<>> lists_;
    document::Digest digest_;
};

/// Several sources of lists as one: the first that knows a list answers for it. Immutable.
class CombinedCodeLists final : public CodeLists {
  public:
    explicit CombinedCodeLists(std::vector<std::shared_ptr<const CodeLists>> sources) :
        sources_(std::move(sources)) {}

    [[nodiscard]] std::optional<std::string> toOurs(std::string_view list, std::string_view theirs,
                                                    AsOf day) const override;
    [[nodiscard]] std::optional<std::string> toTheirs(std::string_view list, std::string_view ours,
                                                      AsOf day) const override;
    [[nodiscard]] bool knows(std::string_view list) const override;
    [[nodiscard]] std::vector<std::string> oursOf(std::string_view list) const override;
    [[nodiscard]] base::Problem refusalOf(std::string_view list, std::string_view theirs,
                                          AsOf day) const override;

  private:
    [[nodiscard]] const CodeLists* sourceOf(std::string_view list) const;
    std::vector<std::shared_ptr<const CodeLists>> sources_;
};

}  // namespace gateway::mapping
