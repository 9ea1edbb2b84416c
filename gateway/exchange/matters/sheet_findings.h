#pragma once
// What reckoning finds out about acts of the joint statistics (`found NAME` in mappings/acts).

#include <set>
#include <string>

#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/cases/matter.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/model/messages/declared_act.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Of periods, cells and lines: law/reports/sheet_check.h; of a lock also whether the
/// figures of the office, counted now, contradict each other; "other-sum" of a joint report that is
/// not the sum of the sheets that were sent up; of a mismatch "other-figure" (not what the sheet
/// says, or no difference) and "unnamed" (rulings do not make up the difference, where the sheet
/// names its own). Nothing for other acts.
[[nodiscard]] std::set<std::string, std::less<>> sheetFindings(const ReferenceData& reference,
                                                               store::Cases& cases,
                                                               const model::Act& act,
                                                               const model::Matter& matter,
                                                               const model::DeclaredAct& said);

}  // namespace gateway::exchange
