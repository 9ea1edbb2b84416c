#pragma once
// Whether a second transfer of a ruling says the same as the first.

#include <string>

#include "gateway/model/ruling.h"

namespace gateway::exchange {

/// Names of the members of the case model in which two rulings differ, comma-separated; empty if
/// they are the same. How the number was typed does not count, the normalised number does.
[[nodiscard]] std::string differingFields(const model::Ruling& first, const model::Ruling& second);

}  // namespace gateway::exchange
