#pragma once
// From recorded events to facts, and from facts to what a case shows. Internal to fold().

#include "gateway/model/cases/case_file.h"

namespace gateway::model {

/// The facts of an event that was recorded before facts were (Event::act without Event::decided):
/// what it meant then. What it does not say in the words of then is no fact.
[[nodiscard]] std::vector<Fact> factsOfOld(const Event& event);

/// The obligations of which such an event speaks, whether or not the case has them.
[[nodiscard]] std::vector<std::int64_t> oldObligations(const Event& event);

/// Register entry, notices, progress, days of completion and who answers for which obligation, as
/// the facts in force say.
void showFacts(CaseFile& file);

}  // namespace gateway::model
