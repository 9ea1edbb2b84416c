#pragma once
// Partners' software at its leanest: one blocking connection a thread, OpenSSL and sockets alone.

#include "tests/bench/gateway/figures.h"
#include "tests/bench/gateway/load.h"
#include "tests/scenario/support/facts.h"

namespace gateway::bench {

/// Sends the load over so many connections, each its next message as soon as the last one is
/// answered, on the agency's channel. Connecting is not timed. Throws if any answer is not 200.
[[nodiscard]] Figures send(scenario::World& world, const std::vector<Prepared>& load,
                           std::size_t connections, const std::string& agency = scenario::kCourt);

/// MB of the gateway for each of so many idle connections.
[[nodiscard]] double memoryOfIdle(scenario::World& world, std::size_t connections);

}  // namespace gateway::bench
