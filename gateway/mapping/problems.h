#pragma once
// All reasons for a refusal together.

#include <cstddef>
#include <vector>

#include "gateway/base/problem.h"

namespace gateway::mapping {

/// All reasons for a refusal, bounded, in the order of the sender's document; never empty when it
/// is the error of a Result.
using Problems = std::vector<base::Problem>;

inline constexpr std::size_t kMostProblems = 20;

}  // namespace gateway::mapping
