#include "gateway/base/clock.h"

namespace gateway::base {
namespace {

constexpr std::chrono::hours kOffset(7);

}  // namespace

std::chrono::steady_clock::time_point Clock::steady() const {
    return std::chrono::steady_clock::now();
}

Timestamp SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Date vietnamDate(Timestamp instant) noexcept {
    return Date{std::chrono::floor<std::chrono::days>(instant + kOffset)};
}

Timestamp vietnamMidnight(Date date) noexcept { return std::chrono::sys_days(date) - kOffset; }

}  // namespace gateway::base
