#pragma once
// Which message of the case model a sample most likely is.

#include <string>

#include "gateway/mapping/drafts/known_names.h"
#include "gateway/mapping/drafts/sample.h"

namespace gateway::mapping::drafts {

/// Its type, "JudgmentTransfer", by what the names speak for most; empty if no name is known.
[[nodiscard]] std::string likelyMessage(const SamplePlace& root, const KnownNames& names);

/// The member that holds such a message: "judgmentTransfer".
[[nodiscard]] std::string memberOf(std::string message);

}  // namespace gateway::mapping::drafts
