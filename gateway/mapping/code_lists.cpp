#include "gateway/mapping/code_lists.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/code_elements.h"
#include "gateway/mapping/sources/source_files.h"

namespace gateway::mapping {
namespace {

std::vector<std::filesystem::path> listFiles(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::exists(directory)) return files;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        if (entry.path().extension() == ".xml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

std::shared_ptr<const FileCodeLists> FileCodeLists::load(const std::filesystem::path& directory,
                                                         const document::XmlSchema& schema) {
    auto lists = std::make_shared<FileCodeLists>();
    SourceFiles files(schema);
    for (const auto& file : listFiles(directory)) {
        const document::Tree tree = files.read(file);
        const auto [entry, isNew] = lists->lists_.try_emplace(tree.root.attribute("name")->value);
        if (!isNew)
            throw base::Fault(file.string() + ": there is another list \"" + entry->first + "\"");
        addCodes(tree.root, file.string(), entry->second);
    }
    lists->digest_ = files.digest();
    return lists;
}

const CodeTable* FileCodeLists::tableOf(std::string_view list) const {
    const auto found = lists_.find(list);
    return found == lists_.end() ? nullptr : &found->second;
}

std::optional<std::string> FileCodeLists::toOurs(std::string_view list, std::string_view theirs,
                                                 AsOf day) const {
    const auto* table = tableOf(list);
    return table ? table->toOurs(theirs, day) : std::nullopt;
}

std::optional<std::string> FileCodeLists::toTheirs(std::string_view list, std::string_view ours,
                                                   AsOf day) const {
    const auto* table = tableOf(list);
    return table ? table->toTheirs(ours, day) : std::nullopt;
}

std::vector<std::string> FileCodeLists::oursOf(std::string_view list) const {
    const auto* table = tableOf(list);
    return table ? table->ours() : std::vector<std::string>();
}

bool FileCodeLists::knows(std::string_view list) const { return tableOf(list) != nullptr; }

base::Problem FileCodeLists::refusalOf(std::string_view list, std::string_view /*theirs*/,
                                       AsOf day) const {
    const auto* table = tableOf(list);
    return unknownCode(list, table ? table->theirs(day) : std::vector<std::string>());
}

const CodeLists* CombinedCodeLists::sourceOf(std::string_view list) const {
    const auto found = std::find_if(sources_.begin(), sources_.end(),
                                    [list](const auto& source) { return source->knows(list); });
    return found == sources_.end() ? nullptr : found->get();
}

std::optional<std::string> CombinedCodeLists::toOurs(std::string_view list, std::string_view theirs,
                                                     AsOf day) const {
    const CodeLists* const source = sourceOf(list);
    return source == nullptr ? std::nullopt : source->toOurs(list, theirs, day);
}

std::optional<std::string> CombinedCodeLists::toTheirs(std::string_view list, std::string_view ours,
                                                       AsOf day) const {
    const CodeLists* const source = sourceOf(list);
    return source == nullptr ? std::nullopt : source->toTheirs(list, ours, day);
}

base::Problem CombinedCodeLists::refusalOf(std::string_view list, std::string_view theirs,
                                           AsOf day) const {
    const CodeLists* const source = sourceOf(list);
    return source == nullptr ? CodeLists::refusalOf(list, theirs, day)
                             : source->refusalOf(list, theirs, day);
}

std::vector<std::string> CombinedCodeLists::oursOf(std::string_view list) const {
    const auto* const source = sourceOf(list);
    return source ? source->oursOf(list) : std::vector<std::string>();
}

bool CombinedCodeLists::knows(std::string_view list) const { return sourceOf(list) != nullptr; }

}  // namespace gateway::mapping
