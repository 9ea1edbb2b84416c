#pragma once
// The partners' API (protocol.md): thin adapters from HTTP to the use cases, one per route.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/base/memory_account.h"
#include "gateway/exchange/answers/inquiry.h"
#include "gateway/exchange/delivery/mailbox.h"
#include "gateway/exchange/desk/rate_limiter.h"
#include "gateway/exchange/intake.h"
#include "gateway/server/door/channel_gate.h"
#include "gateway/server/door/door_refusals.h"
#include "gateway/server/door/fair_share.h"
#include "gateway/server/door/refusal_log.h"
#include "gateway/server/partners/partner_metrics.h"
#include "gateway/server/partners/partner_routes.h"
#include "gateway/server/wire/http.h"

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
    DoorRefusals& refusals;       ///< whose certificate was no channel's
    base::MemoryAccount& memory;  ///< for bodies, the work on them, and answers, by channel
    /// Whether there is too little space on the disk to take new messages.
    std::function<bool()> isShort = [] { return false; };
};

/// Routes a request by whole paths, after its channel has been judged in the present snapshot: once
/// by the head, before anything is spent on its body, and again when the body is there, which may
/// be minutes later. Thread-safe. A broken store becomes 503 OUTCOME_UNKNOWN and is told to
/// `onStoreFault`, which must make the process stop (promise P6).
class PartnerApi {
  public:
    PartnerApi(PartnerServices services, std::function<void()> onStoreFault);
    /// Whether the certificate is a channel's that may speak now.
    [[nodiscard]] bool knows(const document::Digest& fingerprint) const;
    /// Channel, rate, method, parameters and media type; then the places that it needs, which the
    /// pass holds. The refusal of a channel ends the connection.
    [[nodiscard]] HeadVerdict judge(const Request& head, std::size_t contentLength);
    /// A request without a pass is judged here.
    [[nodiscard]] Response handle(const Request& request);

  private:
    struct Call;
    class AccountedPass;
    [[nodiscard]] std::optional<Response> refusalOf(const Request& request, const RouteMatch& match,
                                                    std::size_t length,
                                                    std::shared_ptr<Pass>& pass);
    [[nodiscard]] Response channelRefused(const Request& request, const base::Problem& problem);
    void note(const Request& request, const RouteMatch& match, const Response& response);
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
    [[nodiscard]] std::optional<base::Problem> weigh(const Call& call) const;
    [[nodiscard]] exchange::Inbound inboundOf(const Call& call);

    PartnerServices services_;
    std::function<void()> onStoreFault_;
    PartnerMetrics metrics_;
    exchange::RateLimiter channelRates_;  ///< requests of any kind
    exchange::RateLimiter agencyRates_;   ///< what an agency has signed, and fetches of its items
    exchange::RateLimiter refusalRates_;  ///< by channel, what no agency answers for
    RefusalLog refusals_;
    FairShare<std::string> inFlight_;  ///< messages, questions and receipts, by channel
};

}  // namespace gateway::server
