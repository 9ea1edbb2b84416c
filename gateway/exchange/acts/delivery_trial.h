#pragma once
// Whether what an act tells can be written in each recipient's format, while its author listens.

#include <optional>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// The first of `act`'s own deliveries that its recipient's format cannot say: DELIVERY_UNWRITABLE
/// with the path in the case model. Files stand as a byte each. Not judged: a recipient that is
/// not registered, or for which no mapping writes that type (an operator's alarm), and what the
/// case tells of older messages that had waited for it: this author cannot mend those.
/// Pure and thread-safe; throws nothing.
[[nodiscard]] std::optional<base::Problem> unwritable(
    const Snapshot& snapshot, const Identity& identity, const model::Act& act,
    const std::vector<store::OutboxItem>& planned);

}  // namespace gateway::exchange
