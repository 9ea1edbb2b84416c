#include "gateway/exchange/desk/refusal_desk.h"

#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/base/signature_reason.h"

namespace gateway::exchange {
namespace {

using base::ErrorClass;

// A path is as long as the sender's own names.
constexpr std::size_t kLongestPath = 500;

std::string shortened(const std::string& path) {
    if (path.size() <= kLongestPath) return path;
    std::size_t end = kLongestPath;
    while (end > 0 && (static_cast<unsigned char>(path[end]) & 0xC0U) == 0x80U) --end;
    return path.substr(0, end) + "…";
}

// A seal alone lets no channel use up an agency's quota: messages travel, and can be copied.
bool carriesFor(const Inbound& inbound, const Refused& refused) {
    return !refused.signerAgency.empty() &&
           inbound.channel->carriageOf(refused.signerAgency, inbound.receivedAt);
}

// One line a verdict; whoever was answered holds its correlation.
void tellOf(const Inbound& inbound, const Refused& refused, const Refusal& refusal) {
    base::logEvent(base::LogLevel::Info, "message.refused",
                   {{"correlation", inbound.correlation},
                    {"code", refusal.reasons.front().code},
                    {"reason", refusal.reasons.front().reason},
                    {"agency", refused.signerAgency},
                    {"message", refused.messageId},
                    {"channel", refusal.channel},
                    {"refusal", refusal.refusalId},
                    {"bodySha256", refusal.bodySha256}});
}

Answer unsignedAnswer(int status, std::chrono::seconds retryAfter) {
    return {status, {}, {}, ErrorClass::Transport, retryAfter};
}

}  // namespace

base::Problem storedQuotaProblem(const std::string& agency, std::size_t limit, std::int64_t used) {
    return base::Problem(base::ErrorCode::QUOTA_EXCEEDED)
        .with("agency", agency)
        .with("limit", std::to_string(limit))
        .with("used", std::to_string(used));
}

RefusalReason reasonOf(const base::Problem& problem, bool known) {
    auto text = base::render(problem, known);
    RefusalReason reason;
    reason.code = entryOf(problem.code).name;
    if (const auto* const why = signatureReasonOf(problem)) reason.reason = why->name;
    if (known) reason.path = shortened(problem.path);
    reason.line = problem.position.line;
    reason.column = problem.position.column;
    reason.vi = std::move(text.vi);
    reason.en = std::move(text.en);
    reason.remedyVi = std::move(text.remedyVi);
    reason.remedyEn = std::move(text.remedyEn);
    return reason;
}

Answer RefusalDesk::refuse(const Inbound& inbound, const Refused& refused) const {
    const auto& entry = entryOf(refused.problems.front().code);
    if (entry.errorClass == ErrorClass::Transport)
        return unsignedAnswer(entry.httpStatus, refused.retryAfter);
    const auto refusal = refusalOf(inbound, refused);
    if (auto full = keep(inbound, refused, refusal)) return *std::move(full);
    tellOf(inbound, refused, refusal);
    const auto sealed = inbound.snapshot->seal->seal(refusal, inbound.family());
    return {entry.httpStatus, sealed.mediaType, sealed.bytes, entry.errorClass};
}

std::optional<Answer> RefusalDesk::record(const Inbound& inbound, const Refused& refused) const {
    return keep(inbound, refused, refusalOf(inbound, refused));
}

std::optional<Answer> RefusalDesk::keep(const Inbound& inbound, const Refused& refused,
                                        const Refusal& refusal) const {
    if (inbound.dryRun) return std::nullopt;
    if (inbound.refusalRates && !carriesFor(inbound, refused))
        if (const auto pause = inbound.refusalRates->refuseTurn(inbound.channel->id))
            return unsignedAnswer(entryOf(base::ErrorCode::RATE_LIMITED).httpStatus, *pause);
    store::RefusalRecord record;
    record.refusalId = refusal.refusalId;
    record.channel = refusal.channel;
    record.agency = refused.signerAgency;
    record.messageId = refused.messageId;
    record.code = refusal.reasons.front().code;
    record.bodySha256 = refusal.bodySha256;
    record.bytes = inbound.body;
    record.length = refusal.bodyLength;
    record.at = refusal.decidedAt;
    const auto oldest = ledger_.recordRefusal(record, quotaOf(inbound, refused, record.at));
    if (!oldest) return std::nullopt;
    const auto freeAt = *oldest + limits_.refusedBytesKept;
    return unsignedAnswer(
        entryOf(base::ErrorCode::RATE_LIMITED).httpStatus,
        std::chrono::floor<std::chrono::seconds>(freeAt - record.at) + std::chrono::seconds(1));
}

store::RefusedBytesQuota RefusalDesk::quotaOf(const Inbound& inbound, const Refused& refused,
                                              base::Timestamp now) const {
    if (!carriesFor(inbound, refused))
        return {"channel:" + inbound.channel->id,
                limits_.refusedBytesPerChannel,
                {},
                limits_.refusalRecordsPerHolder};
    return {"agency:" + refused.signerAgency, limits_.refusedBytesPerAgency,
            now - limits_.refusedBytesKept, limits_.refusalRecordsPerHolder};
}

Refusal RefusalDesk::refusalOf(const Inbound& inbound, const Refused& refused) const {
    const auto decidedAt = clock_.now();
    const auto errorClass = entryOf(refused.problems.front().code).errorClass;
    const bool known = errorClass == base::ErrorClass::KnownSigner;
    Refusal refusal;
    refusal.refusalId = base::newId("ref", decidedAt);
    refusal.errorClass = letterOf(errorClass);
    refusal.channel = inbound.channel->id;
    refusal.bodySha256 = document::sha256(inbound.body).hex();
    refusal.bodyLength = static_cast<std::int64_t>(inbound.body.size());
    refusal.receivedAt = inbound.receivedAt;
    refusal.decidedAt = decidedAt;
    refusal.dryRun = inbound.dryRun;
    if (known) {
        refusal.signerAgency = refused.signerAgency;
        refusal.signerCertificateSha256 = refused.signerSha256;
        refusal.messageId = refused.messageId;
        refusal.messageType = refused.messageType;
    }
    for (const auto& problem : refused.problems)
        refusal.reasons.push_back(reasonOf(problem, known));
    return refusal;
}

}  // namespace gateway::exchange
