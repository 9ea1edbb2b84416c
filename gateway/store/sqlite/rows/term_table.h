#pragma once
// The table of what is owed: written with its case, read as lists. Internal to SqliteStore.

#include <vector>

#include "gateway/store/records.h"
#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

/// Makes the rows of a case those of its record; what stays as it was is not touched. A new case
/// has none yet.
void writeTerms(Connection& connection, const CaseRecord& record, bool isNew);

[[nodiscard]] std::vector<TermRow> termsIn(Connection& connection, std::string_view caseId);

/// As TermLists promises.
[[nodiscard]] std::vector<TermRow> termPage(Connection& connection, const TermFilter& filter,
                                            const std::optional<TermPlace>& after,
                                            std::size_t limit);
[[nodiscard]] std::int64_t termCount(Connection& connection, const TermFilter& filter);

}  // namespace gateway::store::sqlite
