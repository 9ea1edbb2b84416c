#include "gateway/exchange/reference/act_rights.h"

#include <algorithm>

#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {
namespace {

using law::Role;

bool couldSend(const model::Agency& agency, const law::ActDeclaration& act, base::Date day) {
    const auto* rule = act.ruleOn(day);
    return rule && std::ranges::any_of(rule->senders, [&agency](const auto& sender) {
               return canHold(agency, sender.role);
           });
}

}  // namespace

bool canHold(const model::Agency& agency, Role role) noexcept {
    using enum model::AgencyKind;
    const bool court = agency.kind == Court, procuracy = agency.kind == Procuracy;
    const bool central = agency.level == model::AgencyLevel::Central;
    switch (role) {
        case Role::CourtFirst:
        case Role::CourtIssuer:
        case Role::Cassation: return court;
        case Role::ProcuracyFirst:
        case Role::ProcuracyIssuer: return procuracy;
        case Role::ProtestAuthority: return court || procuracy;
        case Role::Thads: return agency.kind == Enforcement && !central;
        case Role::Department: return agency.kind == Enforcement && central;
        case Role::Ministry: return agency.kind == Ministry;
        case Role::Obligated:
        case Role::Superior:
        case Role::DefendantSuperior:
        case Role::Sanctioner:
            return agency.kind == PeoplesCommittee || agency.kind == Ministry ||
                   agency.kind == Department;
        case Role::Addressee:
        case Role::Author:
        case Role::Lead:
        case Role::Counterpart: return true;
        case Role::Entitled:
        case Role::Public:
        case Role::Gateway: return false;
    }
    return false;
}

bool couldSend(const ReferenceData& reference, const std::string& agency, std::string_view type,
               base::Date day) {
    const auto* own = reference.directory().find(agency, day);
    const auto* act = reference.law().act(type);
    // What is not in force is refused with its days, whoever sends it.
    return own && act && (!act->ruleOn(day) || couldSend(*own, *act, day));
}

std::vector<std::string> actsOf(const ReferenceData& reference, const std::string& agency,
                                base::Date day) {
    std::vector<std::string> types;
    const auto* own = reference.directory().find(agency, day);
    if (!own) return types;
    for (const auto* act : reference.law().everyAct())
        if (model::typeOf(act->type) == model::MessageType::DeclaredAct &&
            couldSend(*own, *act, day))
            types.push_back(act->type);
    return types;
}

}  // namespace gateway::exchange
