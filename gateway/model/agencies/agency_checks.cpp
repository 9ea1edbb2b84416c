// What must hold before a directory may be used: judged once, when it is made.

#include <algorithm>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/model/agencies/agency_directory.h"

namespace gateway::model {
namespace {

[[noreturn]] void bad(const Agency& agency, const std::string& what) {
    throw base::Fault(agency.origin + ": agency " + agency.code + ": " + what);
}

void checkNames(const Agency& agency) {
    const auto& names = agency.names;
    if (std::all_of(names.begin(), names.end(), [](const auto& name) { return name.alias; }))
        bad(agency, "has no official name");
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i].period.wellFormed())
            bad(agency, "the name \"" + names[i].text + "\" has an empty period");
        for (std::size_t j = 0; j < i; ++j)
            if (!names[i].alias && !names[j].alias && names[i].period.overlaps(names[j].period))
                bad(agency,
                    "the names \"" + names[j].text + "\" and \"" + names[i].text + "\" overlap");
    }
}

void checkSuccessors(const Agency& agency) {
    std::size_t whole = 0;
    for (const auto& succession : agency.successors) {
        if (agency.period.until != succession.on)
            bad(agency, "a succession takes place on the day on which the agency ends");
        whole += succession.type == SuccessionType::Whole ? 1 : 0;
    }
    if (whole > 0 && agency.successors.size() > 1)
        bad(agency, "passes whole to one agency and yet has several successors");
}

}  // namespace

void AgencyDirectory::check() const {
    for (std::size_t i = 1; i < agencies_.size(); ++i)
        if (agencies_[i].code == agencies_[i - 1].code)
            bad(agencies_[i], "is declared twice, also at " + agencies_[i - 1].origin);
    for (const auto& agency : agencies_) {
        if (canonicalAgencyCode(agency.code) != agency.code)
            bad(agency, "the code is not canonical");
        for (const auto& original : agency.originals)
            if (canonicalAgencyCode(original) != agency.code)
                bad(agency, "the original code \"" + original + "\" is another agency's");
        if (!agency.period.wellFormed()) bad(agency, "its period is empty");
        checkNames(agency);
        checkSuccessors(agency);
        checkReferences(agency);
    }
    for (const auto& agency : agencies_) checkSuperiors(agency);
    checkCompetence();
}

// A successor exists on the day of the succession and outlives its predecessor by that: dates
// alone make a cycle of successions impossible.
void AgencyDirectory::checkReferences(const Agency& agency) const {
    if (agency.territory.empty()) {
        if (agency.level != AgencyLevel::Central && agency.level != AgencyLevel::High)
            bad(agency, "needs a territory");
    } else if (!territories_.find(agency.territory)) {
        bad(agency, "unknown territory \"" + agency.territory + "\"");
    }
    if (!agency.superior.empty() && byCode_.find(agency.superior) == byCode_.end())
        bad(agency, "unknown superior \"" + agency.superior + "\"");
    for (const auto& succession : agency.successors) {
        const auto found = byCode_.find(succession.successor);
        if (found == byCode_.end())
            bad(agency, "unknown successor \"" + succession.successor + "\"");
        const auto& successor = agencies_[found->second];
        if (successor.kind != agency.kind)
            bad(agency, "its successor " + successor.code + " is of another kind");
        if (!successor.period.covers(succession.on))
            bad(agency, "its successor " + successor.code + " does not exist on that day");
    }
}

void AgencyDirectory::checkSuperiors(const Agency& agency) const {
    const auto* above = &agency;
    for (std::size_t steps = 0; !above->superior.empty(); ++steps) {
        if (steps > agencies_.size()) bad(agency, "its superiors form a cycle");
        above = find(above->superior);
    }
}

void AgencyDirectory::checkCompetence() const {
    std::set<base::Date> days{
        base::Date{std::chrono::year{2000}, std::chrono::January, std::chrono::day{1}}};
    for (const auto& agency : agencies_) {
        if (agency.period.from) days.insert(*agency.period.from);
        if (agency.period.until) days.insert(*agency.period.until);
    }
    for (const auto& day : days) {
        std::map<std::pair<AgencyKind, std::string>, const Agency*> competent;
        for (const auto& agency : agencies_) {
            const bool judged =
                agency.level == AgencyLevel::Province &&
                (agency.kind == AgencyKind::Enforcement || agency.kind == AgencyKind::Procuracy);
            if (!judged || !agency.period.covers(day)) continue;
            const auto province = territories_.at(agency.territory, day);
            if (!province) continue;
            const auto [place, fresh] =
                competent.emplace(std::pair(agency.kind, *province), &agency);
            if (!fresh)
                bad(agency, "overlaps with " + place->second->code + ": both are competent for " +
                                *province + " on " + base::formatDate(day));
        }
    }
}

}  // namespace gateway::model
