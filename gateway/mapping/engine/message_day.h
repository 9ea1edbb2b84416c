#pragma once
// Where mappings stand one after another, only one of them knows when the message was written.

#include <optional>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/mapping/values/exchange_values.h"

namespace gateway::mapping {

/// Under what the others are told: no mapping can ask for it.
inline constexpr std::string_view kMessageAt = "messageAt";

/// The exchange with the instant that `ours` names as `envelope/created`. Nothing where the rules
/// judge by that day already: it is told, it is the day of receipt, or `ours` names none.
[[nodiscard]] std::optional<ExchangeValues> datedBy(const ExchangeValues& exchange,
                                                    const document::Node& ours);

}  // namespace gateway::mapping
