#pragma once
// How a "no" is said, and what is kept of it (protocol.md, section 5): the same for messages,
// questions and the receipts of deliveries.

#include <optional>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/desk/reception.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// QUOTA_EXCEEDED (Limits::storedBytesPerAgency).
[[nodiscard]] base::Problem storedQuotaProblem(const std::string& agency, std::size_t limit,
                                               std::int64_t used);

/// A problem as it is told; to a signer who is not known without its path and content.
[[nodiscard]] RefusalReason reasonOf(const base::Problem& problem, bool known);

/// Records refusals and seals them, in this order. Bytes of a signer who is known count against its
/// agency's quota and stay for Limits::refusedBytesKept at least; all others, also those that a
/// known signer did not let this channel carry, share the channel's ring. So nobody pushes out
/// another's evidence. Thread-safe, stateless; throws only for a broken store or key.
class RefusalDesk {
  public:
    RefusalDesk(store::Ledger& ledger, const base::Clock& clock, const base::Limits& limits) :
        ledger_(ledger), clock_(clock), limits_(limits) {}

    /// The signed refusal; or, when the reason is of class T or the agency's quota is full, an
    /// answer without bytes that leaves nothing; likewise when a channel brings too much that no
    /// agency answers for. A dry run is answered and not recorded.
    [[nodiscard]] Answer refuse(const Inbound& inbound, const Refused& refused) const;

    /// Records without saying so; the answer when the quota is full.
    [[nodiscard]] std::optional<Answer> record(const Inbound& inbound,
                                               const Refused& refused) const;

  private:
    [[nodiscard]] std::optional<Answer> keep(const Inbound& inbound, const Refused& refused,
                                             const Refusal& refusal) const;
    [[nodiscard]] Refusal refusalOf(const Inbound& inbound, const Refused& refused) const;
    [[nodiscard]] store::RefusedBytesQuota quotaOf(const Inbound& inbound, const Refused& refused,
                                                   base::Timestamp now) const;
    store::Ledger& ledger_;
    const base::Clock& clock_;
    base::Limits limits_;
};

}  // namespace gateway::exchange
