#include "gateway/base/clock.h"

namespace gateway::base {

std::chrono::steady_clock::time_point Clock::steady() const {
    return std::chrono::steady_clock::now();
}

Timestamp SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Date vietnamDate(Timestamp instant) noexcept {
    return Date{std::chrono::floor<std::chrono::days>(instant + std::chrono::hours(7))};
}

}  // namespace gateway::base
