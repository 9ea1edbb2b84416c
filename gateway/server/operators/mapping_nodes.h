#pragma once
// The versions of mappings, as an operator sees them.

#include "gateway/base/clock.h"
#include "gateway/document/tree.h"
#include "gateway/exchange/desk/snapshot.h"

namespace gateway::server {

/// {"mappings": [...]} in order of id and version; `state` on that day: "serves" (asked first),
/// "behind" (asked after others), "not-valid" (not on that day), "waits" (only who names it).
[[nodiscard]] document::Node mappingsNode(const exchange::Snapshot& snapshot, base::Date day);

}  // namespace gateway::server
