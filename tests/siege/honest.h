#pragma once
// The honest partner: what it asks, how long it waits, and whether it is served as it must be.

#include <chrono>
#include <cstddef>
#include <string>

#include "tests/siege/scene.h"

namespace gateway::siege {

struct Service {
    std::size_t requests = 0, failed = 0;
    double p99Ms = 0;
    std::string firstFailure;  ///< in words, if any
};

/// For `span`, one after another: a signed message, whoami, a look at the mailbox, and a question
/// by raw bytes on a connection of its own each time, so that its handshake is measured, too.
[[nodiscard]] Service serve(Scene& scene, std::chrono::seconds span);

}  // namespace gateway::siege
