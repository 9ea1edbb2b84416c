#include "gateway/exchange/reference/kind_loader.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/law/conditions/data_file.h"

namespace gateway::exchange {
namespace {

bool belongsToCase(model::MessageType type) noexcept {
    using enum model::MessageType;
    switch (type) {
        case JudgmentTransfer:
        case MonitoringResult: return true;
        case DocumentTransfer:
        case MonitoringQuery:
        case StatisticsQuery:
        case QueryAnswer:
        case StatisticsAnswer:
        case WorkListQuery:
        case BreachQuery:
        case TermList:
        case DeliveryReceipt:
        case Ping:
        case DeclaredAct: return false;
    }
    return false;
}

MessageRight messageRightOf(const law::DataFile& file, const document::Node& node) {
    MessageRight right;
    right.type = file.named<model::MessageType>(node, "type");
    right.roles = file.namedList<CaseRole>(node, "as");
    right.levels = file.namedList<model::AgencyLevel>(node, "level");
    right.basis = file.text(node, "basis");
    // Without a role anybody of that kind might act in every case; with one, nobody out of a case.
    if (belongsToCase(right.type) == right.roles.empty())
        file.fail(node, right.roles.empty() ? "names no role (as) in the case it belongs to"
                                            : "names a role, but belongs to no case");
    return right;
}

SightRight sightOf(const law::DataFile& file, const document::Node& node) {
    SightRight sight;
    sight.scope = file.named<CaseScope>(node, "cases");
    sight.roles = file.namedList<CaseRole>(node, "as");
    sight.levels = file.namedList<model::AgencyLevel>(node, "level");
    sight.basis = file.text(node, "basis");
    const bool byRole = sight.scope == CaseScope::Own || sight.scope == CaseScope::Subordinate;
    if (byRole == sight.roles.empty())
        file.fail(node, byRole ? "names no role" : "sees by territory or all and yet names roles");
    return sight;
}

Competence competenceOf(const law::DataFile& file, const document::Node& node) {
    Competence competence;
    competence.instance = file.named<model::Instance>(node, "instance");
    competence.levels = file.namedList<model::AgencyLevel>(node, "level");
    competence.over = file.namedList<model::AgencyLevel>(node, "over");
    competence.period = file.period(node);
    competence.basis = file.text(node, "basis");
    const bool first = competence.instance == model::Instance::First;
    if (first != competence.over.empty())
        file.fail(node, first ? "a court of first instance is over no other"
                              : "names no courts whose rulings it reviews");
    return competence;
}

Supervision supervisionOf(const law::DataFile& file, const document::Node& node) {
    return {file.namedList<model::AgencyLevel>(node, "level"),
            file.namedList<model::AgencyKind>(node, "kinds"),
            file.namedList<model::AgencyLevel>(node, "over"), file.text(node, "basis")};
}

}  // namespace

std::vector<std::filesystem::path> kindFiles(const std::filesystem::path& connectors) {
    std::error_code failed;
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(connectors, failed)) {
        auto file = entry.path() / "kind.xml";
        if (std::filesystem::is_regular_file(file)) found.push_back(std::move(file));
    }
    if (failed) throw base::Fault(connectors.string() + ": " + failed.message());
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<KindRules> loadKinds(const std::filesystem::path& connectors,
                                 const std::filesystem::path& schemas) {
    const auto schema = document::XmlSchema::load(schemas / "kind.xsd");
    std::vector<KindRules> kinds;
    for (const auto& path : kindFiles(connectors)) {
        const law::DataFile file(path, *schema);
        KindRules rules;
        rules.name = file.text(file.root(), "name");
        rules.origin = file.origin(file.root());
        for (const auto* node : file.elements(file.root(), "covers"))
            rules.covers.push_back(file.named<model::AgencyKind>(*node, "kind"));
        for (const auto* node : file.elements(file.root(), "sends"))
            rules.sends.push_back(messageRightOf(file, *node));
        for (const auto* node : file.elements(file.root(), "receives"))
            rules.receives.push_back(messageRightOf(file, *node));
        for (const auto* node : file.elements(file.root(), "sees"))
            rules.sees.push_back(sightOf(file, *node));
        for (const auto* node : file.elements(file.root(), "hears"))
            rules.hears.push_back(competenceOf(file, *node));
        for (const auto* node : file.elements(file.root(), "supervises"))
            rules.supervises.push_back(supervisionOf(file, *node));
        kinds.push_back(std::move(rules));
    }
    return kinds;
}

}  // namespace gateway::exchange
