#include "gateway/mapping/mappings.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/sources/mapping_files.h"

namespace gateway::mapping {
namespace {

constexpr std::string_view kFirst = "mapping.xml";

// Mappings' files have the same names: the folder tells which one it is.
std::string inFolder(const std::filesystem::path& folder, const std::string& fault) {
    if (fault.find(folder.string()) != std::string::npos) return fault;
    return (folder / "").string() + fault;
}

void tell(std::vector<std::string>* faults, std::string fault) {
    if (faults == nullptr) throw base::Fault(fault);
    faults->push_back(std::move(fault));
}

}  // namespace

std::shared_ptr<const Mappings> Mappings::load(const std::filesystem::path& directory,
                                               const Shape& shape,
                                               const std::shared_ptr<const CodeLists>& codeLists,
                                               const VersionChoices& choices) {
    return load(directory, shape, codeLists, choices, nullptr);
}

std::shared_ptr<const Mappings> Mappings::loadUsable(
    const std::filesystem::path& directory, const Shape& shape,
    const std::shared_ptr<const CodeLists>& codeLists, std::vector<std::string>& faults,
    const VersionChoices& choices) {
    return load(directory, shape, codeLists, choices, &faults);
}

std::shared_ptr<const Mappings> Mappings::load(const std::filesystem::path& directory,
                                               const Shape& shape,
                                               const std::shared_ptr<const CodeLists>& codeLists,
                                               const VersionChoices& choices,
                                               std::vector<std::string>* faults) {
    const auto language = document::XmlSchema::load(directory / "schemas" / "mapping.xsd");
    auto mappings = std::make_shared<Mappings>();
    SchemaShelf schemas;
    for (const auto& file : mappingFiles(directory)) try {
            auto plan = Plan::compile(file, *language, shape, codeLists, schemas);
            const bool waits = file.filename() != kFirst && !plan->validFrom();
            auto& versions = mappings->versions_[plan->id()];
            versions.add(std::move(plan), waits);
        } catch (const base::Fault& fault) {
            tell(faults, inFolder(file.parent_path(), fault.what()));
        }
    mappings->settle(choices, faults);
    document::FieldDigest digest;
    for (const auto* plan : mappings->all())
        digest.add(plan->name())
            .add(plan->digest().view())
            .add(mappings->serves(*plan) ? "serves" : "waits");
    mappings->digest_ = digest.finish();
    return mappings;
}

namespace {

// The latest of several mappings, else the first one asked for.
void latestFirst(std::vector<const Plan*>& plans) {
    std::ranges::stable_sort(plans, std::ranges::greater(),
                             [](const Plan* plan) { return plan->validFrom(); });
}

}  // namespace

void Mappings::settle(const VersionChoices& choices, std::vector<std::string>* faults) {
    static const VersionChoice kNone;
    for (auto entry = versions_.begin(); entry != versions_.end();) try {
            const auto choice = choices.find(entry->first);
            entry->second.settle(choice == choices.end() ? kNone : choice->second);
            ++entry;
        } catch (const base::Fault& fault) {
            tell(faults, entry->first + ": " + fault.what());
            entry = versions_.erase(entry);
        }
}

std::vector<const Plan*> Mappings::versionsOf(std::string_view name,
                                              std::optional<base::Date> day) const {
    const auto [id, version] = idAndVersion(name);
    const auto found = versions_.find(id);
    return found == versions_.end() ? std::vector<const Plan*>()
                                    : found->second.inOrder(version, day);
}

std::vector<const Plan*> Mappings::below(std::string_view prefix,
                                         std::optional<base::Date> day) const {
    std::vector<const Plan*> plans;
    for (auto each = versions_.lower_bound(prefix);
         each != versions_.end() && each->first.starts_with(prefix); ++each)
        std::ranges::copy(each->second.inOrder({}, day), std::back_inserter(plans));
    return plans;
}

const Plan* Mappings::find(std::string_view name, std::optional<base::Date> day) const {
    const auto plans = versionsOf(name, day);
    return plans.empty() ? nullptr : plans.front();
}

std::vector<const Plan*> Mappings::candidates(const std::vector<std::string>& names,
                                              const document::Content& content,
                                              std::optional<base::Date> day) const {
    std::vector<const Plan*> plans;
    for (const std::string& name : names) {
        const auto versions = versionsOf(name, day);
        const auto reader = std::ranges::find_if(versions, [&](const Plan* plan) {
            return plan->inward() && !plan->table() && plan->accepts(content);
        });
        if (reader != versions.end()) plans.push_back(*reader);
    }
    latestFirst(plans);
    return plans;
}

std::vector<const Plan*> Mappings::ofTables(const std::vector<std::string>& names,
                                            base::Date day) const {
    std::vector<const Plan*> plans;
    for (const std::string& name : names)
        if (const auto* plan = find(name, day); plan && plan->table()) plans.push_back(plan);
    latestFirst(plans);
    return plans;
}

std::vector<const Plan*> Mappings::all() const {
    std::vector<const Plan*> plans;
    for (const auto& entry : versions_)
        for (const auto* plan : entry.second.all()) plans.push_back(plan);
    return plans;
}

bool Mappings::serves(const Plan& plan) const {
    const auto found = versions_.find(plan.id());
    return found != versions_.end() && found->second.serves(plan);
}

}  // namespace gateway::mapping
