#pragma once
// Moments as they stand on paper in Viet Nam.

#include <string>

#include "gateway/base/clock.h"

namespace gateway::document {

/// "16:05:09 ngày 01/10/2026 (giờ Việt Nam, +07:00)"
[[nodiscard]] std::string printedMoment(base::Timestamp instant);
/// "01/10/2026 16:05:09"
[[nodiscard]] std::string shortMoment(base::Timestamp instant);

}  // namespace gateway::document
