#pragma once
// Plain HTTP on a loopback address: for programs and people of this machine.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/server/door/http_connection.h"
#include "gateway/server/wire/http.h"

namespace gateway::server {

struct LoopbackSettings {
    std::string name;                   ///< of its threads
    std::string address = "127.0.0.1";  ///< 127.0.0.0/8 or ::1
    std::uint16_t port = 0;             ///< 0 = any free port
    std::size_t threads = 8;            ///< connections at once; more are closed at accept
    base::Limits limits;                ///< heads, bodies and times
    DoorManners manners;
};

/// The guard and the handler type of the other doors, without TLS: whoever is on this machine can
/// knock, and so can a page in a browser on it. The judge says who is heard. All must outlive it.
class LoopbackServer {
  public:
    /// Listens at once. Throws Fault for an address that is not of the loopback or is taken.
    LoopbackServer(LoopbackSettings settings, Handler handler, HeadJudge judge,
                   const base::Clock& clock);
    ~LoopbackServer();  ///< stop(0) when still running
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    [[nodiscard]] static bool isLoopback(const std::string& address);
    void start();
    bool stop(std::chrono::milliseconds deadline);  ///< as PartnerServer::stop
    [[nodiscard]] std::uint16_t port() const noexcept;

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
