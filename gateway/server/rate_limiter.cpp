#include "gateway/server/rate_limiter.h"

#include <algorithm>

namespace gateway::server {

bool RateLimiter::admit(const std::string& key, base::Timestamp now) {
    const double burst = std::max(1.0, perMinute_ / 10);
    const std::lock_guard lock(mutex_);
    const auto [entry, isNew] = buckets_.try_emplace(key, Bucket{burst, now});
    Bucket& bucket = entry->second;
    if (now > bucket.at) {
        const std::chrono::duration<double, std::ratio<60>> minutes = now - bucket.at;
        bucket.tokens = std::min(burst, bucket.tokens + minutes.count() * perMinute_);
        bucket.at = now;
    }
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

}  // namespace gateway::server
