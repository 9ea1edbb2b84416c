#include "gateway/mapping/mappings.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"

namespace gateway::mapping {
namespace {

constexpr std::size_t kMostMappings = 5'000;

std::vector<std::filesystem::path> mappingFiles(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry(directory, error), end;
         !error && entry != end; entry.increment(error)) {
        if (entry->path().filename() != "mapping.xml") continue;
        files.push_back(entry->path());
        if (files.size() > kMostMappings)
            throw base::Fault("too many mappings below " + directory.string());
    }
    if (error) throw base::Fault(directory.string() + ": " + error.message());
    std::sort(files.begin(), files.end());
    return files;
}

// Every mapping's file has the same name: its folder tells which one it is.
std::string inFolder(const std::filesystem::path& folder, const std::string& fault) {
    if (fault.find(folder.string()) != std::string::npos) return fault;
    return (folder / "").string() + fault;
}

}  // namespace

std::shared_ptr<const Mappings> Mappings::load(const std::filesystem::path& directory,
                                               const Shape& shape,
                                               const std::shared_ptr<const CodeLists>& codeLists) {
    return load(directory, shape, codeLists, nullptr);
}

std::shared_ptr<const Mappings> Mappings::loadUsable(
    const std::filesystem::path& directory, const Shape& shape,
    const std::shared_ptr<const CodeLists>& codeLists, std::vector<std::string>& faults) {
    return load(directory, shape, codeLists, &faults);
}

std::shared_ptr<const Mappings> Mappings::load(const std::filesystem::path& directory,
                                               const Shape& shape,
                                               const std::shared_ptr<const CodeLists>& codeLists,
                                               std::vector<std::string>* faults) {
    const auto language = document::XmlSchema::load(directory / "schemas" / "mapping.xsd");
    auto mappings = std::make_shared<Mappings>();
    SchemaShelf schemas;
    for (const auto& file : mappingFiles(directory)) try {
            auto plan = Plan::compile(file, *language, shape, codeLists, schemas);
            const std::string id = plan->id();
            if (!mappings->plans_.emplace(id, std::move(plan)).second)
                throw base::Fault(file.string() + ": there is another mapping \"" + id + "\"");
        } catch (const base::Fault& fault) {
            const auto told = inFolder(file.parent_path(), fault.what());
            if (faults == nullptr) throw base::Fault(told);
            faults->emplace_back(told);
        }
    document::FieldDigest digest;
    for (const auto& [id, plan] : mappings->plans_) digest.add(id).add(plan->digest().view());
    mappings->digest_ = digest.finish();
    return mappings;
}

namespace {

bool isValid(const Plan& plan, std::optional<base::Date> today) {
    return !today || !plan.validFrom() || *plan.validFrom() <= *today;
}

// The latest of several versions, else the first one asked for.
void latestFirst(std::vector<const Plan*>& plans) {
    std::ranges::stable_sort(plans, std::ranges::greater(),
                             [](const Plan* plan) { return plan->validFrom(); });
}

}  // namespace

const Plan* Mappings::find(std::string_view id) const noexcept {
    const auto found = plans_.find(id);
    return found == plans_.end() ? nullptr : found->second.get();
}

std::vector<const Plan*> Mappings::candidates(const std::vector<std::string>& ids,
                                              const document::Content& content,
                                              std::optional<base::Date> today) const {
    std::vector<const Plan*> plans;
    for (const std::string& id : ids) {
        const Plan* const plan = find(id);
        if (plan == nullptr) continue;
        if (!plan->table() && isValid(*plan, today) && plan->accepts(content))
            plans.push_back(plan);
    }
    latestFirst(plans);
    return plans;
}

std::vector<const Plan*> Mappings::ofTables(const std::vector<std::string>& ids,
                                            base::Date today) const {
    std::vector<const Plan*> plans;
    for (const std::string& id : ids)
        if (const Plan* const plan = find(id); plan && plan->table() && isValid(*plan, today))
            plans.push_back(plan);
    latestFirst(plans);
    return plans;
}

std::vector<const Plan*> Mappings::all() const {
    std::vector<const Plan*> plans;
    plans.reserve(plans_.size());
    for (const auto& entry : plans_) plans.push_back(entry.second.get());
    return plans;
}

}  // namespace gateway::mapping
