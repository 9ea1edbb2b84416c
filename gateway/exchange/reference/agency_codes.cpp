#include "gateway/exchange/reference/agency_codes.h"

namespace gateway::exchange {
namespace {

constexpr std::string_view kCodes = "agency";
constexpr std::string_view kNames = "agency-name";

base::Date dayOrLast(mapping::AsOf day) { return day.value_or(std::chrono::year(9999) / 12 / 30); }

}  // namespace

AgencyCodes::AgencyCodes(std::shared_ptr<const model::AgencyDirectory> directory,
                         std::shared_ptr<const AgencyNames> names) :
    directory_(std::move(directory)), names_(std::move(names)) {}

std::optional<std::string> AgencyCodes::toOurs(std::string_view list, std::string_view theirs,
                                               mapping::AsOf day) const {
    if (!knows(list)) return std::nullopt;
    const auto agency = names_->resolve(theirs, dayOrLast(day));
    return agency ? std::optional((*agency)->code) : std::nullopt;
}

std::optional<std::string> AgencyCodes::toTheirs(std::string_view list, std::string_view ours,
                                                 mapping::AsOf day) const {
    const auto* agency = knows(list) ? directory_->find(ours) : nullptr;
    if (!agency) return std::nullopt;
    if (list == kCodes) return agency->code;
    return std::string(agency->nameOn(dayOrLast(day)));
}

bool AgencyCodes::knows(std::string_view list) const { return list == kCodes || list == kNames; }

base::Problem AgencyCodes::refusalOf(std::string_view list, std::string_view theirs,
                                     mapping::AsOf day) const {
    auto agency = names_->resolve(theirs, dayOrLast(day));
    return agency ? CodeLists::refusalOf(list, theirs, day) : std::move(agency).error();
}

}  // namespace gateway::exchange
