#include "gateway/exchange/casework/act_rights.h"

#include <algorithm>
#include <set>

#include "gateway/model/messages/message.h"

namespace gateway::exchange {
namespace {

using law::Role;

std::set<Role> rolesOf(const model::Agency& agency) {
    using enum model::AgencyKind;
    std::set<Role> roles{Role::Addressee, Role::Author, Role::Lead, Role::Counterpart};
    switch (agency.kind) {
        case Court:
            roles.insert(
                {Role::CourtFirst, Role::CourtIssuer, Role::ProtestAuthority, Role::Cassation});
            break;
        case Procuracy:
            roles.insert({Role::ProcuracyFirst, Role::ProcuracyIssuer, Role::ProtestAuthority});
            break;
        case Enforcement:
            roles.insert(agency.level == model::AgencyLevel::Central ? Role::Department
                                                                     : Role::Thads);
            break;
        case Ministry: roles.insert(Role::Ministry); [[fallthrough]];
        case PeoplesCommittee:
        case Department:
            roles.insert(
                {Role::Obligated, Role::Superior, Role::DefendantSuperior, Role::Sanctioner});
    }
    return roles;
}

}  // namespace

std::vector<std::string> actsOf(const ReferenceData& reference, const std::string& agency,
                                base::Date day) {
    std::vector<std::string> types;
    const auto* own = reference.directory().find(agency, day);
    if (!own) return types;
    const auto roles = rolesOf(*own);
    for (const auto* act : reference.law().everyAct()) {
        const auto* rule = act->ruleOn(day);
        if (!rule || model::valueOf<model::MessageType>(act->type)) continue;
        if (std::ranges::any_of(rule->senders,
                                [&](const auto& sender) { return roles.contains(sender.role); }))
            types.push_back(act->type);
    }
    return types;
}

}  // namespace gateway::exchange
