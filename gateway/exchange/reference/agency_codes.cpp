#include "gateway/exchange/reference/agency_codes.h"

namespace gateway::exchange {
namespace {

constexpr std::string_view kCodes = "agency";
constexpr std::string_view kNames = "agency-name";

}  // namespace

AgencyCodes::AgencyCodes(std::shared_ptr<const model::AgencyDirectory> directory,
                         std::shared_ptr<const AgencyNames> names, const base::Clock& clock) :
    directory_(std::move(directory)), names_(std::move(names)), clock_(clock) {}

std::optional<std::string> AgencyCodes::toOurs(std::string_view list,
                                               std::string_view theirs) const {
    if (!knows(list)) return std::nullopt;
    const auto agency = names_->resolve(theirs, base::vietnamDate(clock_.now()));
    return agency ? std::optional((*agency)->code) : std::nullopt;
}

std::optional<std::string> AgencyCodes::toTheirs(std::string_view list,
                                                 std::string_view ours) const {
    const auto* agency = knows(list) ? directory_->find(ours) : nullptr;
    if (!agency) return std::nullopt;
    if (list == kCodes) return agency->code;
    return std::string(agency->nameOn(base::vietnamDate(clock_.now())));
}

bool AgencyCodes::knows(std::string_view list) const { return list == kCodes || list == kNames; }

base::Problem AgencyCodes::refusalOf(std::string_view list, std::string_view theirs) const {
    auto agency = names_->resolve(theirs, base::vietnamDate(clock_.now()));
    return agency ? CodeLists::refusalOf(list, theirs) : std::move(agency).error();
}

}  // namespace gateway::exchange
