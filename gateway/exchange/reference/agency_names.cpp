#include "gateway/exchange/reference/agency_names.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/text.h"

namespace gateway::exchange {
namespace {

using model::Agency;

constexpr std::size_t kLongestName = 300;
constexpr std::size_t kCandidatesTold = 5;

bool bearsOn(const Agency& agency, std::string_view key, base::Date day) {
    return agency.period.covers(day) &&
           std::any_of(agency.names.begin(), agency.names.end(), [&](const auto& name) {
               return name.period.covers(day) && document::nameKey(name.text) == key;
           });
}

}  // namespace

AgencyNames::AgencyNames(std::shared_ptr<const model::AgencyDirectory> directory) :
    directory_(std::move(directory)) {
    for (const auto& agency : directory_->all())
        for (const auto& name : agency.names) byKey_.emplace(document::nameKey(name.text), &agency);
}

std::vector<const Agency*> AgencyNames::candidates(std::string_view name, base::Date day) const {
    if (name.size() > kLongestName) return {};
    const auto exact = document::toNfc(name);
    if (auto found = directory_->namedOn(exact, day); !found.empty()) return found;
    const auto key = document::nameKey(name);
    std::vector<const Agency*> ever, now;
    const auto [first, last] = byKey_.equal_range(key);
    for (auto at = first; at != last; ++at) {
        if (std::find(ever.begin(), ever.end(), at->second) != ever.end()) continue;
        ever.push_back(at->second);
        if (bearsOn(*at->second, key, day)) now.push_back(at->second);
    }
    if (!now.empty()) return now;
    if (auto found = directory_->named(exact); !found.empty()) return found;
    return ever;
}

base::Result<const Agency*> AgencyNames::resolve(std::string_view codeOrName,
                                                 base::Date day) const {
    if (const auto* agency = directory_->find(codeOrName)) return agency;
    const auto found = candidates(codeOrName, day);
    if (found.size() == 1) return found.front();
    const auto code =
        found.empty() ? base::ErrorCode::AGENCY_UNKNOWN : base::ErrorCode::AGENCY_AMBIGUOUS;
    std::string list;
    for (std::size_t i = 0; i < std::min(found.size(), kCandidatesTold); ++i)
        list += (i ? ", " : "") + found[i]->code;
    if (found.size() > kCandidatesTold) list += ", …";
    return base::Problem(code)
        .with("value", std::string(codeOrName))
        .with("date", base::formatDate(day))
        .with("candidates", list);
}

}  // namespace gateway::exchange
