#pragma once
// Between the model's values and the store's rows.

#include <string>
#include <vector>

#include "gateway/model/cases/case_file.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// The row of a case: the fold as JSON and the columns that questions select by.
[[nodiscard]] store::CaseRecord recordOf(const model::CaseFile& file);
/// Who has to do with it, each role of each agency once.
[[nodiscard]] std::vector<store::CaseAgency> agenciesOf(const model::CaseFile& file);
/// Finds the files that are about one of these cases, whatever they are of.
[[nodiscard]] store::CaseFilter mattersAbout(const std::vector<std::string>& caseIds);
/// The fold kept in a row. A row that cannot be read is our fault (Fault), never a partner's.
[[nodiscard]] model::CaseFile caseFileOf(const store::CaseRecord& record);

/// What agencies call a ruling, as look-ups know it.
[[nodiscard]] store::CaseAlias aliasOf(const model::RulingReference& reference);
/// CaseRecord::registered: registers run by the statistics year, 01/10 to 30/09 (TT 04/2023
/// Đ.30.4a), so a number is one case's in an office's year. Empty: no number.
[[nodiscard]] std::string registeredAs(const std::string& office, const std::string& number,
                                       base::Date day);

/// The events of one message as they stand in its row: a JSON array.
[[nodiscard]] std::string eventsText(const std::vector<model::Event>& events);
[[nodiscard]] std::vector<model::Event> eventsOf(const store::MessageRecord& record);

}  // namespace gateway::exchange
