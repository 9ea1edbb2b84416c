#pragma once
// The partners' API (protocol.md): thin adapters from HTTP to the use cases, one per route.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "gateway/exchange/inquiry.h"
#include "gateway/exchange/intake.h"
#include "gateway/exchange/mailbox.h"
#include "gateway/exchange/rate_limiter.h"
#include "gateway/server/channel_gate.h"
#include "gateway/server/http.h"
#include "gateway/server/partner_metrics.h"
#include "gateway/server/partner_routes.h"
#include "gateway/server/refusal_log.h"

namespace gateway::server {

/// What the API serves; all outlive it.
struct PartnerServices {
    const exchange::Snapshots& snapshots;
    exchange::Intake& intake;
    exchange::Inquiry& inquiry;
    exchange::Mailbox& mailbox;
    store::Ledger& ledger;
    const base::Clock& clock;
    base::Limits limits;
    exchange::Identity identity;
    std::function<std::string()> keysJson;  ///< the present body of GET /v1/keys
    Metrics& metrics;
};

/// Routes a request by whole paths, after its channel has been judged in the present snapshot.
/// Thread-safe. A broken store becomes 503 OUTCOME_UNKNOWN and is told to `onStoreFault`, which
/// must make the process stop (promise P6).
class PartnerApi {
  public:
    PartnerApi(PartnerServices services, std::function<void()> onStoreFault);
    [[nodiscard]] Response handle(const Request& request);

  private:
    struct Call;
    [[nodiscard]] Response answer(const Request& request, const RouteMatch& match);
    [[nodiscard]] Response route(const Call& call, const RouteMatch& match);
    [[nodiscard]] Response postSigned(const Call& call, bool question);
    [[nodiscard]] Response findMessage(const Call& call);
    [[nodiscard]] Response findByDigest(const Call& call, const std::string& digest);
    [[nodiscard]] Response findReceipt(const Call& call, const std::string& receiptId);
    [[nodiscard]] Response mailbox(const Call& call);
    [[nodiscard]] Response mailboxItem(const Call& call, const std::string& itemId);
    [[nodiscard]] Response mailboxReceipt(const Call& call, const std::string& itemId);
    [[nodiscard]] Response whoAmI(const Call& call) const;
    [[nodiscard]] exchange::Inbound inboundOf(const Call& call);

    PartnerServices services_;
    std::function<void()> onStoreFault_;
    PartnerMetrics metrics_;
    exchange::RateLimiter channelRates_;  ///< requests of any kind
    exchange::RateLimiter agencyRates_;   ///< what an agency has signed, and fetches of its items
    exchange::RateLimiter refusalRates_;  ///< by channel, what no agency answers for
    RefusalLog refusals_;
    std::atomic<std::size_t> inFlight_{0};
};

}  // namespace gateway::server
