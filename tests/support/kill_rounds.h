#pragma once
// How often crash tests kill: 20 times in the ordinary run, THAHC_KILLS times in ops/kill-test.

#include <cstdlib>
#include <string>

namespace gateway::support {

/// From 1 to 2000; throws std::exception if THAHC_KILLS is no number, since a typing error must
/// not pass for a long run.
inline int killRounds() {
    const char* wanted = std::getenv("THAHC_KILLS");
    const int rounds = wanted == nullptr ? 20 : std::stoi(wanted);
    return rounds < 1 ? 1 : rounds > 2000 ? 2000 : rounds;
}

}  // namespace gateway::support
