#include "gateway/exchange/casework/case_roles.h"

#include <algorithm>

#include "gateway/exchange/reference/act_rights.h"
#include "gateway/exchange/reference/court_procuracy.h"

namespace gateway::exchange {
namespace {

using law::Role;
using model::AgencyKind;
using model::AgencyLevel;

// Roles that one agency of the directory holds in a case.
constexpr Role kHeld[] = {Role::CourtFirst,     Role::CourtIssuer,     Role::Thads,
                          Role::Obligated,      Role::Superior,        Role::DefendantSuperior,
                          Role::ProcuracyFirst, Role::ProcuracyIssuer, Role::Department,
                          Role::Ministry};

}  // namespace

std::string toldAs(Role role, const std::string& agency) {
    return std::string(model::nameOf(role)) + " " + agency;
}

std::string partyNamed(const ReferenceData& reference, const std::string& text,
                       const std::string& province, base::Date day) {
    const auto& directory = reference.directory();
    if (const auto* known = directory.find(text)) return known->code;
    auto named = reference.names().candidates(text, day);
    std::erase_if(named, [&](const model::Agency* agency) {
        const auto own = directory.provinceOn(agency->code, day);
        return !province.empty() && !own.empty() && own != directory.provinceAt(province, day);
    });
    return named.size() == 1 ? named.front()->code : text;
}

std::string CaseRoles::agencyNamed(const std::string& text) const {
    if (const auto* known = directory_.find(text)) return known->code;
    const auto named = directory_.namedOn(text, day_);
    return named.size() == 1 ? named.front()->code : std::string();
}

// Whom the court's code, the notice or a succession names; before that, whom the ruling calls so.
std::string CaseRoles::obligatedIn(std::int64_t no) const {
    const auto* state = file_.state(no);
    if (!state || !state->obligatedAgency.empty())
        return state ? state->obligatedAgency : std::string();
    const auto* obligation = file_.obligation(no);
    if (!obligation || obligation->obligatedParty.empty()) return {};
    const auto* named = directory_.find(
        partyNamed(reference_, obligation->obligatedParty, file_.routing.province, day_));
    return named && canHold(*named, Role::Obligated) ? named->code : std::string();
}

std::string CaseRoles::superiorOf(std::int64_t no) const {
    const auto* obligation = file_.obligation(no);
    if (obligation && !obligation->obligatedSuperior.empty())
        if (auto code = agencyNamed(obligation->obligatedSuperior); !code.empty()) return code;
    const auto* obligated = directory_.find(obligatedIn(no));
    return obligated ? obligated->superior : std::string();
}

std::string CaseRoles::issuersProcuracy() const {
    const auto& issuer = file_.ruling.reference.court;
    if (issuer == file_.ruling.firstInstanceCourt) return file_.routing.procuracy;
    const auto* own = procuracyOf(directory_, issuer, day_);
    return own ? own->code : std::string();
}

std::string CaseRoles::department() const {
    for (const auto& agency : directory_.all())
        if (agency.kind == AgencyKind::Enforcement && agency.level == AgencyLevel::Central &&
            agency.period.covers(day_))
            return agency.code;
    return {};
}

// Courts and procuracies above the court of first instance: those that may protest and decide.
bool CaseRoles::standsAbove(const model::Agency& agency) const {
    if (agency.level == AgencyLevel::Central || agency.level == AgencyLevel::High) return true;
    const auto* first = directory_.find(file_.ruling.firstInstanceCourt);
    return agency.level == AgencyLevel::Province && first &&
           (first->level == AgencyLevel::Region || first->level == AgencyLevel::District) &&
           directory_.provinceOn(agency.code, day_) ==
               directory_.provinceAt(file_.routing.province, day_);
}

std::vector<std::string> CaseRoles::holders(Role role, std::int64_t obligation) const {
    std::string code;
    switch (role) {
        case Role::CourtFirst: code = file_.ruling.firstInstanceCourt; break;
        case Role::CourtIssuer: code = file_.ruling.reference.court; break;
        case Role::Thads: code = file_.routing.enforcement; break;
        case Role::Obligated: code = obligatedIn(obligation); break;
        case Role::Superior: code = superiorOf(obligation); break;
        case Role::DefendantSuperior: code = agencyNamed(file_.ruling.defendantSuperior); break;
        case Role::ProcuracyFirst: code = file_.routing.procuracy; break;
        case Role::ProcuracyIssuer: code = issuersProcuracy(); break;
        case Role::Department: code = department(); break;
        case Role::Ministry:
            if (const auto* own = directory_.find(department())) code = own->superior;
            break;
        case Role::Entitled:
        case Role::ProtestAuthority:
        case Role::Cassation:
        case Role::Sanctioner:
        case Role::Addressee:
        case Role::Author:
        case Role::Lead:
        case Role::Counterpart:
        case Role::Public:
        case Role::Gateway: break;
    }
    return code.empty() ? std::vector<std::string>() : std::vector{code};
}

bool CaseRoles::hasPart(const std::string& agency) const {
    return std::ranges::any_of(file_.obligations, [&](const model::ObligationState& state) {
        auto roles = of(agency, state.no);
        roles.erase(Role::Sanctioner);
        return !roles.empty();
    });
}

std::set<Role> CaseRoles::of(const std::string& agency, std::int64_t obligation) const {
    std::set<Role> roles;
    const auto closure = directory_.closure(agency, day_);
    for (const auto role : kHeld)
        for (const auto& code : holders(role, obligation))
            if (closure.contains(code)) roles.insert(role);
    const auto* own = directory_.find(agency, day_);
    if (!own) return roles;
    for (const auto role : {Role::ProtestAuthority, Role::Cassation})
        if (canHold(*own, role) && standsAbove(*own)) roles.insert(role);
    // What a regional procuracy may, that of its province may: "cùng cấp và cấp dưới" (28 Luật TC
    // VKSND). It is not told of it.
    if (own->level == AgencyLevel::Province && canHold(*own, Role::ProcuracyFirst) &&
        standsAbove(*own))
        roles.insert(Role::ProcuracyFirst);
    if (canHold(*own, Role::Sanctioner)) roles.insert(Role::Sanctioner);
    for (const auto& act : file_.acts)
        for (const auto& code : closure.codes)
            if (std::ranges::find(act.told, toldAs(Role::Addressee, code)) != act.told.end())
                roles.insert(Role::Addressee);
    return roles;
}

}  // namespace gateway::exchange
