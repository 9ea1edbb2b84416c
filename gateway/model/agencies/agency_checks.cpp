// What must hold before a directory may be used: judged once, when it is made.

#include <algorithm>
#include <map>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/model/agencies/agency_directory.h"
#include "gateway/model/agencies/directory_faults.h"

namespace gateway::model {
namespace {

constexpr std::size_t kFaultsTold = 20;

class Judge {
  public:
    Judge(const std::vector<Agency>& agencies, const Territories& territories) :
        agencies_(agencies), territories_(territories) {
        for (const auto& agency : agencies_) {
            const auto [place, fresh] = byCode_.emplace(agency.code, &agency);
            if (!fresh) bad(agency, "is declared twice, also at " + place->second->origin);
        }
    }

    std::vector<DirectoryFinding> found() && {
        statisticalCodes();
        for (const auto& agency : agencies_) {
            codes(agency);
            names(agency);
            references(agency);
            successors(agency);
            superiors(agency);
        }
        competence();
        return std::move(found_);
    }

  private:
    void bad(const Agency& agency, const std::string& what) {
        found_.push_back({agency.origin, "agency " + agency.code + ": " + what});
    }

    [[nodiscard]] const Agency* known(const std::string& code) const {
        const auto found = byCode_.find(code);
        return found == byCode_.end() ? nullptr : found->second;
    }

    void codes(const Agency& agency) {
        if (canonicalAgencyCode(agency.code) != agency.code)
            bad(agency, "the code is not canonical");
        for (const auto& original : agency.originals)
            if (canonicalAgencyCode(original) != agency.code)
                bad(agency, "the original code \"" + original + "\" is another agency's");
        if (!agency.period.wellFormed()) bad(agency, "its period is empty");
    }

    void names(const Agency& agency) {
        const auto& names = agency.names;
        if (std::ranges::all_of(names, &AgencyName::alias)) bad(agency, "has no official name");
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!names[i].period.wellFormed())
                bad(agency, "the name \"" + names[i].text + "\" has an empty period");
            for (std::size_t j = 0; j < i; ++j)
                if (!names[i].alias && !names[j].alias && names[i].period.overlaps(names[j].period))
                    bad(agency, "the names \"" + names[j].text + "\" and \"" + names[i].text +
                                    "\" overlap");
        }
    }

    void references(const Agency& agency) {
        if (agency.territory.empty()) {
            if (agency.level != AgencyLevel::Central && agency.level != AgencyLevel::High)
                bad(agency, "needs a territory");
        } else if (!territories_.find(agency.territory)) {
            bad(agency, "unknown territory \"" + agency.territory + "\"");
        }
        if (!agency.superior.empty() && !known(agency.superior))
            bad(agency, "unknown superior \"" + agency.superior + "\"");
    }

    // A successor exists on the day of the succession and outlives its predecessor by that: dates
    // alone make a cycle of successions impossible.
    void successors(const Agency& agency) {
        std::size_t whole = 0;
        for (const auto& succession : agency.successors) {
            if (agency.period.until != succession.on)
                bad(agency, "a succession takes place on the day on which the agency ends");
            whole += succession.type == SuccessionType::Whole ? 1 : 0;
            const auto* successor = known(succession.successor);
            if (!successor) {
                bad(agency, "unknown successor \"" + succession.successor + "\"");
                continue;
            }
            if (successor->kind != agency.kind)
                bad(agency, "its successor " + successor->code + " is of another kind");
            if (!successor->period.covers(succession.on))
                bad(agency, "its successor " + successor->code + " does not exist on that day");
        }
        if (whole > 0 && agency.successors.size() > 1)
            bad(agency, "passes whole to one agency and yet has several successors");
    }

    void superiors(const Agency& agency) {
        const auto* above = &agency;
        for (std::size_t steps = 0; above && !above->superior.empty(); ++steps) {
            if (steps > agencies_.size()) return bad(agency, "its superiors form a cycle");
            above = known(above->superior);
        }
    }

    // "52" is one province on each day.
    void statisticalCodes() {
        const auto& all = territories_.all();
        const auto codeOf = [](const Territory& one) {
            return one.id.substr(one.id.find('-') + 1);
        };
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (codeOf(all[i]) == codeOf(all[j]) && all[i].period.overlaps(all[j].period))
                    found_.push_back(
                        {all[i].origin, "territory " + all[i].id +
                                            ": has its statistical code on days on which " +
                                            all[j].id + " has it"});
    }

    [[nodiscard]] std::set<base::Date> daysOfChange() const {
        std::set<base::Date> days{
            base::Date{std::chrono::year{2000}, std::chrono::January, std::chrono::day{1}}};
        for (const auto& agency : agencies_)
            for (const auto& day : {agency.period.from, agency.period.until})
                if (day) days.insert(*day);
        return days;
    }

    void competence() {
        std::set<std::pair<std::string, std::string>> told;
        for (const auto& day : daysOfChange()) {
            std::map<std::pair<AgencyKind, std::string>, const Agency*> competent;
            for (const auto& agency : agencies_) {
                const bool judged = agency.level == AgencyLevel::Province &&
                                    (agency.kind == AgencyKind::Enforcement ||
                                     agency.kind == AgencyKind::Procuracy);
                if (!judged || !agency.period.covers(day)) continue;
                const auto province = territories_.at(agency.territory, day);
                if (!province) continue;
                const auto [place, fresh] =
                    competent.emplace(std::pair(agency.kind, *province), &agency);
                if (!fresh && told.emplace(place->second->code, agency.code).second)
                    bad(agency, "overlaps with " + place->second->code +
                                    ": both are competent for " + *province + " on " +
                                    base::formatDate(day));
            }
        }
    }

    const std::vector<Agency>& agencies_;
    const Territories& territories_;
    std::map<std::string, const Agency*, std::less<>> byCode_;
    std::vector<DirectoryFinding> found_;
};

}  // namespace

std::vector<DirectoryFinding> directoryFaults(const std::vector<Agency>& agencies,
                                              const Territories& territories) {
    return Judge(agencies, territories).found();
}

void AgencyDirectory::check() const {
    const auto faults = directoryFaults(agencies_, territories_);
    std::string told;
    for (std::size_t i = 0; i < std::min(faults.size(), kFaultsTold); ++i)
        told.append(i ? "\n" : "").append(faults[i].origin).append(": ").append(faults[i].what);
    if (faults.size() > kFaultsTold)
        told += "\n" + std::to_string(faults.size() - kFaultsTold) +
                " more: thahc-gateway agencies check";
    if (!told.empty()) throw base::Fault(told);
}

}  // namespace gateway::model
