#pragma once
// The figures of one office, counted from the log: what it would lock now.

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "gateway/exchange/records/court_lists.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/law/figures/table.h"
#include "gateway/model/cases/matter.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Everything in a store, of rulings and of courts' lists. `use` says which rulings.
[[nodiscard]] std::vector<law::figures::RulingHistory> everyHistory(store::Cases& cases);

/// The rulings that an enforcement authority or a procuracy answers for in the period, with the
/// courts' lists. Walks through its cases: meant for a lock and for questions of an office.
[[nodiscard]] std::vector<law::figures::RulingHistory> officeHistories(
    const ReferenceData& reference, store::Cases& cases, const std::string& office,
    const law::figures::Period& period);

/// The rulings that an enforcement authority has had until the end of the period, those of its
/// predecessors among them, for its registers: those of struck transfers as well.
[[nodiscard]] std::vector<law::figures::RulingHistory> registeredHistories(
    const model::AgencyDirectory& directory, store::Cases& cases, const std::string& office,
    base::Date day);

/// Counted, and held against the other periods of the same rulings.
[[nodiscard]] law::figures::Table countedWhole(
    const law::figures::FigureBook& book, const std::vector<law::figures::RulingHistory>& histories,
    const law::figures::Period& period, base::Timestamp cutoff);

/// "broken-figures", and "warning-COLUMN" for what should be looked at before a lock.
[[nodiscard]] std::set<std::string, std::less<>> lockFindings(const ReferenceData& reference,
                                                              store::Cases& cases,
                                                              const model::Matter& matter,
                                                              const law::figures::Period& period,
                                                              base::Timestamp cutoff);

}  // namespace gateway::exchange
