#pragma once
// The periods of the joint statistics as time brings them: the file of each office when a period
// has ended, and what a joint report means for the sheets that went into it. Law: TTLT 12/2021
// Đ.6, 9.1c.

#include <optional>
#include <string>

#include "gateway/exchange/acts/clock_word.h"
#include "gateway/exchange/matters/matter_acts.h"
#include "gateway/law/figures/period.h"

namespace gateway::exchange {

/// As CaseClock: every decision is a message of the gateway's own, its id a function of file and
/// version, so that a crash or a second tick says nothing twice. A period that had ended before the
/// log began is nobody's news. One thread at a time; throws store::StoreFault and StoreBusy.
class PeriodClock {
  public:
    PeriodClock(Identity identity, const Snapshots& snapshots, store::Ledger& ledger,
                store::Cases& cases, Bell& bell, const base::Clock& clock) :
        word_(std::move(identity), ledger, bell),
        snapshots_(snapshots),
        ledger_(ledger),
        cases_(cases),
        clock_(clock) {}

    /// Of a bounded number of offices; true if there are more.
    bool tick();

  private:
    [[nodiscard]] std::optional<base::Date> firstDay();
    [[nodiscard]] std::vector<const model::Agency*> leads(const Snapshot& snapshot,
                                                          base::Date day) const;
    void open(const Snapshot& snapshot, const model::Agency& lead,
              const law::figures::Period& period, base::Timestamp now);
    void consolidate(const Snapshot& snapshot, const std::string& id, const model::Fact& report,
                     base::Timestamp now);
    void record(const Snapshot& snapshot, const MatterActs& matters, model::CaseFile before,
                model::Event event, base::Timestamp now);

    ClockWord word_;
    const Snapshots& snapshots_;
    store::Ledger& ledger_;
    store::Cases& cases_;
    const base::Clock& clock_;
    std::optional<base::Date> firstDay_;  ///< of the log
    std::optional<base::Date> opened_;    ///< the period that every office knows to have ended
    std::string consolidated_;            ///< the joint report that every sheet has heard of
};

}  // namespace gateway::exchange
