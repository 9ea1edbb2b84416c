#pragma once
// From recorded events to facts, and from facts to what a case shows. Internal to fold().

#include "gateway/model/cases/case_file.h"

namespace gateway::model {

/// The facts of an event that was recorded before facts were: what it meant then.
[[nodiscard]] std::vector<Fact> factsOfOld(const Event& event);

/// Register entry, notices, progress, days of completion and who answers for which obligation, as
/// the facts in force say.
void showFacts(CaseFile& file);

}  // namespace gateway::model
