#include "gateway/exchange/reference/agency_loader.h"

#include "gateway/document/text.h"
#include "gateway/law/conditions/data_file.h"

namespace gateway::exchange {
namespace {

constexpr const char* kTerritories = "territories.xml";
constexpr const char* kSpellings = "spellings.xml";

model::Territory territoryOf(const law::DataFile& file, const document::Node& node) {
    model::Territory territory;
    territory.id = file.text(node, "id");
    territory.period = file.period(node);
    territory.origin = file.origin(node);
    for (const auto* name : file.elements(node, "name"))
        territory.names.push_back({document::toNfc(name->value), file.period(*name)});
    if (const auto* successor = node.child("successor")) {
        territory.successor = file.text(*successor, "id");
        territory.successionOn = file.date(*successor, "on");
    }
    return territory;
}

model::Succession successionOf(const law::DataFile& file, const document::Node& node) {
    model::Succession succession;
    succession.successor = file.text(node, "code");
    succession.on = file.date(node, "on").value();
    succession.type = file.named<model::SuccessionType>(node, "type");
    succession.basis = file.text(node, "basis");
    return succession;
}

model::Agency agencyOf(const law::DataFile& file, const document::Node& node) {
    model::Agency agency;
    agency.code = file.text(node, "code");
    agency.status = file.named<model::CodeStatus>(node, "status");
    agency.kind = file.named<model::AgencyKind>(node, "kind");
    agency.level = file.named<model::AgencyLevel>(node, "level");
    agency.period = file.period(node);
    agency.territory = file.text(node, "territory");
    agency.superior = file.text(node, "superior");
    agency.note = file.text(node, "note");
    agency.origin = file.origin(node);
    for (const auto* original : file.elements(node, "original"))
        agency.originals.push_back(original->value);
    for (const auto* name : file.elements(node, "name"))
        agency.names.push_back({document::toNfc(name->value), file.period(*name), false});
    for (const auto* alias : file.elements(node, "alias"))
        agency.names.push_back({document::toNfc(alias->value), file.period(*alias), true});
    for (const auto* successor : file.elements(node, "successor"))
        agency.successors.push_back(successionOf(file, *successor));
    return agency;
}

}  // namespace

std::shared_ptr<const model::AgencyDirectory> loadAgencies(const std::filesystem::path& agencies,
                                                           const std::filesystem::path& schemas) {
    const auto territorySchema = document::XmlSchema::load(schemas / "territories.xsd");
    const auto agencySchema = document::XmlSchema::load(schemas / "agency-directory.xsd");

    std::vector<model::Territory> territories;
    const law::DataFile territoryFile(agencies / kTerritories, *territorySchema);
    for (const auto* node : territoryFile.elements(territoryFile.root(), "territory"))
        territories.push_back(territoryOf(territoryFile, *node));

    std::vector<model::Agency> all;
    for (const auto& path : law::filesIn(agencies, ".xml")) {
        if (path.filename() == kTerritories || path.filename() == kSpellings) continue;
        const law::DataFile file(path, *agencySchema);
        for (const auto* node : file.elements(file.root(), "agency"))
            all.push_back(agencyOf(file, *node));
    }
    return std::make_shared<const model::AgencyDirectory>(
        std::move(all), model::Territories(std::move(territories)));
}

model::NameSpellings loadSpellings(const std::filesystem::path& agencies,
                                   const std::filesystem::path& schemas) {
    const auto schema = document::XmlSchema::load(schemas / "spellings.xsd");
    const law::DataFile file(agencies / kSpellings, *schema);
    std::vector<std::string> units;
    for (const auto* unit : file.elements(file.root(), "unit")) units.push_back(unit->value);
    std::vector<model::Spelling> spellings;
    for (const auto* node : file.elements(file.root(), "spelling")) {
        auto& spelling = spellings.emplace_back();
        spelling.of = file.text(*node, "of");
        spelling.origin = file.origin(*node);
        for (const auto* as : file.elements(*node, "as")) spelling.as.push_back(as->value);
    }
    return {spellings, units};
}

}  // namespace gateway::exchange
