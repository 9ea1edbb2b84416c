#pragma once
// The gateway under demonstration: a real process of the real program.

#include <optional>

#include "connectors/simulator/stage/child_process.h"
#include "connectors/simulator/stage/run_directory.h"
#include "gateway/document/tree.h"

namespace gateway::simulator {

/// Starts `thahc-gateway serve` and ends it again. One thread at a time.
class GatewayChild {
  public:
    /// Returns when it serves; throws base::Fault with its log if it does not come up.
    GatewayChild(const std::filesystem::path& binary, const RunDirectory& directory);

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// Of the public's door.
    [[nodiscard]] std::uint16_t publicPort() const;
    [[nodiscard]] bool running() { return child_.running(); }
    /// The exit code.
    int stop() { return child_.stop(std::chrono::seconds(20)); }

    /// One call to the operators' socket: GET without, POST with a body. Nothing when it does not
    /// answer 200 with JSON.
    [[nodiscard]] std::optional<document::Node> ask(const std::string& path,
                                                    const std::optional<std::string>& body) const;

  private:
    [[nodiscard]] std::uint16_t awaitReady();
    RunDirectory directory_;
    std::filesystem::path log_;
    ChildProcess child_;
    std::uint16_t port_ = 0;
};

}  // namespace gateway::simulator
