// What a directory may have and yet hardly means.

#include <algorithm>
#include <map>
#include <set>

#include "gateway/base/time_format.h"
#include "gateway/model/agencies/directory_faults.h"

namespace gateway::model {
namespace {

using Found = std::vector<DirectoryFinding>;

void note(Found& found, const Agency& agency, const std::string& what) {
    found.push_back({agency.origin, "agency " + agency.code + ": " + what});
}

/// The first day of the agency on which none of its official names holds.
std::optional<base::Date> namelessDay(const Agency& agency) {
    std::vector<std::optional<base::Date>> starts{agency.period.from};
    for (const auto& name : agency.names)
        if (!name.alias && name.period.until) starts.push_back(name.period.until);
    for (const auto& start : starts) {
        const auto day = start.value_or(
            base::Date{std::chrono::year{1945}, std::chrono::September, std::chrono::day{2}});
        const bool named = std::ranges::any_of(agency.names, [&](const AgencyName& name) {
            return !name.alias && name.period.covers(day);
        });
        if (agency.period.covers(day) && !named) return day;
    }
    return std::nullopt;
}

void sharedNames(const std::vector<Agency>& agencies, Found& found) {
    std::multimap<std::string, std::pair<const Agency*, const AgencyName*>> borne;
    for (const auto& agency : agencies)
        for (const auto& name : agency.names) {
            const auto [first, last] = borne.equal_range(name.text);
            for (auto at = first; at != last; ++at) {
                const auto& [other, others] = at->second;
                if (other != &agency && other->period.overlaps(agency.period) &&
                    others->period.overlaps(name.period))
                    note(found, agency,
                         "the name \"" + name.text + "\" is " + other->code + "'s as well: it is " +
                             "refused as ambiguous");
            }
            borne.emplace(name.text, std::pair(&agency, &name));
        }
}

void missingBodies(const std::vector<Agency>& agencies, const Territories& territories,
                   Found& found) {
    for (const auto& territory : territories.all()) {
        std::set<base::Date> days;
        for (const auto& agency : agencies)
            for (const auto& day : {agency.period.from, agency.period.until})
                if (day && territory.period.covers(*day)) days.insert(*day);
        if (territory.period.from) days.insert(*territory.period.from);
        for (const auto kind : {AgencyKind::Court, AgencyKind::Procuracy,
                                AgencyKind::PeoplesCommittee, AgencyKind::Enforcement}) {
            const auto missing = std::ranges::find_if(days, [&](const base::Date& day) {
                return std::ranges::none_of(agencies, [&](const Agency& agency) {
                    return agency.kind == kind && agency.level == AgencyLevel::Province &&
                           agency.period.covers(day) &&
                           territories.at(agency.territory, day) == territory.id;
                });
            });
            if (missing != days.end())
                found.push_back({territory.origin, "territory " + territory.id + ": has no " +
                                                       std::string(nameOf(kind)) + " on " +
                                                       base::formatDate(*missing)});
        }
    }
}

}  // namespace

std::vector<DirectoryFinding> directoryNotes(const std::vector<Agency>& agencies,
                                             const Territories& territories) {
    Found found;
    for (const auto& agency : agencies) {
        if (const auto day = namelessDay(agency))
            note(found, agency, "has no official name on " + base::formatDate(*day));
        if (agency.period.until && agency.successors.empty())
            note(found, agency, "ends and nobody is said to follow");
    }
    sharedNames(agencies, found);
    missingBodies(agencies, territories, found);
    return found;
}

}  // namespace gateway::model
