#pragma once
// What reckoning finds out about a sheet as it was sent (mappings/acts, `found NAME`).

#include <optional>
#include <set>
#include <string>

#include "gateway/document/tree.h"
#include "gateway/law/figures/figure_book.h"
#include "gateway/law/figures/period.h"

namespace gateway::law::figures {

/// A period of the statistics that is written as from, until and number of months ("joint": any).
[[nodiscard]] std::optional<Period> periodIn(const document::Node& written);
[[nodiscard]] std::optional<Period> periodEnding(base::Date day);
/// Whether what was wrong in `period` may be put right in the other: a later one of its year, or
/// the first of the next (inference). Law: TTLT 12/2021 Đ.10.
[[nodiscard]] bool mayCorrect(const Period& period, const Period& other);

/// "other-cells": a column that is not of its form, is said twice, or is not the number of its
/// lines, where lines are given; "broken-identity": its figures contradict each other, as far as it
/// says them; "unexplained": a ruling that only one side has, without a reason. Pure.
[[nodiscard]] std::set<std::string, std::less<>> findingsOf(const FigureBook& book,
                                                            const document::Node& sheet);

}  // namespace gateway::law::figures
