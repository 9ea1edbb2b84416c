#pragma once
// What the public reaches: it has the cases to read, and nothing else of ours.

#include "gateway/app/settings/config.h"
#include "gateway/base/clock.h"
#include "gateway/exchange/answers/publication_board.h"
#include "gateway/server/outward/public_api.h"
#include "gateway/server/outward/public_server.h"

namespace gateway::app {

/// Once; the store and the clock must outlive it. config.publicAddress must be set.
class PublicDoor {
  public:
    PublicDoor(const Config& config, store::Cases& cases, const base::Clock& clock);

    void start();
    void stop(std::chrono::milliseconds deadline) { server_.stop(deadline); }
    void replaceTls(server::TlsContextPtr tls) { server_.replaceTls(std::move(tls)); }
    [[nodiscard]] server::DoorStatistics statistics() const noexcept {
        return server_.statistics();
    }

  private:
    const std::string address_;
    exchange::PublicationBoard board_;
    server::PublicApi api_;
    server::PublicServer server_;
};

}  // namespace gateway::app
