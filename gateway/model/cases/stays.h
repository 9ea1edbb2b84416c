#pragma once
// Stays of execution that end by themselves: a postponement runs for a stated time, and nobody
// writes when it is over (Luật TTHC Đ.261.1).

#include <vector>

#include "gateway/model/cases/fact.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::model {

/// Execution goes on from that day, since the stay has run out.
struct StayEnd {
    const Fact* stay = nullptr;   ///< borrowed from the facts that were asked
    std::int64_t obligation = 0;  ///< 0: of every obligation of the case
    base::Date on{};
};

/// Of all stays that run out before another act ends them, or goes on with them (a second
/// postponement, a suspension): a function of what the acts say, whatever the clock has recorded.
/// The earliest first.
[[nodiscard]] std::vector<StayEnd> endsByThemselves(const std::vector<Fact>& facts,
                                                    const std::vector<Obligation>& obligations);

/// Those of them that the clock has still to record.
[[nodiscard]] std::vector<StayEnd> endsToRecord(const std::vector<Fact>& facts,
                                                const std::vector<Obligation>& obligations);

/// What the clock records of it.
[[nodiscard]] Fact recordOf(const StayEnd& end);
/// What the clock has recorded and is no longer so: acts that came late, or were corrected or
/// withdrawn, have moved the end. Sources, to be struck.
[[nodiscard]] std::vector<std::string> untrueEnds(const std::vector<Fact>& facts,
                                                  const std::vector<Obligation>& obligations);

}  // namespace gateway::model
