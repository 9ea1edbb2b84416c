#include "gateway/exchange/reference/agency_names.h"

#include <algorithm>
#include <optional>

#include "gateway/base/time_format.h"
#include "gateway/document/text.h"

namespace gateway::exchange {
namespace {

using model::Agency;

constexpr std::size_t kLongestName = 300;
constexpr std::size_t kCandidatesTold = 5;

// With their names, so that a person can choose.
std::string listed(const std::vector<const Agency*>& agencies, base::Date day) {
    std::string list;
    for (std::size_t i = 0; i < std::min(agencies.size(), kCandidatesTold); ++i)
        list.append(i ? ", " : "")
            .append(agencies[i]->code)
            .append(" (")
            .append(agencies[i]->nameOn(day))
            .append(")");
    if (agencies.size() > kCandidatesTold) list += ", …";
    return list;
}

model::Period within(model::Period period, const model::Period& other) {
    if (other.from && (!period.from || *period.from < *other.from)) period.from = other.from;
    if (other.until && (!period.until || *other.until < *period.until)) period.until = other.until;
    return period;
}

std::vector<std::string> provincesOf(const model::AgencyDirectory& directory,
                                     const Agency& agency) {
    std::vector<std::string> names;
    const auto* territory = directory.territories().find(agency.territory);
    while (territory) {
        for (const auto& name : territory->names) names.push_back(name.text);
        territory = directory.territories().find(territory->successor);
    }
    return names;
}

}  // namespace

AgencyNames::AgencyNames(std::shared_ptr<const model::AgencyDirectory> directory,
                         model::NameSpellings spellings) :
    directory_(std::move(directory)), spellings_(std::move(spellings)) {
    const auto& all = directory_->all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto provinces = provincesOf(*directory_, all[i]);
        for (const auto& name : all[i].names) {
            const Borne borne{&all[i], within(name.period, all[i].period)};
            byText_.emplace(name.text, borne);
            byKey_.emplace(document::nameKey(name.text), borne);
            for (const auto& key : spellings_.keysOf(name.text, provinces))
                bySpelling_.emplace(key, borne);
            near_.add(spellings_.key(name.text), i);
        }
    }
}

std::vector<const Agency*> AgencyNames::candidates(std::string_view name, base::Date day) const {
    if (name.size() > kLongestName) return {};
    const auto exact = document::toNfc(name);
    const std::pair<const ByKey*, std::string> steps[] = {{&byText_, exact},
                                                          {&byKey_, document::nameKey(exact)},
                                                          {&bySpelling_, spellings_.key(exact)}};
    for (const std::optional on : {std::optional(day), std::optional<base::Date>()})
        for (const auto& [index, key] : steps) {
            std::vector<const Agency*> found;
            const auto [first, last] = index->equal_range(key);
            for (auto at = first; at != last; ++at)
                if (!on || at->second.period.covers(*on)) found.push_back(at->second.agency);
            std::ranges::sort(found, {}, &Agency::code);
            const auto [end, whole] = std::ranges::unique(found);
            found.erase(end, whole);
            if (!found.empty()) return found;
        }
    return {};
}

std::vector<const Agency*> AgencyNames::near(std::string_view name) const {
    std::vector<const Agency*> found;
    if (name.size() > kLongestName) return found;
    for (const auto id : near_.nearest(spellings_.key(name), kCandidatesTold))
        found.push_back(&directory_->all()[id]);
    return found;
}

base::Problem AgencyNames::unknown(std::string_view codeOrName, base::Date day,
                                   std::string path) const {
    const auto alike = listed(near(codeOrName), day);
    return base::Problem(base::ErrorCode::AGENCY_UNKNOWN, std::move(path), {})
        .with("value", std::string(codeOrName))
        .with("date", base::formatDate(day))
        .inWords("candidates",
                 alike.empty() ? base::Words{"không có", "none"} : base::Words{alike, alike});
}

base::Result<const Agency*> AgencyNames::resolve(std::string_view codeOrName,
                                                 base::Date day) const {
    if (const auto* agency = directory_->find(codeOrName)) return agency;
    const auto found = candidates(codeOrName, day);
    if (found.size() == 1) return found.front();
    if (found.empty()) return unknown(codeOrName, day);
    const auto list = listed(found, day);
    return base::Problem(base::ErrorCode::AGENCY_AMBIGUOUS)
        .with("value", std::string(codeOrName))
        .with("date", base::formatDate(day))
        .inWords("candidates", {list, list});
}

}  // namespace gateway::exchange
