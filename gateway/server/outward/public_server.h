#pragma once
// The public's door: TLS without client certificates, the guard, then one handler that only reads.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/server/door/door_statistics.h"
#include "gateway/server/door/http_connection.h"
#include "gateway/server/wire/http.h"
#include "gateway/server/wire/tls_context.h"

namespace gateway::server {

struct PublicServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0 = any free port
    base::Limits limits;  ///< handshakes and times; what it holds beside is kPublic... of limits.h
    DoorManners manners;
    HeadJudge judge;
};

/// Listens from construction, serves from start() to stop(). At most kPublicConnections at once,
/// shared between blocks of addresses (FairShare); beyond that connections are closed after their
/// handshake. Has nothing in common with the partners' door but the code. Handler and clock must
/// outlive it.
class PublicServer {
  public:
    /// Throws Fault when the address cannot be bound.
    PublicServer(PublicServerSettings settings, TlsContextPtr tls, Handler handler,
                 const base::Clock& clock);
    ~PublicServer();  ///< stop(0) when still running
    PublicServer(const PublicServer&) = delete;
    PublicServer& operator=(const PublicServer&) = delete;

    void start();
    [[nodiscard]] std::uint16_t port() const noexcept;
    /// New connections get the new context. Thread-safe.
    void replaceTls(TlsContextPtr tls);
    bool stop(std::chrono::milliseconds deadline);  ///< as PartnerServer::stop
    [[nodiscard]] DoorStatistics statistics() const noexcept;

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
