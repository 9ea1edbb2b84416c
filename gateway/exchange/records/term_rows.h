#pragma once
// What of a case stands in lists: terms that are owed still or were answered late, line by line.

#include <vector>

#include "gateway/model/cases/case_file.h"
#include "gateway/model/questions/work_list.h"
#include "gateway/store/term_rows.h"

namespace gateway::exchange {

/// One row a term and an agency that owes it; none of a transfer that was struck, none of times in
/// which something may be done and nobody owes it. Pure.
[[nodiscard]] std::vector<store::TermRow> termRowsOf(const model::CaseFile& file);

/// The line of a row as it was made. What cannot be read is our fault (Fault).
[[nodiscard]] model::TermLine lineOf(const store::TermRow& row);

/// Whether the row stands in the list of breaches; its term is over or was answered late.
[[nodiscard]] bool isBreach(const store::TermRow& row) noexcept;

}  // namespace gateway::exchange
