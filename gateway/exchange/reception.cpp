#include "gateway/exchange/reception.h"

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using model::MessageType;

Refused refusedBy(const trust::Verified& verified, Problem problem) {
    Refused refused;
    refused.signerAgency = verified.signerAgency;
    refused.signerSha256 = verified.signerCertificate->fingerprint().hex();
    refused.problems.push_back(std::move(problem));
    return refused;
}

mapping::ExchangeValues exchangeValues(const Inbound& inbound, const trust::Verified& verified,
                                       const std::string& ourAddress) {
    mapping::ExchangeValues values{{"sender", verified.signerAgency},
                                   {"channel", inbound.channel->id},
                                   {"gateway", ourAddress},
                                   {"receivedAt", base::formatTimestamp(inbound.receivedAt)}};
    if (verified.claims) {
        values["audience"] = verified.claims->audience;
        values["messageId"] = verified.claims->id;
        values["messageType"] = verified.claims->type;
        values["createdAt"] = base::formatTimestamp(verified.claims->issuedAt);
    }
    return values;
}

// The message id as far as it can be told before the whole message is understood.
void nameMessage(Refused& refused, const document::Node& ours) {
    const auto* envelope = ours.child("envelope");
    const auto* id = envelope ? envelope->child("id") : nullptr;
    if (id && base::isMessageId(id->value)) refused.messageId = id->value;
}

std::string hoursText(std::chrono::seconds span) {
    return std::to_string(std::chrono::duration_cast<std::chrono::hours>(span).count()) + " h";
}

}  // namespace

Refused refusedAs(const Received& received, Problem problem) {
    Refused refused;
    refused.problems.push_back(std::move(problem));
    refused.signerAgency = received.verified.signerAgency;
    refused.signerSha256 = received.verified.signerCertificate->fingerprint().hex();
    refused.messageId = received.message.envelope.id;
    refused.messageType = nameOf(received.message.envelope.type);
    return refused;
}

bool isQuestion(MessageType type) noexcept {
    return type == MessageType::MonitoringQuery || type == MessageType::StatisticsQuery;
}

Family Inbound::family() const noexcept {
    return detachedHeader.empty() && (mediaType == "application/xml" || mediaType == "text/xml")
               ? Family::Xml
               : Family::Json;
}

base::Result<Received, Refused> Reception::receive(const Inbound& inbound, Purpose purpose) const {
    const Snapshot& snapshot = *inbound.snapshot;
    auto verified =
        snapshot.verifier.verify({inbound.body, inbound.mediaType, inbound.detachedHeader},
                                 *inbound.channel, inbound.receivedAt);
    if (!verified) {
        Refused refused;
        refused.problems.push_back(std::move(verified).error());
        return refused;
    }
    const auto* carriage = inbound.channel->carriageOf(verified->signerAgency, inbound.receivedAt);
    if (!carriage || (purpose != Purpose::Message && !carriage->mayRead))
        return refusedBy(*verified, Problem(ErrorCode::FORBIDDEN_CHANNEL)
                                        .with("channel", inbound.channel->id)
                                        .with("agency", verified->signerAgency));
    // Counted where the signer is known and its channel right, before the greater part of the work.
    if (inbound.rates) {
        const auto& agency = verified->signerAgency;
        if (const auto pause = inbound.rates->refuseTurn(agency, inbound.receivedAt)) {
            Refused refused = refusedBy(*verified, Problem(ErrorCode::RATE_LIMITED));
            refused.retryAfter = *pause;
            return refused;
        }
    }
    auto received = understand(inbound, std::move(verified).value());
    if (!received) return received;
    auto problems = judgeEnvelope(inbound, *received, purpose);
    if (problems.empty()) return received;
    Refused refused = refusedBy(received->verified, Problem());
    refused.problems = std::move(problems);
    refused.messageId = received->message.envelope.id;
    refused.messageType = nameOf(received->message.envelope.type);
    return refused;
}

base::Result<Received, Refused> Reception::understand(const Inbound& inbound,
                                                      trust::Verified verified) const {
    const Snapshot& snapshot = *inbound.snapshot;
    const auto* partner = snapshot.registry->partner(verified.signerAgency);
    const auto& content = verified.content.content();
    const auto plans = partner
                           ? snapshot.mappings->candidates(partner->formatsIn, content,
                                                           base::vietnamDate(inbound.receivedAt))
                           : std::vector<const mapping::Plan*>{};
    if (plans.empty())
        return refusedBy(
            verified,
            Problem(ErrorCode::MAPPING_NO_FORMAT)
                .with("root", content.tree.root.name.empty() ? "JSON" : content.tree.root.name));
    const auto* plan = plans.front();
    if (plan->withoutAddressee() && inbound.channel->ownerAgency != verified.signerAgency)
        return refusedBy(verified, Problem(ErrorCode::FORBIDDEN_CHANNEL)
                                       .with("channel", inbound.channel->id)
                                       .with("agency", verified.signerAgency));
    const auto values = exchangeValues(inbound, verified, identity_.address());
    auto mapped = plan->read(content, values);
    if (!mapped) {
        Refused refused = refusedBy(verified, Problem());
        refused.problems = std::move(mapped).error();
        refused.messageType = plan->messageType();
        nameMessage(refused, plan->attempt(content, values));
        return refused;
    }
    auto message = mapping::bindMessage(mapped->ours);
    if (!message) {
        Refused refused = refusedBy(verified, Problem());
        refused.problems = std::move(message).error();
        refused.messageType = plan->messageType();
        nameMessage(refused, mapped->ours);
        return refused;
    }
    const auto* envelope = mapped->ours.child("envelope");
    Received received{std::move(verified),
                      plan,
                      partner,
                      std::move(message).value(),
                      envelope ? *envelope : document::objectNode(),
                      {}};
    if (received.verified.revocation.standing == trust::Standing::GoodInGrace)
        received.notes.emplace_back("revocation-list-in-grace");
    return received;
}

std::vector<Problem> Reception::judgeEnvelope(const Inbound& inbound, const Received& received,
                                              Purpose purpose) const {
    std::vector<Problem> problems;
    const auto& envelope = received.message.envelope;
    const auto about = [&](ErrorCode code, const char* member) {
        const auto* node = received.envelope.child(member);
        return Problem(code, std::string("/envelope/") + member,
                       node ? node->position : base::Position());
    };
    const auto& agency = received.verified.signerAgency;
    if (envelope.to != identity_.address())
        problems.push_back(about(ErrorCode::ADDRESSEE_OTHER, "to")
                               .with("value", envelope.to)
                               .with("gateway", identity_.address()));
    if (!base::isMessageId(envelope.id))
        problems.push_back(about(ErrorCode::MAPPING_VALUE, "id")
                               .with("value", envelope.id)
                               .with("expected", "1-128 ASCII"));
    if (!envelope.from.empty() && envelope.from != agency)
        problems.push_back(about(ErrorCode::FORBIDDEN_SENDER, "from")
                               .with("value", envelope.from)
                               .with("agency", agency));
    const bool question = purpose == Purpose::Question;
    const std::chrono::seconds ahead = question ? limits_.querySkew : limits_.messageAheadOfClock;
    const std::chrono::seconds age = question ? limits_.querySkew : limits_.messageAge;
    if (envelope.created > inbound.receivedAt + ahead)
        problems.push_back(about(ErrorCode::MESSAGE_FROM_FUTURE, "created")
                               .with("value", base::formatTimestamp(envelope.created)));
    if (envelope.created < inbound.receivedAt - age)
        problems.push_back(about(ErrorCode::MESSAGE_TOO_OLD, "created")
                               .with("value", base::formatTimestamp(envelope.created))
                               .with("limit", hoursText(age)));
    const bool fits =
        isQuestion(envelope.type) == question &&
        (envelope.type == MessageType::DeliveryReceipt) == (purpose == Purpose::DeliveryReceipt);
    const bool allowed =
        inbound.snapshot->reference->rights().maySend(agency, envelope.type, inbound.receivedAt);
    if (!fits || !allowed)
        problems.push_back(about(ErrorCode::FORBIDDEN_TYPE, "type")
                               .with("agency", agency)
                               .with("type", std::string(nameOf(envelope.type))));
    return problems;
}

}  // namespace gateway::exchange
