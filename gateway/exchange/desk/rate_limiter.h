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
    /// By clock.steady(): a machine whose time is set, either way, locks nobody out.
    RateLimiter(std::size_t perMinute, const base::Clock& clock) :
        perMinute_(static_cast<double>(perMinute)), clock_(clock) {}

    /// Takes one token. If there is none: how long until there is.
    [[nodiscard]] std::optional<std::chrono::seconds> refuseTurn(const std::string& key);

  private:
    struct Bucket {
        double tokens = 0;
        std::chrono::steady_clock::time_point at{};
    };
    const double perMinute_;
    const base::Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace gateway::exchange
