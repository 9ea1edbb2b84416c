#pragma once
// A quota per channel, so that one busy partner cannot use up the service of the others.

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "gateway/base/clock.h"

namespace gateway::server {

/// Token bucket per key: `perMinute` on average, a tenth of it at once. Thread-safe. Keys are
/// registered channels, so the map is bounded by the registry.
class RateLimiter {
  public:
    explicit RateLimiter(std::size_t perMinute) : perMinute_(static_cast<double>(perMinute)) {}

    /// Takes one token; false if there is none.
    [[nodiscard]] bool admit(const std::string& key, base::Timestamp now);

  private:
    struct Bucket {
        double tokens = 0;
        base::Timestamp at{};
    };
    double perMinute_;
    std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace gateway::server
