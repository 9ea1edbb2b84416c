#pragma once
// How many handlers may wait at once: at most half of the threads, so that pushes still get in.

#include <atomic>
#include <cstddef>
#include <memory>

namespace gateway::server {

/// Places for waiting handlers. Thread-safe.
class LongPolls {
  public:
    /// Normally half of Limits::connections.
    explicit LongPolls(std::size_t places) : free_(places) {}

    /// A place, given back when destroyed. Must not outlive the LongPolls.
    class Place {
      public:
        explicit Place(std::atomic<std::size_t>& free) : free_(free) {}
        ~Place() { ++free_; }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

      private:
        std::atomic<std::size_t>& free_;
    };

    /// Null when all places are taken: then answer at once, as if the wait had ended.
    [[nodiscard]] std::unique_ptr<Place> tryEnter() {
        std::size_t now = free_;
        while (now > 0)
            if (free_.compare_exchange_weak(now, now - 1)) return std::make_unique<Place>(free_);
        return nullptr;
    }

  private:
    std::atomic<std::size_t> free_;
};

}  // namespace gateway::server
