#pragma once
// A delivery that was refused, given up, or closed by an operator: recorded in its case, and told
// to the author of what was to be delivered.

#include <mutex>
#include <optional>
#include <string>

#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/bell.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Each end becomes a message of the gateway's own in the log, sealed by it, with an event in the
/// case (if there is one) and the delivery by which the author is told: a MonitoringResult with
/// the state of the case, if it may see that, else a letter. Its id is a function of the item and
/// of when it ended, so that a crash between the record and the mark on the item records nothing
/// twice. The end of such a notice itself is told to nobody. Thread-safe; throws
/// store::StoreFault, and StoreBusy to operators.
class DeliveryEnds {
  public:
    DeliveryEnds(Identity identity, const Snapshots& snapshots, store::Ledger& ledger,
                 store::Cases& cases, store::Outbox& outbox, Bell& bell, const base::Clock& clock) :
        identity_(identity),
        notifications_(std::move(identity)),
        snapshots_(snapshots),
        ledger_(ledger),
        cases_(cases),
        outbox_(outbox),
        bell_(bell),
        clock_(clock) {}

    /// Refused and dead items of which no author has heard, a few of them; true if there were any.
    /// Returns at once while another thread is at it.
    bool tellAuthors();

    /// That an operator has closed an item; `payload` is his recorded act. Gives its message id.
    std::string settled(const store::OutboxItem& item, model::DeliveryOutcome outcome,
                        const std::string& reason, const std::string& messageId,
                        document::Node payload, base::Timestamp now);

  private:
    void tell(const store::OutboxItem& item);
    void record(const store::OutboxItem& item, model::Event event, OwnWord word,
                base::Timestamp now);
    [[nodiscard]] std::optional<store::OutboxItem> notice(const Snapshot& snapshot,
                                                          const model::CaseFile* file,
                                                          const model::Event& event) const;

    Identity identity_;
    Notifications notifications_;
    const Snapshots& snapshots_;
    store::Ledger& ledger_;
    store::Cases& cases_;
    store::Outbox& outbox_;
    Bell& bell_;
    const base::Clock& clock_;
    std::mutex telling_;
    std::chrono::steady_clock::time_point notBefore_{};  ///< under it
};

}  // namespace gateway::exchange
