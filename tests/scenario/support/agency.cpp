#include "tests/scenario/support/agency.h"

#include "gateway/base/ids.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/mapping/binding.h"
#include "gateway/trust/offline_verification.h"

namespace gateway::scenario {
namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr std::size_t kAnswerBytes = 64U * 1024 * 1024;

base::Timestamp now() { return base::SystemClock().now(); }

model::DeliveryReceipt receiptOf(const std::string& item, const std::string& deliveredBytes,
                                 const std::string& refusedBecause) {
    model::DeliveryReceipt receipt;
    receipt.item = item;
    receipt.deliveredSha256 = document::sha256(deliveredBytes).hex();
    receipt.verdict =
        refusedBecause.empty() ? model::DeliveryVerdict::Accepted : model::DeliveryVerdict::Refused;
    receipt.reason = refusedBecause;
    return receipt;
}

}  // namespace

std::string jsonOf(const model::Message& message) {
    return document::writeJson(mapping::unbindMessage(message));
}

std::string xmlOf(const model::Message& message) {
    return document::writeXml(
        exchange::naturalXml(mapping::unbindMessage(message), "urn:thahc:case-model:1", "Message"));
}

bool sealIsGood(const std::string& bytes, const trust::CertificatePtr& seal,
                document::Node* content) {
    trust::OfflineTrust trust;
    trust.certificates = {seal};
    trust.at = now();
    auto report = trust::verifyOffline(bytes, "", trust);
    if (!report.good()) return false;
    if (content && report.content) {
        if (report.content->form == document::Form::Json) {
            *content = std::move(report.content->root);
        } else {
            *content = document::objectNode();
            content->children.push_back(std::move(report.content->root));
        }
    }
    return true;
}

Agency::Agency(const World& world, std::string code, std::string channel, std::string seal) :
    world_(world),
    code_(std::move(code)),
    channel_(channel.empty() ? code_ + "-channel" : std::move(channel)),
    authority_(world.load(world.authority())),
    gatewaySeal_(world.load(world.certificate("gateway-seal"))) {
    const auto name = seal.empty() ? code_ + "-seal" : seal;
    signer_ = trust::loadSigner(world.key(name), world.certificate(name));
    seal_.emplace(*signer_);
    client_ = std::make_unique<server::HttpsClient>(
        server::TlsIdentity{world.certificate(channel_), world.key(channel_)});
}

model::Message Agency::message(model::Payload payload, std::string id) const {
    model::Message message;
    message.envelope.to = kAddress;
    message.envelope.type = static_cast<model::MessageType>(payload.index());
    message.envelope.created = now();
    message.envelope.id = id.empty() ? base::newId("msg", now()) : std::move(id);
    message.payload = std::move(payload);
    return message;
}

Signed Agency::json(const model::Message& message) const { return signJson(jsonOf(message)); }

Signed Agency::xml(const model::Message& message) const { return signXml(xmlOf(message)); }

Signed Agency::detached(const model::Message& message) const {
    Signed made{jsonOf(message), "application/json"};
    made.detachedHeader = detachedOver(made.body, message.envelope, "application/json",
                                       model::typeNameOf(message.payload));
    return made;
}

std::string Agency::detachedOver(const std::string& body, const model::Envelope& claims,
                                 const std::string& contentType, const std::string& type) const {
    const auto issued =
        std::chrono::duration_cast<std::chrono::seconds>(claims.created.time_since_epoch());
    auto header = document::objectNode();
    const auto add = [&header](const char* name, std::string value) {
        header.children.push_back(document::stringNode(name, std::move(value)));
    };
    add("aud", claims.to);
    add("typ", type.empty() ? std::string(model::nameOf(claims.type)) : type);
    add("jti", claims.id);
    header.children.push_back(document::numberNode("iat", std::to_string(issued.count())));
    add("cty", contentType);
    return seal_->detachedJws(body, std::move(header));
}

Signed Agency::signJson(const std::string& text) const {
    return {seal_->jws(text, "thahc-message+json"), "application/jose", ""};
}

Signed Agency::signXml(const std::string& text) const {
    return {seal_->xml(text), "application/xml", ""};
}

Reply Agency::post(const std::string& path, const Signed& message) const {
    server::OutgoingCall outgoing;
    outgoing.pathAndQuery = path;
    outgoing.contentType = message.mediaType;
    outgoing.body = message.body;
    if (!message.detachedHeader.empty())
        outgoing.headers.emplace_back("X-JWS-Signature", message.detachedHeader);
    return call(outgoing);
}

Reply Agency::get(const std::string& path) const {
    server::OutgoingCall outgoing;
    outgoing.method = "GET";
    outgoing.pathAndQuery = path;
    return call(outgoing);
}

Reply Agency::call(const server::OutgoingCall& call) const {
    auto bounded = call;
    bounded.timeout = kPatience;
    bounded.answerBytes = kAnswerBytes;
    return read(client_->call({"127.0.0.1", world_.port(), {authority_->der()}}, bounded));
}

Reply Agency::read(server::CallOutcome outcome) const {
    Reply reply;
    reply.kind = outcome.kind;
    reply.status = outcome.status;
    reply.body = std::move(outcome.body);
    reply.headers = std::move(outcome.headers);
    if (!reply.answered()) return reply;
    if (const auto type = reply.headers.find("Content-Type"); type != reply.headers.end())
        reply.mediaType = server::mediaTypeOf(type->second);
    if (reply.mediaType == "application/jose" || reply.mediaType == "application/xml") {
        reply.sealed = sealIsGood(reply.body, gatewaySeal_, &reply.content);
    } else if (auto tree = document::readJson(reply.body)) {
        reply.content = std::move(tree->root);
    }
    return reply;
}

document::Node Agency::mailbox(int waitSeconds) const {
    const auto reply = get("/v1/mailbox?wait=" + std::to_string(waitSeconds));
    const auto* items = nodeAt(reply.content, "items");
    return items ? *items : document::arrayNode();
}

Signed Agency::word(const std::string& item, const std::string& deliveredBytes,
                    const std::string& refusedBecause) const {
    return json(message(receiptOf(item, deliveredBytes, refusedBecause)));
}

Signed Agency::detachedWord(const std::string& item, const std::string& deliveredBytes) const {
    return detached(message(receiptOf(item, deliveredBytes, {})));
}

int Agency::emptyMailbox() const {
    int taken = 0;
    for (auto items = mailbox(); !items.children.empty(); items = mailbox()) {
        for (const auto& entry : items.children) {
            const auto item = valueAt(entry, "item");
            const auto delivered = get("/v1/mailbox/" + item);
            if (close(item, word(item, delivered.body)).status != 200) return -1;
            ++taken;
        }
    }
    return taken;
}

thahc::test::ProbeSettings Agency::wire() const {
    thahc::test::ProbeSettings settings;
    settings.port = world_.port();
    settings.client =
        thahc::test::Issued{world_.certificate(channel_), world_.key(channel_), "", ""};
    return settings;
}

}  // namespace gateway::scenario
