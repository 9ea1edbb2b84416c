#pragma once
// What the clock says of a file, recorded: a message of the gateway's own, its event, its letters.

#include <functional>

#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/bell.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// That word as the next message of its file; `word.event` says what was decided there and who is
/// told. `before` has the version at which it is kept.
[[nodiscard]] store::Acceptance wordIn(const Snapshot& snapshot, const Identity& identity,
                                       const Notifications& notifications, model::CaseFile before,
                                       OwnWord word, base::Timestamp now);

/// The message's id is a function of file and version, so that a crash or a second tick says
/// nothing twice. Borrows ledger and bell; throws store::StoreFault and StoreBusy.
class ClockWord {
  public:
    ClockWord(Identity identity, store::Ledger& ledger, Bell& bell) :
        identity_(identity), notifications_(std::move(identity)), ledger_(ledger), bell_(bell) {}

    /// Fills in who is told of an event; the file is as the event leaves it.
    using Tell = std::function<void(const model::CaseFile& after, model::Event& event)>;

    /// `before` with the version at which it is kept, 0 if the event begins it; `event` says what
    /// was decided and in which file, the rest follows. False: it was said by another before us, or
    /// the file has moved.
    bool record(const Snapshot& snapshot, model::CaseFile before, model::Event event,
                base::Timestamp now, const Tell& tell) const;

    [[nodiscard]] const Notifications& notifications() const noexcept { return notifications_; }
    /// As the author of what it says.
    [[nodiscard]] std::string author() const { return identity_.address(); }

  private:
    Identity identity_;
    Notifications notifications_;
    store::Ledger& ledger_;
    Bell& bell_;
};

}  // namespace gateway::exchange
