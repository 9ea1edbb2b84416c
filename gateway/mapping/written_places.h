#pragma once
// Where values of ours stand in what was written of them.

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/marks.h"

namespace gateway::mapping {

/// Tells `marks` which places of `written` each node of `ours` went to, as what: what is written
/// keeps the position of what it was written from. `ours` was read from a text, positions kept.
void carryWritten(const document::Node& ours, const document::Node& written, Marks& marks);

}  // namespace gateway::mapping
