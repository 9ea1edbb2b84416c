#include "gateway/server/partners/partner_api.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "gateway/base/log.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/reading_weight.h"
#include "gateway/exchange/tables/table_reception.h"
#include "gateway/server/partners/openapi.h"
#include "gateway/server/partners/who_am_i.h"
#include "gateway/store/records.h"

namespace gateway::server {

using base::ErrorCode;
using base::Problem;

/// One request with its snapshot and channel.
struct PartnerApi::Call {
    const Request& request;
    exchange::SnapshotPtr snapshot;
    const trust::Channel& channel;

    [[nodiscard]] Response problem(const Problem& problem) const {
        return problemResponse(problem, request.correlation);
    }
    [[nodiscard]] Response notFound() const { return problem(Problem(ErrorCode::HTTP_NOT_FOUND)); }
    [[nodiscard]] Response noSpace() const {
        return problemResponse(Problem(ErrorCode::STORAGE_SHORT), request.correlation,
                               base::kSpacePause);
    }
    [[nodiscard]] Response rateLimited(std::chrono::seconds retryAfter) const {
        return problemResponse(Problem(ErrorCode::RATE_LIMITED), request.correlation, retryAfter);
    }
    // What the use cases leave without bytes is of class T, hence ours to say.
    [[nodiscard]] Response told(const exchange::Answer& answer) const {
        if (answer.mediaType.empty() && answer.status == 404) return notFound();
        if (answer.mediaType.empty() && answer.status == 410)
            return problem(Problem(ErrorCode::ARCHIVED).with("archive", answer.bytes));
        if (answer.mediaType.empty() && answer.status == 429) return rateLimited(answer.retryAfter);
        if (answer.mediaType.empty()) return problem(Problem(ErrorCode::OVERLOADED));
        return {answer.status, answer.mediaType, {}, answer.bytes};
    }
};

namespace {

bool isPost(const Request& request) { return request.method == "POST"; }

// What a request posts for a verdict, if it does.
std::optional<Posted> postedBy(const Request& request, Route route) {
    if (!isPost(request)) return std::nullopt;
    if (route == Route::Queries) return Posted::Question;
    if (route == Route::MailboxReceipt) return Posted::Receipt;
    if (route != Route::Messages) return std::nullopt;
    return request.query.contains("dry-run") ? Posted::DryRun : Posted::Message;
}

Problem badParameter(const std::string& name) {
    return Problem(ErrorCode::HTTP_BAD_PARAMETER).with("name", name);
}

// What a route does not know would promise what is not so: a dry run misspelt would be none.
std::optional<Problem> wrongQuery(const Request& request, const RouteEntry& entry) {
    if (entry.route == Route::Unknown) return std::nullopt;  // not found, whatever it asks
    const auto& known = isPost(request) ? entry.postQuery : entry.getQuery;
    for (const auto& [name, value] : request.query) {
        if (std::ranges::find(known, name) == known.end()) return badParameter(name);
        if (name == "dry-run" && !value.empty() && value != "true" && value != "1")
            return badParameter(name);
    }
    return std::nullopt;
}

std::string detachedHeaderOf(const Request& request) {
    const auto* header = request.header("X-JWS-Signature");
    return header ? *header : std::string();
}

Response jsonResponse(std::string body) { return {200, "application/json", {}, std::move(body)}; }

// The agency that a reading call is for: named, or the channel's owner; reading right checked.
base::Result<std::string> readerOf(const Request& request, const trust::Channel& channel) {
    const auto named = request.query.find("agency");
    const std::string agency = named == request.query.end() ? channel.ownerAgency : named->second;
    const auto* carriage = channel.carriageOf(agency, request.receivedAt);
    if (!carriage || !carriage->mayRead) return Problem(ErrorCode::HTTP_NOT_FOUND);
    return agency;
}

}  // namespace

PartnerApi::PartnerApi(PartnerServices services, std::function<void()> onStoreFault) :
    services_(std::move(services)),
    onStoreFault_(std::move(onStoreFault)),
    metrics_(services_.metrics),
    channelRates_(services_.limits.requestsPerMinutePerChannel, services_.clock),
    agencyRates_(services_.limits.messagesPerMinutePerAgency, services_.clock),
    refusalRates_(services_.limits.refusalsPerMinutePerChannel, services_.clock),
    inFlight_(services_.limits.messagesInFlight) {}

/// What a request holds in its channel's name, and for a message a place among those in flight,
/// until its answer has been taken.
class PartnerApi::AccountedPass final : public Pass {
  public:
    AccountedPass(base::MemoryAccount& memory, const std::string& channel,
                  std::optional<FairShare<std::string>::Place> place) :
        memory_(memory),
        held_(memory.open({base::MemoryHolder::Kind::Channel, channel})),
        place_(std::move(place)) {}
    ~AccountedPass() override {
        held_ = {};
        if (memory_.releaseDue()) base::releaseFreeMemory();
    }
    AccountedPass(const AccountedPass&) = delete;
    AccountedPass& operator=(const AccountedPass&) = delete;
    std::optional<Problem> hold(std::size_t bytes) override {
        return base::problemOf(held_.grow(bytes));
    }
    void giveBack(std::size_t bytes) override { held_.shrink(bytes); }
    [[nodiscard]] base::MemoryAccount::Hold& held() noexcept { return held_; }

  private:
    base::MemoryAccount& memory_;
    base::MemoryAccount::Hold held_;
    std::optional<FairShare<std::string>::Place> place_;
};

bool PartnerApi::knows(const document::Digest& fingerprint) const {
    Request request;
    request.peerFingerprint = fingerprint;
    request.receivedAt = services_.clock.now();
    return channelOf(*services_.snapshots.current(), request, services_.limits).ok();
}

HeadVerdict PartnerApi::judge(const Request& head, std::size_t length) {
    const auto began = std::chrono::steady_clock::now();
    const auto match = routeOf(head.path);
    HeadVerdict verdict;
    verdict.refusal = refusalOf(head, match, length, verdict.pass);
    if (!verdict.refusal) return verdict;
    metrics_.served(match.route, isPost(head), std::chrono::steady_clock::now() - began);
    note(head, match, *verdict.refusal);
    return verdict;
}

Response PartnerApi::handle(const Request& request) {
    if (!request.pass) {
        auto verdict = judge(request, request.body.size());
        if (verdict.refusal) return *std::move(verdict.refusal);
        Request judged = request;
        judged.pass = std::move(verdict.pass);
        return handle(judged);
    }
    const auto began = std::chrono::steady_clock::now();
    const auto match = routeOf(request.path);
    auto response = answer(request, match);
    metrics_.served(match.route, isPost(request), std::chrono::steady_clock::now() - began);
    note(request, match, response);
    return response;
}

// What is left to be told and counted of an answer that no verdict has counted.
void PartnerApi::note(const Request& request, const RouteMatch& match, const Response& response) {
    if (response.status == 429) {
        const auto fingerprint = request.peerFingerprint ? request.peerFingerprint->hex() : "";
        refusals_.log(fingerprint, request.receivedAt, base::LogLevel::Warning, "door.rate_limited",
                      {{"address", request.remoteAddress}, {"fingerprint", fingerprint}});
    }
    const auto posted = postedBy(request, match.route);
    if (posted && response.contentType == kProblemMediaType)
        metrics_.judged(*posted, base::ErrorClass::Transport);
}

Response PartnerApi::channelRefused(const Request& request, const Problem& problem) {
    const auto fingerprint = request.peerFingerprint ? request.peerFingerprint->hex() : "";
    const std::string code(entryOf(problem.code).name);
    std::optional<PeerCertificate> shown;
    if (request.peerCertificate) shown = *request.peerCertificate;
    services_.refusals.note(code, {}, request.remoteAddress, shown, request.receivedAt);
    refusals_.log(fingerprint.empty() ? request.remoteAddress : fingerprint, request.receivedAt,
                  base::LogLevel::Warning, "door.channel_refused",
                  {{"code", code},
                   {"address", request.remoteAddress},
                   {"fingerprint", fingerprint},
                   {"subject", shown ? shown->subject : ""},
                   {"issuer", shown ? shown->issuer : ""}});
    Response response = problemResponse(problem, request.correlation);
    response.close = true;
    return response;
}

std::optional<Response> PartnerApi::refusalOf(const Request& request, const RouteMatch& match,
                                              std::size_t length, std::shared_ptr<Pass>& pass) {
    const auto snapshot = services_.snapshots.current();
    const auto channel = channelOf(*snapshot, request, services_.limits);
    if (!channel) return channelRefused(request, channel.error());
    const Call call{request, snapshot, **channel};
    if (const auto pause = channelRates_.refuseTurn(call.channel.id))
        return call.rateLimited(*pause);
    const auto& entry = entryOf(match.route);
    const bool post = isPost(request);
    if (match.route == Route::Unknown) return call.notFound();
    if (!(post ? entry.post : entry.get)) return call.problem(Problem(ErrorCode::HTTP_METHOD));
    if (const auto problem = wrongQuery(request, entry)) return call.problem(*problem);
    if (!post) {
        pass = std::make_shared<AccountedPass>(services_.memory, call.channel.id, std::nullopt);
        return std::nullopt;
    }
    if (!trust::isReadable(request.mediaType, !detachedHeaderOf(request).empty()))
        return call.problem(
            Problem(ErrorCode::HTTP_MEDIA_TYPE).with("mediaType", request.mediaType));
    // A trial and what closes an item or asks leave little behind; a message and its files do not.
    const bool dryRun = match.route == Route::Messages && request.query.contains("dry-run");
    if ((match.route == Route::Messages || length > base::kShortBody) && !dryRun &&
        services_.isShort())
        return call.noSpace();
    auto place = inFlight_.take(call.channel.id);
    if (!place) return call.problem(Problem(ErrorCode::OVERLOADED));
    pass = std::make_shared<AccountedPass>(services_.memory, call.channel.id, std::move(place));
    return std::nullopt;
}

Response PartnerApi::answer(const Request& request, const RouteMatch& match) {
    const auto snapshot = services_.snapshots.current();
    const auto channel = channelOf(*snapshot, request, services_.limits);
    if (!channel) return channelRefused(request, channel.error());
    const Call call{request, snapshot, **channel};
    try {
        return route(call, match);
    } catch (const store::StoreFull&) {
        return call.noSpace();
    } catch (const store::StoreBusy&) {
        return call.problem(Problem(ErrorCode::OVERLOADED));
    } catch (const store::StoreFault& fault) {
        base::logEvent(base::LogLevel::Error, "store.fault", {{"reason", fault.what()}});
        onStoreFault_();
        Response response = call.problem(Problem(ErrorCode::OUTCOME_UNKNOWN));
        response.close = true;
        return response;
    }
}

Response PartnerApi::route(const Call& call, const RouteMatch& match) {
    const bool post = isPost(call.request);
    switch (match.route) {
        case Route::Messages: return post ? postSigned(call, false) : findMessage(call);
        case Route::MessageByDigest: return findByDigest(call, match.rest);
        case Route::Receipt: return findReceipt(call, match.rest);
        case Route::Queries: return postSigned(call, true);
        case Route::Mailbox: return mailbox(call);
        case Route::MailboxItem: return mailboxItem(call, match.rest);
        case Route::MailboxReceipt: return mailboxReceipt(call, match.rest);
        case Route::WhoAmI: return whoAmI(call);
        case Route::Keys: return jsonResponse(services_.keysJson());
        case Route::OpenApi: return jsonResponse(std::string(openApi()));
        case Route::Unknown: break;
    }
    return call.notFound();
}

exchange::Inbound PartnerApi::inboundOf(const Call& call) {
    const auto& request = call.request;
    exchange::Inbound inbound;
    inbound.body = request.body;
    inbound.mediaType = request.mediaType;
    inbound.detachedHeader = detachedHeaderOf(request);
    inbound.snapshot = call.snapshot;
    inbound.channel = &call.channel;
    inbound.receivedAt = request.receivedAt;
    inbound.correlation = request.correlation;
    inbound.dryRun = request.query.contains("dry-run");
    inbound.rates = &agencyRates_;
    inbound.refusalRates = &refusalRates_;
    if (auto* pass = dynamic_cast<AccountedPass*>(request.pass.get()))
        inbound.memory = &pass->held();
    return inbound;
}

// Before anything of the body is copied or read.
std::optional<Problem> PartnerApi::weigh(const Call& call) const {
    const auto& request = call.request;
    return request.pass->hold(
        exchange::readingWeight(request.body, services_.limits.treeNodes) +
        exchange::tableWeightOf(request.body, request.mediaType, services_.limits));
}

// Messages and questions come in alike and part only at the desk that judges them.
Response PartnerApi::postSigned(const Call& call, bool question) {
    if (const auto problem = weigh(call)) return call.problem(*problem);
    const auto inbound = inboundOf(call);
    const auto verdict =
        question ? services_.inquiry.ask(inbound) : services_.intake.accept(inbound);
    if (!verdict.mediaType.empty())
        metrics_.judged(question         ? Posted::Question
                        : inbound.dryRun ? Posted::DryRun
                                         : Posted::Message,
                        verdict.refused);
    return call.told(verdict);
}

Response PartnerApi::findMessage(const Call& call) {
    const auto id = call.request.query.find("id");
    if (id == call.request.query.end()) return call.problem(badParameter("id"));
    const auto agency = readerOf(call.request, call.channel);
    if (!agency) return call.problem(agency.error());
    const auto message = services_.ledger.findByKey(*agency, id->second);
    if (!message) return call.notFound();
    return {200, message->receiptMediaType, {}, message->receipt};
}

Response PartnerApi::findByDigest(const Call& call, const std::string& digest) {
    const auto message = services_.ledger.findByBody(call.channel.id, digest);
    if (!message) return call.notFound();
    return {200, message->receiptMediaType, {}, message->receipt};
}

Response PartnerApi::findReceipt(const Call& call, const std::string& receiptId) {
    const auto message = services_.ledger.findByReceipt(receiptId);
    if (!message) return call.notFound();
    const auto* carriage = call.channel.carriageOf(message->agency, call.request.receivedAt);
    // Somebody else's receipt looks just like one that does not exist.
    if (!carriage || (!carriage->mayRead && message->channel != call.channel.id))
        return call.notFound();
    return {200, message->receiptMediaType, {}, message->receipt};
}

Response PartnerApi::mailbox(const Call& call) {
    const auto agency = readerOf(call.request, call.channel);
    if (!agency) return call.problem(agency.error());
    std::int64_t seconds = 0;
    if (const auto wait = call.request.query.find("wait"); wait != call.request.query.end()) {
        const auto& text = wait->second;
        const auto* end = text.data() + text.size();
        const auto parsed = std::from_chars(text.data(), end, seconds);
        if (parsed.ec != std::errc() || parsed.ptr != end || seconds < 0 || seconds > 30)
            return call.problem(badParameter("wait"));
    }
    const auto answer = services_.mailbox.list(
        services_.snapshots, *agency, std::chrono::seconds(seconds), call.request.stopping);
    return call.told(answer);
}

Response PartnerApi::mailboxItem(const Call& call, const std::string& itemId) {
    const auto agency = readerOf(call.request, call.channel);
    if (!agency) return call.problem(agency.error());
    // Each is written to the audit of reads.
    if (const auto pause = agencyRates_.refuseTurn(*agency)) return call.rateLimited(*pause);
    return call.told(services_.mailbox.fetch(*call.snapshot, call.channel, *agency, itemId));
}

Response PartnerApi::mailboxReceipt(const Call& call, const std::string& itemId) {
    if (const auto problem = weigh(call)) return call.problem(*problem);
    const auto inbound = inboundOf(call);
    const auto answer = services_.mailbox.close(inbound, itemId);
    if (!answer.mediaType.empty()) metrics_.judged(Posted::Receipt, answer.refused);
    return call.told(answer);
}

Response PartnerApi::whoAmI(const Call& call) const {
    return jsonResponse(whoAmIJson(call.request, *call.snapshot, call.channel, services_.identity,
                                   services_.limits));
}

}  // namespace gateway::server
