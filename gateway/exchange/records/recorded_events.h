#pragma once
// What recorded events say, read by somebody who does not trust the record (rebuild).

#include <optional>
#include <vector>

#include "gateway/exchange/desk/verdict.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {

/// Whether fold() may be given that event: it trusts what was judged before it was recorded, and
/// what was altered since must not reach it.
[[nodiscard]] bool foldable(const model::CaseFile& file, const model::Event& event);

/// How a parked message named its case.
[[nodiscard]] std::optional<model::CaseReference> referenceOf(const model::Event& parked);

/// The verdict of the receipt for these events, at least one.
[[nodiscard]] Verdict verdictFor(const std::vector<model::Event>& events);

}  // namespace gateway::exchange
