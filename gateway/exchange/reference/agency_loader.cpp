#include "gateway/exchange/reference/agency_loader.h"

#include "gateway/base/fault.h"
#include "gateway/document/text.h"
#include "gateway/law/conditions/data_file.h"
#include "gateway/model/agencies/directory_faults.h"

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

std::vector<std::filesystem::path> agencyFiles(const std::filesystem::path& folder) {
    auto files = law::filesIn(folder, ".xml");
    std::erase_if(files, [](const auto& path) {
        return path.filename() == kTerritories || path.filename() == kSpellings;
    });
    return files;
}

void addAgencies(const std::filesystem::path& path, const document::XmlSchema& schema,
                 std::vector<model::Agency>& all) {
    const law::DataFile file(path, schema);
    for (const auto* node : file.elements(file.root(), "agency"))
        all.push_back(agencyOf(file, *node));
}

model::Territories territoriesIn(const std::filesystem::path& folder,
                                 const document::XmlSchema& schema) {
    std::vector<model::Territory> territories;
    const law::DataFile file(folder / kTerritories, schema);
    for (const auto* node : file.elements(file.root(), "territory"))
        territories.push_back(territoryOf(file, *node));
    return model::Territories(std::move(territories));
}

}  // namespace

std::shared_ptr<const model::AgencyDirectory> loadAgencies(const std::filesystem::path& agencies,
                                                           const std::filesystem::path& schemas) {
    const auto territorySchema = document::XmlSchema::load(schemas / "territories.xsd");
    const auto agencySchema = document::XmlSchema::load(schemas / "agency-directory.xsd");
    std::vector<model::Agency> all;
    for (const auto& path : agencyFiles(agencies)) addAgencies(path, *agencySchema, all);
    return std::make_shared<const model::AgencyDirectory>(
        std::move(all), territoriesIn(agencies, *territorySchema));
}

JudgedAgencies judgeAgencies(const std::filesystem::path& agencies,
                             const std::filesystem::path& schemas) {
    const auto territorySchema = document::XmlSchema::load(schemas / "territories.xsd");
    const auto agencySchema = document::XmlSchema::load(schemas / "agency-directory.xsd");
    JudgedAgencies judged;
    const auto attempt = [&judged](const auto& reading) {
        try {
            reading();
        } catch (const base::Fault& fault) {
            judged.faults.emplace_back(fault.what());
        }
    };
    std::vector<model::Agency> all;
    model::Territories territories;
    attempt([&] { territories = territoriesIn(agencies, *territorySchema); });
    attempt([&] { static_cast<void>(loadSpellings(agencies, schemas)); });
    for (const auto& path : agencyFiles(agencies))
        attempt([&] { addAgencies(path, *agencySchema, all); });
    const auto add = [](const auto& findings, std::vector<std::string>& to) {
        for (const auto& finding : findings) to.push_back(finding.origin + ": " + finding.what);
    };
    // What a file that cannot be read would have said is no fault of the others.
    if (judged.faults.empty()) add(model::directoryFaults(all, territories), judged.faults);
    if (judged.faults.empty()) add(model::directoryNotes(all, territories), judged.notes);
    return judged;
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
