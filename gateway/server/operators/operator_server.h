#pragma once
// The operators' door: HTTP on a Unix socket, whose file rights say who may knock.

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/server/door/door_statistics.h"
#include "gateway/server/wire/http.h"

namespace gateway::server {

struct OperatorServerSettings {
    std::filesystem::path socket;  ///< at most 100 bytes; its directory must exist
    std::string group;             ///< may connect beside us; empty = our own group
    std::size_t threads = 16;
    base::Limits limits;  ///< heads, bodies and times; its connection counts are not used
};

/// The same guard, boundary and handler type as the partners' door, without TLS. The kernel names
/// the peer in Request::localPeer; the handler audits it. The handler and clock must outlive it.
class OperatorServer {
  public:
    /// Makes the socket with mode 0660. What a dead process left at that place is replaced; a
    /// living one, a file of another kind or an unknown group throws Fault.
    OperatorServer(OperatorServerSettings settings, Handler handler, const base::Clock& clock);
    ~OperatorServer();  ///< stop(0) when still running; removes the socket
    OperatorServer(const OperatorServer&) = delete;
    OperatorServer& operator=(const OperatorServer&) = delete;

    /// Throws Fault for what the constructor would refuse whatever the machine does first: the
    /// socket's name and the group. Its folder may come with the service.
    static void check(const OperatorServerSettings& settings);

    void start();
    bool stop(std::chrono::milliseconds deadline);  ///< as PartnerServer::stop
    [[nodiscard]] DoorStatistics statistics() const noexcept;

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
