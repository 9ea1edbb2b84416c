#pragma once
// What of our own model a format did not take up: nothing is dropped in silence (promise P5).

#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/marks.h"

namespace gateway::mapping {

/// The places of `ours` that bear a value and that no rule has read, in document order, each once:
/// "judgmentTransfer/ruling/parties[]/address". Where nothing at or below a place was read, the
/// place alone is named. `marks` are those of a run outwards, sealed.
[[nodiscard]] std::vector<std::string> leftOut(const document::Node& ours, const Marks& marks);

}  // namespace gateway::mapping
