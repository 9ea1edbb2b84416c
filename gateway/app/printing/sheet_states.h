#pragma once
// Sheets of the joint statistics as they stand in a store, for people and programs.

#include "gateway/document/tree.h"
#include "gateway/law/book/law_book.h"
#include "gateway/law/figures/period.h"
#include "gateway/law/reports/differences.h"
#include "gateway/store/ledger.h"

namespace gateway::app {

/// What is asked of the files of a period; empty: all offices.
struct SheetQuestion {
    std::string office;
    law::figures::Period period;
};

/// [{"file", "lead", "province", "period", "sheets": [{"no", "form", "with", "state", "vi",
/// "steps": [{"what", "message", "on", "number"?, "by"}], "terms": [...]}], "adjustments": [...]}]
[[nodiscard]] document::Node sheetStates(store::Cases& cases, const law::LawBook& law,
                                         const SheetQuestion& question);

/// What was put right in the sheets before and is to be shown in this period ("điều chỉnh kỳ
/// trước"): [{"sheet", "column", "was", "is", "ruling"?, "reason"}]
[[nodiscard]] document::Node adjustmentsInto(store::Cases& cases, const SheetQuestion& question);

/// When the office locked the period last; none: it has not.
[[nodiscard]] std::optional<base::Timestamp> lockedAt(store::Cases& cases,
                                                      const SheetQuestion& question);

[[nodiscard]] document::Node differencesNode(const std::vector<law::figures::Difference>& all);

}  // namespace gateway::app
