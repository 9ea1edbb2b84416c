#pragma once
// Makes the whole country and writes it in the order in which it was recorded.

#include <cstdint>
#include <filesystem>
#include <functional>

#include "tests/scale/life.h"

namespace gateway::scale {

struct Plan {
    std::size_t rulings = 300;
    std::uint64_t seed = 1;
    unsigned threads = 2;
};

/// Fills a new store at `file` by the store's own transaction (acceptIn), many messages to one
/// commit and without waiting for the disk: a crash spoils it, which only costs another run.
/// `progress` hears how many messages are written. Gives what was said.
Tally generate(const Country& country, const Plan& plan, const std::filesystem::path& file,
               const std::function<void(std::int64_t messages)>& progress);

}  // namespace gateway::scale
