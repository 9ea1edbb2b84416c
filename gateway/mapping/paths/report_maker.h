#pragma once
// Makes the report of one reading from the marks that the rules left.

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/finder.h"
#include "gateway/mapping/paths/report.h"
#include "gateway/mapping/values/problems.h"

namespace gateway::mapping {

/// `marks` is sealed. Unknown nodes become problems too, as long as there is room, unless
/// `problems` is null.
[[nodiscard]] Report makeReport(const document::Node& root, const Marks& marks, Detail detail,
                                Problems* problems);

}  // namespace gateway::mapping
