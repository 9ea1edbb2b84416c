#include "gateway/mapping/code_lists.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/text.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/sources/source_files.h"
#include "gateway/mapping/values/code_table.h"

namespace gateway::mapping {
namespace {

using document::Node;

std::vector<std::filesystem::path> listFiles(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::exists(directory)) return files;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        if (entry.path().extension() == ".xml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

// False if the key has another meaning on one of these days.
bool FileCodeLists::add(Entries& entries, const std::string& key, Entry entry) {
    const auto [first, last] = entries.equal_range(key);
    const bool clash = std::any_of(first, last, [&entry](const auto& there) {
        return there.second.from < entry.until && entry.from < there.second.until;
    });
    if (!clash) entries.emplace(key, std::move(entry));
    return !clash;
}

FileCodeLists::List FileCodeLists::listOf(const Node& root, const std::string& file) {
    List list;
    for (const Node& code : root.children) {
        if (code.name != "code") continue;
        const std::string& theirs = code.attribute("theirs")->value;
        const std::string& ours = code.attribute("ours")->value;
        const std::string only = attributeOr(code, "only", "");
        const auto from = base::parseDate(attributeOr(code, "valid-from", "0001-01-01"));
        const auto until = base::parseDate(attributeOr(code, "valid-until", "9999-12-31"));
        if (!from || !until || *until <= *from)
            throw base::Fault(placeOf(file, code) +
                              "valid-until is the first day not: later than valid-from");
        const bool in =
            only == "out" || add(list.toOurs, document::toNfc(theirs), {ours, *from, *until});
        const bool out = only == "in" || add(list.toTheirs, ours, {theirs, *from, *until});
        if (!in || !out)
            throw base::Fault(placeOf(file, code) + "\"" + theirs +
                              "\" is not unique; say only=\"in\" for what is never written");
    }
    return list;
}

std::shared_ptr<const FileCodeLists> FileCodeLists::load(const std::filesystem::path& directory,
                                                         const document::XmlSchema& schema,
                                                         const base::Clock& clock) {
    auto lists = std::make_shared<FileCodeLists>(clock);
    SourceFiles files(schema);
    for (const auto& file : listFiles(directory)) {
        const document::Tree tree = files.read(file);
        const std::string& name = tree.root.attribute("name")->value;
        if (!lists->lists_.emplace(name, listOf(tree.root, file.string())).second)
            throw base::Fault(file.string() + ": there is another list \"" + name + "\"");
    }
    lists->digest_ = files.digest();
    return lists;
}

std::optional<std::string> FileCodeLists::find(const Entries& entries, std::string_view key) const {
    const base::Date today = base::vietnamDate(clock_.now());
    const auto [first, last] = entries.equal_range(key);
    const auto found = std::find_if(first, last, [today](const auto& entry) {
        return entry.second.from <= today && today < entry.second.until;
    });
    if (found == last) return std::nullopt;
    return found->second.other;
}

std::optional<std::string> FileCodeLists::toOurs(std::string_view list,
                                                 std::string_view theirs) const {
    const auto found = lists_.find(list);
    return found == lists_.end() ? std::nullopt
                                 : find(found->second.toOurs, document::toNfc(theirs));
}

std::optional<std::string> FileCodeLists::toTheirs(std::string_view list,
                                                   std::string_view ours) const {
    const auto found = lists_.find(list);
    return found == lists_.end() ? std::nullopt : find(found->second.toTheirs, ours);
}

std::vector<std::string> FileCodeLists::oursOf(std::string_view list) const {
    std::vector<std::string> words;
    if (const auto found = lists_.find(list); found != lists_.end())
        for (const auto& [theirs, entry] : found->second.toOurs) words.push_back(entry.other);
    return words;
}

bool FileCodeLists::knows(std::string_view list) const { return lists_.find(list) != lists_.end(); }

base::Problem FileCodeLists::refusalOf(std::string_view list, std::string_view) const {
    std::vector<std::string> codes;
    const auto found = lists_.find(list);
    if (found == lists_.end()) return unknownCode(list, codes);
    for (const auto& entry : found->second.toOurs) {
        const auto& code = entry.first;
        if ((codes.empty() || codes.back() != code) && toOurs(list, code)) codes.push_back(code);
    }
    return unknownCode(list, codes);
}

const CodeLists* CombinedCodeLists::sourceOf(std::string_view list) const {
    const auto found = std::find_if(sources_.begin(), sources_.end(),
                                    [list](const auto& source) { return source->knows(list); });
    return found == sources_.end() ? nullptr : found->get();
}

std::optional<std::string> CombinedCodeLists::toOurs(std::string_view list,
                                                     std::string_view theirs) const {
    const CodeLists* const source = sourceOf(list);
    return source == nullptr ? std::nullopt : source->toOurs(list, theirs);
}

std::optional<std::string> CombinedCodeLists::toTheirs(std::string_view list,
                                                       std::string_view ours) const {
    const CodeLists* const source = sourceOf(list);
    return source == nullptr ? std::nullopt : source->toTheirs(list, ours);
}

base::Problem CombinedCodeLists::refusalOf(std::string_view list, std::string_view theirs) const {
    const CodeLists* const source = sourceOf(list);
    return source == nullptr ? CodeLists::refusalOf(list, theirs) : source->refusalOf(list, theirs);
}

std::vector<std::string> CombinedCodeLists::oursOf(std::string_view list) const {
    const auto* const source = sourceOf(list);
    return source ? source->oursOf(list) : std::vector<std::string>();
}

bool CombinedCodeLists::knows(std::string_view list) const { return sourceOf(list) != nullptr; }

}  // namespace gateway::mapping
