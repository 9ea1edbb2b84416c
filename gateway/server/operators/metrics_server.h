#pragma once
// Metrics over plain HTTP on a loopback address, for a collector that cannot use a Unix socket.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/server/operators/loopback_server.h"

namespace gateway::server {

struct MetricsServerSettings {
    std::string address = "127.0.0.1";  ///< 127.0.0.0/8 or ::1
    std::uint16_t port = 0;             ///< 0 = any free port
    base::Limits limits;                ///< heads and times
};

/// Answers GET /metrics, and nothing else is found. Whoever is on this machine can read it: figures
/// about partners, no content and no act. The function and clock must outlive it.
class MetricsServer {
  public:
    /// Throws Fault for an address that is not of the loopback or is taken.
    MetricsServer(const MetricsServerSettings& settings, std::function<std::string()> metrics,
                  const base::Clock& clock);

    void start() { server_.start(); }
    bool stop(std::chrono::milliseconds deadline) { return server_.stop(deadline); }
    [[nodiscard]] std::uint16_t port() const noexcept { return server_.port(); }

  private:
    LoopbackServer server_;
};

}  // namespace gateway::server
