#pragma once
// Time as the gateway sees it: an injected clock, UTC instants in milliseconds, civil dates.

#include <chrono>

namespace gateway::base {

/// An instant, UTC, in whole milliseconds.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
/// A civil date (Gregorian), without a zone.
using Date = std::chrono::year_month_day;

/// Where "now" comes from; injected everywhere so that tests and replays own the time.
/// Implementations are thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
    /// For spans: quotas, pauses, ages within this process. Never jumps, whoever sets the machine's
    /// time; says nothing about the date and does not outlive the machine's start.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const;
};

/// The machine's clock.
class SystemClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override;
};

/// The civil date in Viet Nam (UTC+7, no daylight saving since 1975) at an instant.
[[nodiscard]] Date vietnamDate(Timestamp instant) noexcept;

/// The instant at which that date begins in Viet Nam.
[[nodiscard]] Timestamp vietnamMidnight(Date date) noexcept;

/// So many days later; earlier, if negative.
[[nodiscard]] inline Date dayAfter(Date day, int count = 1) noexcept {
    return Date(std::chrono::sys_days(day) + std::chrono::days(count));
}

}  // namespace gateway::base
