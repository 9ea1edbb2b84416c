#pragma once
// Whether a second transfer of a ruling says the same as the first.

#include "gateway/base/problem.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::exchange {

/// In what two rulings differ, comma-separated, empty if they are the same: the names of the case
/// model's members in English, what a clerk calls them in Vietnamese. How the number was typed does
/// not count, the normalised number does; nor does the Unicode form of any text.
[[nodiscard]] base::Words differingFields(const model::Ruling& first, const model::Ruling& second);

}  // namespace gateway::exchange
