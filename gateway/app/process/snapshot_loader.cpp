#include "gateway/app/process/snapshot_loader.h"

#include "gateway/app/process/snapshot_areas.h"
#include "gateway/app/settings/failure.h"
#include "gateway/exchange/reference/agency_codes.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/model_shape.h"

namespace gateway::app {
CodeLists loadCodeLists(const std::filesystem::path& mappings,
                        const exchange::ReferenceData& reference) {
    const auto schema = document::XmlSchema::load(mappings / "schemas" / "code-list.xsd");
    auto files = mapping::FileCodeLists::load(mappings / "code-lists", *schema);
    const auto digest = files->digest();
    std::vector<std::shared_ptr<const mapping::CodeLists>> lists = {
        std::move(files), std::make_shared<const exchange::AgencyCodes>(reference.sharedDirectory(),
                                                                        reference.sharedNames())};
    return {std::make_shared<const mapping::CombinedCodeLists>(std::move(lists)), digest};
}

std::shared_ptr<const exchange::ReferenceData> loadReference(
    const std::filesystem::path& mappings, const std::filesystem::path& connectors) {
    return exchange::ReferenceData::load({mappings / "agencies", connectors, mappings / "schemas",
                                          mappings / "case-model" / "plausibility.xml", mappings});
}

std::filesystem::path connectorsBeside(const std::filesystem::path& mappings) {
    // "mappings/" ends in an empty name, whose parent is the folder itself.
    auto root = std::filesystem::absolute(mappings).lexically_normal();
    if (!root.has_filename()) root = root.parent_path();
    return root.parent_path() / "connectors";
}

std::filesystem::path mappingsAbove(const std::filesystem::path& file) {
    for (auto at = std::filesystem::absolute(file).parent_path(); at != at.parent_path();
         at = at.parent_path())
        if (std::filesystem::exists(at / "schemas" / "mapping.xsd")) return at;
    throw InputError("no schemas/mapping.xsd above " + file.string() + "; use --mappings");
}

DataView dataNamedBy(const Arguments& arguments) {
    const std::filesystem::path mappings = arguments.get("mappings", "mappings");
    return fromInput(
        [&] { return DataView(mappings, connectorsBeside(mappings), arguments.get("local")); });
}

law::LawBook loadLaw(const DataView& data) {
    if (!std::filesystem::exists(data.mappings() / "acts"))
        throw InputError("no acts below " + data.named(data.mappings().string()) +
                         "; use --mappings DIR");
    try {
        return law::LawBook::load(data.mappings());
    } catch (const base::Fault& fault) {
        throw InputError(data.named(fault.what()));
    }
}

law::figures::FigureBook loadFigures(const DataView& data, const law::LawBook& law) {
    try {
        return law::figures::FigureBook::load(data.mappings(), law);
    } catch (const base::Fault& fault) {
        throw InputError(data.named(fault.what()));
    }
}

exchange::SnapshotPtr loadSnapshot(const Config& config, const base::Clock& clock,
                                   exchange::SealPtr seal) {
    SnapshotAreas areas(config, clock, {});
    auto snapshot = areas.load(std::move(seal));
    if (!areas.faults().empty()) throw base::Fault(areas.faults().front().reason);
    return snapshot;
}

}  // namespace gateway::app
