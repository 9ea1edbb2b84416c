#pragma once
// Strikes a transfer that should not have been taken: of another court's ruling, or by mistake.

#include <string>

#include "gateway/base/result.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/bell.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// An operator's act in a case: sealed and recorded like every act, with the event TransferUndone.
/// Afterwards the case is closed for good (it stays readable, with its history), the ruling's name
/// is free, so that its own court's transfer opens a case of its own, and everybody who has a part
/// in the struck case is told by a letter. What was delivered is not called back, what still waits
/// goes out before the letter. Thread-safe; throws store::StoreFault and StoreBusy.
class TransferUndo {
  public:
    TransferUndo(Identity identity, const Snapshots& snapshots, store::Ledger& ledger,
                 store::Cases& cases, Bell& bell, const base::Clock& clock) :
        identity_(identity),
        notifications_(std::move(identity)),
        snapshots_(snapshots),
        ledger_(ledger),
        cases_(cases),
        bell_(bell),
        clock_(clock) {}

    struct Recorded {
        std::string actId;  ///< the message of the log
    };
    /// The error says why not (English). `reason` has been bounded by the caller and goes into the
    /// letters.
    [[nodiscard]] base::Result<Recorded, std::string> undo(const std::string& operatorName,
                                                           const std::string& caseId,
                                                           const std::string& reason);

  private:
    [[nodiscard]] std::vector<std::string> toBeTold(const Snapshot& snapshot,
                                                    const model::CaseFile& file,
                                                    base::Timestamp now) const;

    Identity identity_;
    Notifications notifications_;
    const Snapshots& snapshots_;
    store::Ledger& ledger_;
    store::Cases& cases_;
    Bell& bell_;
    const base::Clock& clock_;
};

}  // namespace gateway::exchange
