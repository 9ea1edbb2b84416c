#include "gateway/exchange/matters/office_roles.h"

#include <algorithm>

#include "gateway/exchange/reference/act_rights.h"
#include "gateway/exchange/reference/court_procuracy.h"

namespace gateway::exchange {

using law::Role;

// Roles that an office holds by what it is. That a ministry is the one that sees to all, its place
// above the department says.
bool OfficeRoles::fits(Role role, const model::Agency& agency) {
    switch (role) {
        case Role::Ministry:
        case Role::ProtestAuthority:
        case Role::Cassation:
        case Role::Addressee:
        case Role::Author:
        case Role::Lead:
        case Role::Counterpart: return false;
        default: return canHold(agency, role);
    }
}

std::set<Role> OfficeRoles::of(const std::string& code) const {
    std::set<Role> roles;
    const auto* agency = directory_.find(code, day_);
    if (!agency) return roles;
    for (const auto& [role, name] : model::Names<Role>::table)
        if (fits(role, *agency)) roles.insert(role);
    for (const auto& other : directory_.all())
        if (fits(Role::Department, other) && other.superior == code) roles.insert(Role::Ministry);
    return roles;
}

std::vector<std::string> OfficeRoles::holders(Role role, const std::string& province,
                                              const std::vector<std::string>& named) const {
    std::vector<std::string> found;
    for (const auto& code : named) {
        const auto* agency = directory_.find(code, day_);
        if (agency && (role == Role::Addressee || fits(role, *agency))) found.push_back(code);
    }
    if (!found.empty() || role == Role::Addressee) return found;
    const model::Agency* agency = nullptr;
    // Of the court that is named, else of the province.
    if (role == Role::ProcuracyFirst)
        for (const auto& code : named)
            if (!agency) agency = procuracyOf(directory_, code, day_);
    if (agency) return {agency->code};
    if (role == Role::Thads) agency = directory_.enforcementFor(province, day_);
    if (role == Role::ProcuracyFirst) agency = directory_.procuracyFor(province, day_);
    if (agency) return {agency->code};
    for (const auto& other : directory_.all()) {
        if (!fits(Role::Department, other) || !other.period.covers(day_)) continue;
        if (role == Role::Department) return {other.code};
        if (role == Role::Ministry && !other.superior.empty()) return {other.superior};
    }
    return {};
}

std::set<Role> OfficeRoles::in(const model::Matter& matter, const model::MatterPart& part,
                               const std::string& agency) const {
    std::set<Role> roles;
    const auto own = directory_.closure(agency, day_);
    const auto holds = [&own](const std::vector<std::string>& agencies) {
        return std::ranges::any_of(agencies, [&](const auto& code) { return own.contains(code); });
    };
    const auto can = of(agency);
    if (holds(matter.agencies) || holds(part.agencies)) roles = can;
    if (holds(matter.agencies)) roles.insert(Role::Lead);
    if (holds(part.agencies)) roles.insert(Role::Counterpart);
    for (const auto role : {Role::Department, Role::Ministry})
        if (can.contains(role)) roles.insert(role);
    return roles;
}

std::vector<std::string> OfficeRoles::holdersIn(const model::Matter& matter,
                                                const model::MatterPart& part, Role role) const {
    if (role == Role::Lead) return matter.agencies;
    if (role == Role::Counterpart) {
        if (part.no != 0) return part.agencies;
        // What concerns the whole concerns everybody's part.
        std::vector<std::string> all;
        for (const auto& one : matter.parts)
            for (const auto& code : one.agencies)
                if (std::ranges::find(all, code) == all.end()) all.push_back(code);
        return all;
    }
    auto named = matter.agencies;
    named.insert(named.end(), part.agencies.begin(), part.agencies.end());
    return holders(role, matter.province, named);
}

std::vector<std::string> OfficeRoles::namedIn(const document::Node& content) const {
    std::vector<std::string> found;
    if (content.kind == document::Kind::String)
        if (const auto* agency = directory_.find(content.value)) found.push_back(agency->code);
    for (const auto& child : content.children)
        for (auto& code : namedIn(child)) found.push_back(std::move(code));
    return found;
}

}  // namespace gateway::exchange
