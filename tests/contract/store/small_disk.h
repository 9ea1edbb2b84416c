#pragma once
// A disk that is full when a test says so, without one: what SQLite writes is weighed.

#include <cstdint>
#include <filesystem>

#include "gateway/store/sqlite/engine/space_watch.h"

namespace gateway::contract {

/// While it lives, whatever SQLite writes in this process shares `bytes` with everything that lies
/// in `folder`: growing beyond them fails as ENOSPC does, the index of the log included. One at a
/// time; made before the first connection is opened and destroyed after the last is closed.
class SmallDisk {
  public:
    SmallDisk(std::filesystem::path folder, std::uint64_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    void resize(std::uint64_t bytes);
    /// As large as what lies there: not a byte is left.
    void fill();
    [[nodiscard]] std::uint64_t freeBytes() const;
    [[nodiscard]] store::sqlite::SpaceProbe probe() const;
};

}  // namespace gateway::contract
