#pragma once
// Makes the report of one reading from the marks that the rules left.

#include <unordered_map>
#include "gateway/document/tree.h"

#include "gateway/mapping/paths/marks.h"
#include "gateway/mapping/paths/report.h"
#include "gateway/mapping/values/problems.h"

namespace gateway::mapping {

/// Documents that stand in a text, by the place of the text.
using InnerRoots = std::unordered_map<const document::Node*, const document::Node*>;

/// `marks` is sealed. Unknown nodes become problems too, as long as there is room, unless
/// `problems` is null.
[[nodiscard]] Report makeReport(const document::Node& root, const InnerRoots& inner,
                                const Marks& marks, Detail detail, Problems* problems);

}  // namespace gateway::mapping
