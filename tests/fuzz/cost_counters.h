#pragma once
// What a piece of work costs, by counters that are the same on every machine: bytes held at once
// and blocks asked for, by C++ and by libxml2.

#include <cstddef>

namespace gateway::fuzz {

struct Cost {
    std::size_t peakBytes = 0;  ///< held at once beyond what was held when it began
    std::size_t blocks = 0;  ///< allocations: what each node, name and copy takes at least one of
};

/// From its making to spent(). One at a time; whoever links this counts in the whole process.
class CostMeter {
  public:
    CostMeter();
    [[nodiscard]] static Cost spent();
};

}  // namespace gateway::fuzz
