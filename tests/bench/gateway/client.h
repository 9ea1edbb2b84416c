#pragma once
// Partners' software at its leanest: one blocking connection a thread, OpenSSL and sockets alone.

#include "tests/bench/gateway/figures.h"
#include "tests/bench/gateway/load.h"

namespace gateway::bench {

/// Sends the load over so many connections, each its next message as soon as the last one is
/// answered. Connecting is not timed. Throws if any answer is not a sealed receipt's 200.
[[nodiscard]] Figures send(scenario::World& world, const std::vector<Prepared>& load,
                           std::size_t connections);

/// MB of the gateway for each of so many idle connections.
[[nodiscard]] double memoryOfIdle(scenario::World& world, std::size_t connections);

}  // namespace gateway::bench
