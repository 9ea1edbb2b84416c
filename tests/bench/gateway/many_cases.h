#pragma once
// One case asked for among very many: signed question in, signed answer out, over mutual TLS.

#include <cstddef>

#include "tests/scenario/support/world.h"

namespace gateway::bench {

/// Stops the gateway if it runs, fills its store with copies of one real case up to `cases`, starts
/// it again and asks for single cases by court, number and date, with their history.
void measureQuestions(scenario::World& world, std::size_t cases);

}  // namespace gateway::bench
