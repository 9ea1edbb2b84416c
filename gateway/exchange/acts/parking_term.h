#pragma once
// Ends the waiting of messages whose ruling never came.

#include <cstddef>

#include "gateway/base/limits.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/bell.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// What has waited for Limits::parkedKept leaves by a recorded act of our own, and its sender gets
/// a letter with the same words whether its ruling is unknown or somebody else's (ADR 0016).
/// Thread-safe; throws store::StoreFault and StoreBusy.
class ParkingTerm {
  public:
    ParkingTerm(Identity identity, const Snapshots& snapshots, store::Ledger& ledger,
                store::Cases& cases, Bell& bell, const base::Clock& clock,
                const base::Limits& limits) :
        identity_(identity),
        notifications_(std::move(identity)),
        snapshots_(snapshots),
        ledger_(ledger),
        cases_(cases),
        bell_(bell),
        clock_(clock),
        limits_(limits) {}

    /// Ends what is over its term, oldest first, at most base::kParkingEndedAtOnce; how many ended.
    std::size_t endOverdue();

  private:
    [[nodiscard]] bool end(const store::MessageRecord& parked, base::Timestamp now);

    Identity identity_;
    Notifications notifications_;
    const Snapshots& snapshots_;
    store::Ledger& ledger_;
    store::Cases& cases_;
    Bell& bell_;
    const base::Clock& clock_;
    base::Limits limits_;
};

/// The note of such an act; the second says that the sender could not be written to.
inline constexpr const char* kParkingTermEnded = "end-parking";
inline constexpr const char* kParkingTermEndedUntold = "end-parking-untold";

}  // namespace gateway::exchange
