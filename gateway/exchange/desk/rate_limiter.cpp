#include "gateway/exchange/desk/rate_limiter.h"

#include <algorithm>

namespace gateway::exchange {

std::optional<std::chrono::seconds> RateLimiter::refuseTurn(const std::string& key) {
    using Minutes = std::chrono::duration<double, std::ratio<60>>;
    const double burst = std::max(1.0, perMinute_ / 10);
    const std::lock_guard lock(mutex_);
    const auto now = clock_.steady();
    const auto [entry, isNew] = buckets_.try_emplace(key, Bucket{burst, now});
    Bucket& bucket = entry->second;
    if (now > bucket.at) {
        const Minutes minutes = now - bucket.at;
        bucket.tokens = std::min(burst, bucket.tokens + minutes.count() * perMinute_);
        bucket.at = now;
    }
    if (bucket.tokens < 1)
        return std::chrono::ceil<std::chrono::seconds>(Minutes((1 - bucket.tokens) / perMinute_));
    bucket.tokens -= 1;
    return std::nullopt;
}

}  // namespace gateway::exchange
