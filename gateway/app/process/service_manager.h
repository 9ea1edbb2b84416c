#pragma once
// The service manager that started us, told how we are: systemd, by the datagrams of sd_notify(3).

#include <chrono>
#include <string>

namespace gateway::app {

/// Speaks only if there is one; a datagram that does not get through is logged and forgotten.
/// One thread at a time. Does not promise that systemd acts on what it hears: its unit must say
/// Type=notify and WatchdogSec=.
class ServiceManager {
  public:
    using Moment = std::chrono::steady_clock::time_point;

    /// `socket` as in NOTIFY_SOCKET ("@" = abstract), empty = nobody listens; `watchdog` is the
    /// silence after which we are taken for hung, zero = any.
    ServiceManager(std::string socket, std::chrono::microseconds watchdog);
    /// From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, which no child of ours inherits then.
    /// Before any other thread exists.
    [[nodiscard]] static ServiceManager fromEnvironment();

    void ready(const std::string& status) const;
    void stopping() const;
    /// Whether it is time to look after ourselves again: four times within the watchdog's span.
    [[nodiscard]] bool due(Moment now);
    /// How long that look may take.
    [[nodiscard]] std::chrono::milliseconds patience() const noexcept;
    void alive() const;

  private:
    void tell(const std::string& lines) const;

    std::string socket_;
    std::chrono::microseconds watchdog_;
    Moment next_{};
};

}  // namespace gateway::app
