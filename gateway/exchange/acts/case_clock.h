#pragma once
// What time alone brings in cases: terms near and over, stays that end. Law: mappings/legal-rules.

#include <cstddef>
#include <optional>
#include <string>

#include "gateway/exchange/acts/clock_word.h"

namespace gateway::exchange {

/// Each decision is a message of the gateway's own, sealed, with an event in the case and notices
/// to whom the rule names; its id is a function of case and version, so that a crash or a second
/// tick says nothing twice. A tick costs what is due, not what is open.
///
/// A machine whose time jumps ahead ends no terms: what the clock says counts once it has stood for
/// a while by the steady one. Of a case of before terms were counted, what was over by then is
/// recorded and told to nobody. One thread at a time; throws store::StoreFault and StoreBusy.
class CaseClock {
  public:
    CaseClock(Identity identity, const Snapshots& snapshots, store::Ledger& ledger,
              store::Cases& cases, Bell& bell, const base::Clock& clock) :
        word_(std::move(identity), ledger, bell),
        snapshots_(snapshots),
        ledger_(ledger),
        cases_(cases),
        clock_(clock) {}

    /// Of a bounded number of cases, the earliest first; true if more are due.
    bool tick();

  private:
    [[nodiscard]] bool isSettled();
    [[nodiscard]] bool record(const std::string& caseId, base::Timestamp now);

    ClockWord word_;
    const Snapshots& snapshots_;
    store::Ledger& ledger_;
    store::Cases& cases_;
    const base::Clock& clock_;
    std::size_t passedOver_ = 0;  ///< cases of this round of which nothing could be recorded
    std::optional<base::Timestamp> lastWall_;
    std::chrono::steady_clock::time_point lastSteady_{}, notBefore_{};
};

/// Derives the rows of cases anew that an older version has written, in pages; how many.
std::size_t refold(store::Ledger& ledger, store::Cases& cases);

}  // namespace gateway::exchange
