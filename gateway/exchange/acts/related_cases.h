#pragma once
// What an act says in the cases of other rulings that it names: a field of its declaration says by
// `elsewhere` which act each of its items is there.

#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// On an act that names a ruling which is not known here, or names it incompletely.
inline constexpr const char* kRelationUnknown = "RELATION_UNKNOWN";

/// Reads cases, writes nothing. Borrows all.
class RelatedCases {
  public:
    RelatedCases(const Snapshot& snapshot, const Identity& identity,
                 const Notifications& notifications, store::Cases& cases) :
        snapshot_(snapshot), identity_(identity), notifications_(notifications), cases_(cases) {}

    /// Puts what is recorded there into decision.following: a word of the gateway's own, which
    /// names the act by its digest. Nobody's rights in those cases are asked and nothing there
    /// refuses it: what the law does not take leaves no trace. What was said there before is not
    /// said again. `later` is the ruling of the act. False: an item names no ruling known here.
    [[nodiscard]] bool follow(const model::Act& act, const model::DeclaredAct& said,
                              const model::RulingReference& later, Decision& decision) const;

  private:
    void tell(const store::CaseRecord& known, const model::Act& act, model::DeclaredAct there,
              Decision& decision) const;

    const Snapshot& snapshot_;
    const Identity& identity_;
    const Notifications& notifications_;
    store::Cases& cases_;
};

}  // namespace gateway::exchange
