#pragma once
// A clock that operators push forward: a rehearsal of a whole year in an hour. Never in production.

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/base/clock.h"

namespace gateway::server {

/// The machine's time plus an offset that a file keeps (milliseconds, decimal). Pushed time passes
/// as time does: spans grow with it, so that nothing takes a push for a fault of the machine's
/// clock. Thread-safe.
class PushedClock final : public base::Clock {
  public:
    /// No file: the machine's time, which nobody pushes. A file that is not there: no offset yet.
    /// Throws base::Fault if it says no number.
    explicit PushedClock(std::filesystem::path file);

    [[nodiscard]] base::Timestamp now() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;

    /// Until `to`; why not, if that is past, or if this clock is nobody's to push. The file says it
    /// before the clock does; throws base::Fault if that cannot be written.
    [[nodiscard]] std::optional<std::string> push(base::Timestamp to);

  private:
    std::filesystem::path file_;
    std::mutex pushing_;
    std::atomic<std::int64_t> offset_{0}, pushed_{0};  ///< milliseconds; the second: by push alone
};

}  // namespace gateway::server
