#pragma once
// The table of what is owed: written with its case. Internal to SqliteStore.

#include <optional>
#include <vector>

#include "gateway/store/records.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/rows/term_readers.h"

namespace gateway::store::sqlite {

/// A row as it stands in the table.
struct KeptTerm {
    std::int64_t id = 0;
    TermRow row;
    std::vector<TermReader> readers;
};

/// Makes the rows of a case, whose own row has this number, those of its record; what stays as it
/// was is not touched. A new case has none yet.
void writeTerms(Connection& connection, const CaseRecord& record, std::int64_t caseRow, bool isNew);

/// Of a case, in no order.
[[nodiscard]] std::vector<KeptTerm> keptTerms(Connection& connection, std::string_view caseId);
/// Without those that stand in no list of one who sees them: damage.
[[nodiscard]] std::vector<TermRow> termsIn(Connection& connection, std::string_view caseId);
[[nodiscard]] std::optional<KeptTerm> keptTerm(Connection& connection, std::int64_t id);

}  // namespace gateway::store::sqlite
