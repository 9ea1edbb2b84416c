#pragma once
// Whether what an act tells can be written in each recipient's format, while its author listens.

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// A note of a receipt: that recipient is told in canonical form, for its own format cannot say it.
inline constexpr const char* kInCanonicalForm = "delivery-in-canonical-form:";

struct DeliveryTrial {
    /// The first of `act`'s own deliveries that its recipient's format cannot say:
    /// DELIVERY_UNWRITABLE with the path in the case model.
    std::optional<base::Problem> refusal;
    std::vector<std::string> notes;
};

/// Tries each of `act`'s own deliveries in its recipient's format (sayableForm). Files
/// stand as a byte each. Not judged: a recipient that is not registered, or for which no mapping
/// writes that type (an operator's alarm), and what the case tells of older messages that had
/// waited for it: this author cannot mend those. Pure and thread-safe; throws nothing.
[[nodiscard]] DeliveryTrial tryDeliveries(const Snapshot& snapshot, const Identity& identity,
                                          const model::Act& act,
                                          const std::vector<store::OutboxItem>& planned);

}  // namespace gateway::exchange
