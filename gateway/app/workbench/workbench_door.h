#pragma once
// Who may use the workbench: the page that it has given out, in the browser of whom it was started
// by, and nothing else on this machine or in that browser.

#include <string>

#include "gateway/server/door/http_connection.h"
#include "gateway/server/wire/http.h"

namespace gateway::app {

/// Judges by the head alone. A page of another site reaches 127.0.0.1 too: it is known by its Host
/// (a name that was made to lead here) or by its Origin. Other people of this machine reach it, so
/// everything but the page itself asks for a key, which only the printed address has. No cookies:
/// those of 127.0.0.1 are shared by all ports. Immutable and thread-safe.
class WorkbenchDoor {
  public:
    /// The header of a request that holds the key.
    static constexpr const char* kKeyHeader = "X-Workbench-Key";

    explicit WorkbenchDoor(std::string key) : key_(std::move(key)) {}
    /// The port is known once we listen; set it before the first request.
    void listenAt(std::uint16_t port) { port_ = std::to_string(port); }

    [[nodiscard]] server::HeadVerdict judge(const server::Request& request) const;
    /// What every answer says to the browser.
    [[nodiscard]] static server::DoorManners manners();
    /// Where the page is, with its key, which a browser never sends as part of an address.
    [[nodiscard]] std::string address() const;

  private:
    [[nodiscard]] bool isOwnHost(std::string_view host) const;

    std::string key_, port_;
};

}  // namespace gateway::app
