#pragma once
// A door's numbers as metrics.

#include <string>

#include "gateway/server/door/door_statistics.h"
#include "gateway/server/door/metrics.h"

namespace gateway::server {

/// Brings thahc_door_... up to `now`; `door` is its label, e.g. "partners" or "operators". Call it
/// from Metrics::beforeScrape. Thread-safe.
void publishDoor(Metrics& metrics, const std::string& door, const DoorStatistics& now);

}  // namespace gateway::server
