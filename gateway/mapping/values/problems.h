#pragma once
// All reasons for a refusal together.

#include <cstddef>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/document/tree.h"

namespace gateway::mapping {

/// All reasons for a refusal, bounded, in the order of the sender's document; never empty when it
/// is the error of a Result.
using Problems = std::vector<base::Problem>;

inline constexpr std::size_t kMostProblems = 20;

/// What a value of another kind should have been, as partners' programmers know the kinds.
[[nodiscard]] base::Words wordsOfKind(document::Kind kind);
[[nodiscard]] base::Words notEmpty();
/// Of a text that their side takes for none.
[[nodiscard]] base::Words readAsNothing();

}  // namespace gateway::mapping
