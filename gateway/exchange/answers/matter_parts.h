#pragma once
// How the file of a matter stands, as those see it who may ask for its terms.

#include <string>
#include <vector>

#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/questions/work_list.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// The parts of that file: all of them for its lead and for who sees all that is in its province or
/// everything; of the others only the whole and their own. Empty: it is a case's, or there is
/// nothing that they may see. `filter`: of whoever asks, `own` with the codes that it succeeds.
[[nodiscard]] std::vector<model::PartLine> partsSeen(const ReferenceData& reference,
                                                     store::Cases& cases,
                                                     const store::TermFilter& filter);

}  // namespace gateway::exchange
