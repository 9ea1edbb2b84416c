#pragma once
// A life that was played by the law, kept as the history that figures are counted from.

#include "gateway/law/figures/history.h"
#include "gateway/law/life/case_life.h"

namespace gateway::law::figures {

/// Says the acts in their order, with the clock between them and until the end of the day before
/// `until`, and keeps what was taken, with the moment from which it was known. What was refused
/// leaves nothing; `tell` hears of every step. `id` and offices are the caller's to fill in. Days
/// must not go back.
[[nodiscard]] RulingHistory playHistory(const LawBook& book, model::Ruling ruling,
                                        std::vector<SaidAct> acts, base::Date until,
                                        const CaseLife::Listener& tell);

}  // namespace gateway::law::figures
