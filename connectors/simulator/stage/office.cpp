#include "connectors/simulator/stage/office.h"

#include "connectors/simulator/stage/evidence_reader.h"
#include "connectors/simulator/stage/interruption.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/mapping/binding.h"

namespace gateway::simulator {
namespace {

constexpr std::size_t kLargestAnswer = 32U * 1024 * 1024;

std::string numbered(const std::string& code, int number) {
    auto digits = std::to_string(number);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    return code + "-2026-" + digits;
}

// One element a line, so that the line in a refusal leads a clerk somewhere. Never between a start
// tag and its own end tag, where it would become content.
std::string onLines(const std::string& xml) {
    std::string out;
    bool afterEnd = true;
    for (std::size_t i = 0; i < xml.size(); ++i) {
        if (xml[i] == '<' && !out.empty() && out.back() == '>') {
            const bool end = xml.compare(i, 2, "</") == 0;
            if (!end || afterEnd) out.push_back('\n');
        }
        if (xml[i] == '<') afterEnd = xml.compare(i, 2, "</") == 0;
        if (xml[i] == '>' && i > 0 && xml[i - 1] == '/') afterEnd = true;
        out.push_back(xml[i]);
    }
    return out;
}

// What lists offer one at a time.
std::vector<std::string> itemsIn(const std::string& list) {
    std::vector<std::string> items;
    const auto tree = document::readJson(list);
    const auto* entries = tree ? tree->root.child("items") : nullptr;
    if (!entries) return items;
    for (const auto& entry : entries->children)
        if (const auto* item = entry.child("item")) items.push_back(item->value);
    return items;
}

}  // namespace

std::string Answer::text(const char* name) const {
    const auto* found = evidence.child(name);
    return found ? found->value : std::string();
}

bool Answer::hasNote(const std::string& start) const {
    const auto* notes = evidence.child("notes");
    if (!notes) return false;
    for (const auto& note : notes->children)
        if (note.value.starts_with(start)) return true;
    return false;
}

std::vector<document::Node> Answer::reasons() const {
    const auto* list = evidence.child("reasons");
    return list ? list->children : std::vector<document::Node>();
}

Office::Office(World& world, const Member& member) :
    world_(world),
    member_(member),
    signer_(trust::loadSigner(world.directory.key(sealName(member.code)),
                              world.directory.certificate(sealName(member.code)))),
    seal_(*signer_) {}

model::Message Office::compose(model::Payload payload) {
    model::Message message;
    message.envelope.to = world_.gateway;
    message.envelope.type = static_cast<model::MessageType>(payload.index());
    message.envelope.id = numbered(member_.code, ++sent_);
    message.envelope.created = world_.clock.now();
    message.envelope.from = member_.code;
    message.payload = std::move(payload);
    return message;
}

const mapping::Plan* Office::planFor(const std::string& type) const {
    for (const auto& format :
         {member_.format, std::string(member_.xml ? "case-model-xml" : "case-model-json")})
        for (const auto* plan : world_.reference.mappings->all())
            if (plan->outward() && plan->id().starts_with(format + "/") &&
                plan->messageType() == type)
                return plan;
    return nullptr;
}

std::string Office::write(const model::Message& message) const {
    const auto ours = mapping::unbindMessage(message);
    const auto type = model::typeNameOf(message.payload);
    const auto* plan = planFor(type);
    const auto written = plan ? plan->write(ours, {})
                              : exchange::writeCanonicalAct(
                                    world_.reference.agencies->law().act(type), ours,
                                    member_.xml ? document::Form::Xml : document::Form::Json);
    if (member_.xml) return onLines(written);
    return document::writeJsonPretty(document::readJson(written).value().root);
}

SignedText Office::sign(const std::string& text) const {
    if (member_.xml) return {"application/xml", seal_.xml(text), ""};
    return {"application/jose", seal_.jws(text, "thahc-message+json"), ""};
}

SignedText Office::signDetached(const std::string& bytes, const std::string& mediaType) {
    const auto now = world_.clock.now();
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    auto header = document::objectNode();
    header.children = {document::stringNode("aud", world_.gateway),
                       document::stringNode("typ", "DocumentTransfer"),
                       document::stringNode("jti", numbered(member_.code, ++sent_)),
                       document::numberNode("iat", std::to_string(seconds)),
                       document::stringNode("cty", mediaType)};
    return {mediaType, bytes, seal_.detachedJws(bytes, std::move(header))};
}

server::CallOutcome Office::call(server::OutgoingCall call) {
    heedInterruption();
    call.timeout = std::chrono::seconds(60);
    call.answerBytes = kLargestAnswer;
    return world_.line(member_.channel).call(world_.target(), call);
}

Answer Office::post(const std::string& path, const SignedText& text, const std::string& what) {
    server::OutgoingCall request;
    request.pathAndQuery = path;
    request.contentType = text.mediaType;
    request.body = text.body;
    if (!text.detachedHeader.empty())
        request.headers.emplace_back("X-JWS-Signature", text.detachedHeader);
    auto outcome = call(std::move(request));
    Answer answer;
    if (!world_.account.expect(outcome.kind == server::CallOutcome::Kind::Answered,
                               "trả lời/answer " + what + ": " + outcome.reason))
        return answer;
    answer.status = outcome.status;
    answer.body = std::move(outcome.body);
    const auto type = outcome.headers.find("Content-Type");
    if (type != outcome.headers.end()) answer.mediaType = server::mediaTypeOf(type->second);
    if (answer.mediaType != "application/xml" && answer.mediaType != "application/jose")
        return answer;
    const bool foreign = world_.tools.check(answer.body, answer.mediaType, what);
    const auto verified = world_.verify(answer.body, answer.mediaType);
    answer.confirmed = foreign && verified.ok();
    world_.account.expect(answer.confirmed, "con dấu của trục/the gateway's seal: " + what);
    if (verified) answer.evidence = evidenceIn(verified->content.content().tree);
    return answer;
}

Answer Office::send(model::Payload payload, const std::string& what) {
    return post("/v1/messages", sign(write(compose(std::move(payload)))), what);
}

std::optional<model::Message> Office::ask(model::Payload question, const std::string& what) {
    const auto answer = post("/v1/queries", sign(write(compose(std::move(question)))), what);
    if (answer.status != 200) return std::nullopt;
    auto read = this->read("", answer.body, answer.mediaType);
    if (!read) return std::nullopt;
    return std::move(read->message);
}

std::vector<Delivery> Office::fetchAll() {
    std::vector<Delivery> all;
    // The oldest open item of each case is listed, so several rounds may be needed.
    for (;;) {
        server::OutgoingCall list;
        list.method = "GET";
        list.pathAndQuery = "/v1/mailbox?agency=" + code();
        const auto outcome = call(std::move(list));
        if (!world_.account.expect(outcome.status == 200, "hộp thư/mailbox " + code())) return all;
        const auto items = itemsIn(outcome.body);
        if (items.empty()) return all;
        for (const auto& item : items) {
            auto delivery = fetch(item);
            if (!delivery) return all;
            all.push_back(*std::move(delivery));
        }
    }
}

std::optional<Delivery> Office::fetch(const std::string& item) {
    server::OutgoingCall get;
    get.method = "GET";
    get.pathAndQuery = "/v1/mailbox/" + item + "?agency=" + code();
    const auto outcome = call(std::move(get));
    if (!world_.account.expect(outcome.status == 200, "lấy/fetch " + item)) return std::nullopt;
    const auto mediaType = server::mediaTypeOf(outcome.headers.at("Content-Type"));
    const bool foreign = world_.tools.check(outcome.body, mediaType, "delivery-" + code());
    auto delivery = read(item, outcome.body, mediaType);
    if (!world_.account.expect(foreign && delivery, "đọc/read " + item + " " + code()))
        return std::nullopt;
    const auto closed =
        post("/v1/mailbox/" + item + "/receipt", acknowledge(item, outcome.body), "close");
    if (!world_.account.expect(closed.status == 200,
                               "xác nhận/acknowledge " + item + ": " + describe(closed)))
        return std::nullopt;
    return delivery;
}

std::optional<Delivery> Office::read(const std::string& item, const std::string& bytes,
                                     const std::string& mediaType) const {
    const auto verified = world_.verify(bytes, mediaType);
    if (!verified) return std::nullopt;
    const auto& content = verified->content.content();
    std::vector<std::string> ids;
    for (const auto* plan : world_.reference.mappings->all())
        if (plan->id().starts_with(member_.format + "/") ||
            plan->id().starts_with(member_.xml ? "case-model-xml/" : "case-model-json/"))
            ids.push_back(plan->id());
    const auto plans = world_.reference.mappings->candidates(ids, content);
    std::optional<document::Node> ours;
    if (plans.empty()) {
        // An act that is data comes in the canonical form, which needs no mapping.
        auto act = exchange::readCanonicalAct(world_.reference.agencies->law(), content);
        if (act) ours = std::move(act->ours);
    } else if (auto mapped = plans.front()->read(content, {})) {
        ours = std::move(mapped->ours);
    }
    if (!ours) return std::nullopt;
    auto message = mapping::bindMessage(*ours);
    if (!message) return std::nullopt;
    return Delivery{item, mediaType, bytes, std::move(message).value()};
}

SignedText Office::acknowledge(const std::string& item, const std::string& bytes) {
    model::DeliveryReceipt word;
    word.item = item;
    word.deliveredSha256 = document::sha256(bytes).hex();
    word.verdict = model::DeliveryVerdict::Accepted;
    return sign(write(compose(std::move(word))));
}

}  // namespace gateway::simulator
