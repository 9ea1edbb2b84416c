#pragma once
// A quota of one's own for each key, so that one busy partner cannot use up the service of others.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/base/clock.h"

namespace gateway::exchange {

/// Token bucket per key: `perMinute` on average, a tenth of it at once. Thread-safe. Keys are
/// registered channels or agencies, so the map is bounded by what was ever registered.
class RateLimiter {
  public:
    explicit RateLimiter(std::size_t perMinute) : perMinute_(static_cast<double>(perMinute)) {}

    /// Takes one token. If there is none: how long until there is.
    [[nodiscard]] std::optional<std::chrono::seconds> refuseTurn(const std::string& key,
                                                                 base::Timestamp now);

  private:
    struct Bucket {
        double tokens = 0;
        base::Timestamp at{};
    };
    double perMinute_;
    std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace gateway::exchange
