#pragma once
// Others' words about a failed delivery, as they are kept.

#include <string>
#include <string_view>

namespace gateway::exchange {

/// Why a delivery failed, as it is kept, shown and told on: one printable line with single spaces,
/// of at most base::kKeptReason bytes; what is cut off is an ellipsis. Pure.
[[nodiscard]] std::string keptReason(std::string_view words);

}  // namespace gateway::exchange
