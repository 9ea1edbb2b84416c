#pragma once
// Wakes those who wait for new work, so that nobody has to poll fast.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace gateway::exchange {

/// A counter with a bell: ring() after something became durable, wait() for a later ring than
/// the one already seen. Thread-safe. Spurious wake-ups are possible; look again after waking.
class Bell {
  public:
    void ring() {
        {
            const std::lock_guard lock(mutex_);
            ++rung_;
        }
        changed_.notify_all();
    }
    [[nodiscard]] std::uint64_t seen() const {
        const std::lock_guard lock(mutex_);
        return rung_;
    }
    /// Until a ring after `seen` or until the time is over.
    void wait(std::uint64_t seen, std::chrono::milliseconds atMost) const {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, atMost, [&] { return rung_ != seen; });
    }

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::uint64_t rung_ = 0;
};

}  // namespace gateway::exchange
