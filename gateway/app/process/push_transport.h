#pragma once
// Pushes deliveries over HTTPS with our own certificate.

#include "gateway/base/limits.h"
#include "gateway/exchange/delivery/transport.h"
#include "gateway/server/wire/https_client.h"

namespace gateway::app {

/// The Transport of a running gateway: a thin adapter over server::HttpsClient. A push is one POST
/// to the partner's registered address with the header X-Item-Id, a question one GET to its status
/// address. Thread-safe.
class PushTransport final : public exchange::Transport {
  public:
    PushTransport(server::TlsIdentity identity, const base::Limits& limits) :
        client_(std::move(identity)), limits_(limits) {}
    [[nodiscard]] exchange::PushOutcome push(const trust::Partner& partner,
                                             const exchange::Push& push) override;
    [[nodiscard]] exchange::PushOutcome ask(const trust::Partner& partner,
                                            const std::string& itemId) override;
    /// For attempts that begin from now on; connections under the old one are closed.
    void replaceIdentity(server::TlsIdentity identity) {
        client_.replaceIdentity(std::move(identity));
    }

  private:
    [[nodiscard]] exchange::PushOutcome reach(const trust::Partner& partner,
                                              const std::string& address,
                                              server::OutgoingCall call);

    server::HttpsClient client_;
    base::Limits limits_;
};

}  // namespace gateway::app
