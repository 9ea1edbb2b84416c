#include "gateway/exchange/desk/reception.h"

#include <array>
#include <chrono>

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/desk/content_bounds.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/exchange/desk/sender_place.h"
#include "gateway/exchange/reference/act_rights.h"
#include "gateway/law/acts/act_xml.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Node;
using model::MessageType;
using namespace std::chrono_literals;

// Far above what any member but a file has.
constexpr std::size_t kLongestKept = 4096;

BothSides sidesOf(const Received& received) {
    return {received.verified.content.content().tree.root, received.ours};
}

// What the sender of an act in XML has not written is named as the element that it would be.
Problem asElement(Problem problem, const document::Tree& theirs, const std::string& type) {
    if (theirs.form != document::Form::Xml || problem.path.empty()) return problem;
    std::string_view path = problem.path;
    if (path.starts_with("/" + theirs.root.name)) return problem;
    const auto member = "/" + model::memberNameOf(type);
    const std::string below = path.starts_with('/') ? problem.path : "/" + problem.path;
    problem.path = "/" + theirs.root.name +
                   law::xmlPath(type, below.starts_with(member + "/")
                                          ? std::string_view(below).substr(member.size())
                                          : std::string_view(below));
    return problem;
}

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
    addSettings(*inbound.snapshot->registry, verified.signerAgency, values);
    return values;
}

// The message id as far as it can be told before the whole message is understood.
void nameMessage(Refused& refused, const document::Node& ours) {
    const auto* envelope = ours.child("envelope");
    const auto* id = envelope ? envelope->child("id") : nullptr;
    if (id && base::isMessageId(id->value)) refused.messageId = id->value;
}

// What a message that no format fits looks like, and as what it calls itself in canonical form.
std::string looksOf(const document::Node& root) {
    constexpr std::size_t kLongestType = 64;
    std::string looks = root.name.empty() ? "JSON" : root.name;
    for (const auto& [envelope, type] : {std::pair{"envelope", "type"}, {"Envelope", "Type"}}) {
        const auto* around = root.child(envelope);
        const auto* named = around ? around->child(type) : nullptr;
        if (named && !named->value.empty() && named->value.size() <= kLongestType)
            looks += ", " + named->value;
    }
    return looks;
}

// Where a message of the type is posted.
std::string addressOf(MessageType type) {
    if (isQuestion(type)) return "/v1/queries";
    return type == MessageType::DeliveryReceipt ? "/v1/mailbox/{item}/receipt" : "/v1/messages";
}

base::Words vietnamTime(base::Timestamp instant) {
    const auto text = mapping::makeMomentType("dd/MM/yyyy HH:mm:ss", {})
                          ->toTheirs(base::formatTimestamp(instant))
                          .value_or("");
    return {text + " giờ Việt Nam", text + " Viet Nam time"};
}

// As the sender wrote it, if the time is written in the document at all.
std::string writtenTime(const Received& received) {
    const auto& created = received.message.envelope.created;
    const auto* envelope = received.ours.child("envelope");
    const auto* ours = envelope ? envelope->child("created") : nullptr;
    const auto* theirs = ours ? sidesOf(received).written(*ours) : nullptr;
    return theirs ? theirs->value : base::formatTimestamp(created);
}

}  // namespace

Problem placedIn(const Received& received, Problem problem) {
    auto placed = sidesOf(received).placed(std::move(problem));
    const auto* act = std::get_if<model::DeclaredAct>(&received.message.payload);
    if (!act || !received.canonical) return placed;
    return asElement(std::move(placed), received.verified.content.content().tree, act->type);
}

Refused refusedAs(const Received& received, Problem problem) {
    Refused refused;
    refused.problems.push_back(placedIn(received, std::move(problem)));
    refused.signerAgency = received.verified.signerAgency;
    refused.signerSha256 = received.verified.signerCertificate->fingerprint().hex();
    refused.messageId = received.message.envelope.id;
    refused.messageType = model::typeNameOf(received.message.payload);
    return refused;
}

base::Words spanWords(std::chrono::seconds span) {
    struct Unit {
        std::chrono::seconds size, from;
        const char *vi, *en;
    };
    static constexpr std::array<Unit, 4> kUnits = {{{24h, 48h, "ngày", "day"},
                                                    {1h, 1h, "giờ", "hour"},
                                                    {1min, 1min, "phút", "minute"},
                                                    {1s, 0s, "giây", "second"}}};
    const auto* unit = kUnits.begin();
    while (unit != kUnits.end() - 1 && (span < unit->from || span % unit->size != 0s)) ++unit;
    const auto count = std::to_string(span / unit->size);
    return {count + " " + unit->vi, count + " " + unit->en + (count == "1" ? "" : "s")};
}

bool isQuestion(MessageType type) noexcept {
    using enum MessageType;
    return type == MonitoringQuery || type == StatisticsQuery || type == WorkListQuery ||
           type == BreachQuery;
}

Family Inbound::family() const noexcept {
    return detachedHeader.empty() && (mediaType == "application/xml" || mediaType == "text/xml")
               ? Family::Xml
               : Family::Json;
}

base::Result<Received, Refused> Reception::receive(const Inbound& inbound, Purpose purpose) const {
    auto verified = admit(inbound, purpose);
    if (!verified) return std::move(verified).error();
    return judged(inbound, understand(inbound, std::move(verified).value()), purpose);
}

base::Result<Received, Refused> Reception::read(const Inbound& inbound, trust::Verified verified,
                                                const mapping::Plan& plan,
                                                const mapping::ExchangeValues& values) const {
    return judged(inbound, mapped(inbound, std::move(verified), plan, values), Purpose::Message);
}

mapping::ExchangeValues Reception::valuesOf(const Inbound& inbound,
                                            const trust::Verified& verified) const {
    return exchangeValues(inbound, verified, identity_.address());
}

base::Result<trust::Verified, Refused> Reception::admit(const Inbound& inbound,
                                                        Purpose purpose) const {
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
        if (const auto pause = inbound.rates->refuseTurn(agency)) {
            Refused refused = refusedBy(*verified, Problem(ErrorCode::RATE_LIMITED));
            refused.retryAfter = *pause;
            return refused;
        }
    }
    if (inbound.memory) {
        auto full = base::problemOf(
            inbound.memory->transfer({base::MemoryHolder::Kind::Agency, verified->signerAgency}));
        if (full) {
            Refused refused = refusedBy(*verified, *std::move(full));
            refused.retryAfter = kMemoryPause;
            return refused;
        }
    }
    return std::move(verified).value();
}

base::Result<Received, Refused> Reception::judged(const Inbound& inbound,
                                                  base::Result<Received, Refused> received,
                                                  Purpose purpose) const {
    if (!received) return received;
    auto problems = judgeEnvelope(inbound, *received, purpose);
    if (problems.empty()) return received;
    Refused refused = refusedBy(received->verified, Problem());
    refused.problems = std::move(problems);
    refused.messageId = received->message.envelope.id;
    refused.messageType = model::typeNameOf(received->message.payload);
    return refused;
}

base::Result<Received, Refused> Reception::understand(const Inbound& inbound,
                                                      trust::Verified verified) const {
    const Snapshot& snapshot = *inbound.snapshot;
    const auto* partner = snapshot.registry->partner(verified.signerAgency);
    const auto& content = verified.content.content();
    const auto plans = partner && !content.table
                           ? snapshot.mappings->candidates(partner->formatsIn, content,
                                                           base::vietnamDate(inbound.receivedAt))
                           : std::vector<const mapping::Plan*>{};
    if (plans.empty()) {
        auto act = partner && !content.table ? readCanonicalAct(snapshot.reference->law(), content)
                                             : std::nullopt;
        if (act)
            return understandAct(inbound, std::move(verified), *act->act, std::move(act->ours),
                                 {act->mappingId, act->act->sha256.hex(), true});
        return refusedBy(verified, Problem(ErrorCode::MAPPING_NO_FORMAT)
                                       .with("root", content.table ? inbound.mediaType
                                                                   : looksOf(content.tree.root)));
    }
    const auto* plan = plans.front();
    if (plan->withoutAddressee() && inbound.channel->ownerAgency != verified.signerAgency)
        return refusedBy(verified, Problem(ErrorCode::FORBIDDEN_CHANNEL)
                                       .with("channel", inbound.channel->id)
                                       .with("agency", verified.signerAgency));
    const auto values = valuesOf(inbound, verified);
    return mapped(inbound, std::move(verified), *plan, values);
}

base::Result<Received, Refused> Reception::mapped(const Inbound& inbound, trust::Verified verified,
                                                  const mapping::Plan& plan,
                                                  const mapping::ExchangeValues& values) const {
    const Snapshot& snapshot = *inbound.snapshot;
    const auto& content = verified.content.content();
    auto tree = plan.read(content, values);
    if (!tree) {
        Refused refused = refusedBy(verified, Problem());
        refused.problems = std::move(tree).error();
        refused.messageType = plan.messageType();
        nameMessage(refused, plan.attempt(content, values));
        return refused;
    }
    ReadBy by{plan.name(), plan.digest().hex()};
    const auto* act = declaredIn(snapshot.reference->law(), tree->ours);
    auto received = act ? understandAct(inbound, std::move(verified), *act, std::move(tree->ours),
                                        std::move(by))
                        : bound(snapshot, std::move(verified), std::move(tree->ours),
                                plan.messageType(), std::move(by));
    if (received) received->unchanged = plan.unchangedWhenAbsent();
    return received;
}

// An act that is data, whatever its sender's format: its declaration says what it must say.
base::Result<Received, Refused> Reception::understandAct(const Inbound& inbound,
                                                         trust::Verified verified,
                                                         const law::ActDeclaration& act, Node ours,
                                                         ReadBy by) const {
    const auto& theirs = verified.content.content().tree;
    auto problems = judgeDeclared(act, theirs.root, ours, base::vietnamDate(inbound.receivedAt));
    if (problems.empty())
        return bound(*inbound.snapshot, std::move(verified), std::move(ours), act.type,
                     std::move(by));
    Refused refused = refusedBy(verified, Problem());
    refused.problems.clear();
    for (auto& problem : problems) {
        if (by.canonical) problem = asElement(std::move(problem), theirs, act.type);
        refused.problems.push_back(std::move(problem));
        if (refused.problems.size() >= mapping::kMostProblems) break;
    }
    refused.messageType = act.type;
    nameMessage(refused, ours);
    return refused;
}

base::Result<Received, Refused> Reception::bound(const Snapshot& snapshot, trust::Verified verified,
                                                 Node ours, const std::string& type,
                                                 ReadBy by) const {
    const auto& root = verified.content.content().tree.root;
    auto message = mapping::bindMessage(ours);
    if (!message) {
        Refused refused = refusedBy(verified, Problem());
        refused.problems = std::move(message).error();
        refused.messageType = type;
        nameMessage(refused, ours);
        return refused;
    }
    if (auto problem = beyondBounds(ours, limits_)) {
        const BothSides sides{root, ours};
        Refused refused = refusedBy(verified, sides.placed(*std::move(problem)));
        refused.messageType = type;
        nameMessage(refused, ours);
        return refused;
    }
    dropLongValues(ours, kLongestKept);
    const auto* partner = snapshot.registry->partner(verified.signerAgency);
    Received received{std::move(verified),
                      std::move(by.id),
                      std::move(by.sha256),
                      partner,
                      std::move(message).value(),
                      std::move(ours),
                      {},
                      by.canonical};
    if (received.verified.revocation.standing == trust::Standing::GoodInGrace)
        received.notes.emplace_back("revocation-list-in-grace");
    return received;
}

// A detached header and the message under it are two signed statements of one sender: where both
// say a thing, they must say the same, or the sender's software and we would read two messages.
void Reception::addContradicted(const Received& received, std::vector<Problem>& problems) const {
    const auto& claims = received.verified.claims;
    if (!claims) return;
    const auto& envelope = received.message.envelope;
    const auto sides = sidesOf(received);
    const auto compare = [&](const char* claim, const char* member, bool same,
                             const std::string& ours, const std::string& signedValue) {
        if (same) return;
        auto problem = sides.placed(
            Problem(ErrorCode::CLAIM_CONTRADICTED, std::string("/envelope/") + member, {}));
        problems.push_back(std::move(problem)
                               .with("claim", claim)
                               .with("signed", signedValue)
                               .with("value", ours));
    };
    // What a format takes from the header itself cannot differ from it.
    compare("aud", "to", envelope.to == claims->audience, envelope.to, claims->audience);
    const auto type = model::typeNameOf(received.message.payload);
    compare("typ", "type", type == claims->type, type, claims->type);
    compare("jti", "id", envelope.id == claims->id, envelope.id, claims->id);
    // One is whole seconds, and software may look at the clock twice.
    const auto apart = std::chrono::abs(envelope.created - claims->issuedAt);
    compare("iat", "created", apart <= 1s, writtenTime(received),
            base::formatTimestamp(claims->issuedAt));
}

std::vector<Problem> Reception::judgeEnvelope(const Inbound& inbound, const Received& received,
                                              Purpose purpose) const {
    std::vector<Problem> problems;
    const auto& envelope = received.message.envelope;
    const auto sides = sidesOf(received);
    const auto about = [&](ErrorCode code, const char* member) {
        return sides.placed(Problem(code, std::string("/envelope/") + member, {}));
    };
    const auto& agency = received.verified.signerAgency;
    if (envelope.to != identity_.address())
        problems.push_back(about(ErrorCode::ADDRESSEE_OTHER, "to")
                               .with("value", envelope.to)
                               .with("gateway", identity_.address()));
    if (!base::isMessageId(envelope.id))
        problems.push_back(
            about(ErrorCode::MAPPING_VALUE, "id")
                .with("value", envelope.id)
                .inWords("expected", {"phải gồm 1 đến 128 ký tự ASCII in được, không có dấu "
                                      "cách, dấu nháy, \\, <, > hoặc &",
                                      "it must be 1 to 128 printable ASCII characters without "
                                      "blanks, quotes, \\, <, > or &"}));
    if (!envelope.from.empty() && envelope.from != agency)
        problems.push_back(about(ErrorCode::FORBIDDEN_SENDER, "from")
                               .with("value", envelope.from)
                               .with("agency", agency));
    addContradicted(received, problems);
    const bool question = purpose == Purpose::Question;
    const std::chrono::seconds ahead = question ? limits_.querySkew : limits_.messageAheadOfClock;
    const std::chrono::seconds age = question ? limits_.querySkew : limits_.messageAge;
    if (envelope.created > inbound.receivedAt + ahead)
        problems.push_back(about(ErrorCode::MESSAGE_FROM_FUTURE, "created")
                               .with("value", writtenTime(received))
                               .inWords("received", vietnamTime(inbound.receivedAt))
                               .inWords("limit", spanWords(ahead)));
    if (envelope.created < inbound.receivedAt - age)
        problems.push_back(about(ErrorCode::MESSAGE_TOO_OLD, "created")
                               .with("value", writtenTime(received))
                               .inWords("received", vietnamTime(inbound.receivedAt))
                               .inWords("limit", spanWords(age)));
    const bool fits =
        isQuestion(envelope.type) == question &&
        (envelope.type == MessageType::DeliveryReceipt) == (purpose == Purpose::DeliveryReceipt);
    const auto& reference = *inbound.snapshot->reference;
    const auto type = model::typeNameOf(received.message.payload);
    const bool allowed =
        reference.rights().maySend(agency, envelope.type, inbound.receivedAt) &&
        (envelope.type != MessageType::DeclaredAct ||
         couldSend(reference, agency, type, base::vietnamDate(inbound.receivedAt)));
    if (!fits)
        problems.push_back(about(ErrorCode::WRONG_ADDRESS, "type")
                               .with("type", type)
                               .with("address", addressOf(envelope.type)));
    if (!allowed)
        problems.push_back(
            about(ErrorCode::FORBIDDEN_TYPE, "type").with("agency", agency).with("type", type));
    return problems;
}

}  // namespace gateway::exchange
