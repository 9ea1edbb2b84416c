#pragma once
// A case as it was known, or as it stood, on an earlier day.

#include <vector>

#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/questions/inquiry.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// The cases of these histories by what had been recorded by then (none: by now); a case of which
/// nothing was known is left out. Pure.
[[nodiscard]] std::vector<model::CaseFile> filesAsKnown(const store::Histories& histories,
                                                        const std::optional<base::Timestamp>& at);

/// The cases of these histories by what had been recorded by `query.asKnownAt`, and of that by what
/// had happened by the end of `query.asHappenedAt` (then stages and terms are those of today's law
/// over the facts of then). A case of which nothing was known is left out. Pure.
[[nodiscard]] std::vector<model::CaseView> pastCases(const ReferenceData& reference,
                                                     const model::MonitoringQuery& query,
                                                     const store::Histories& histories);

}  // namespace gateway::exchange
