#include <fstream>
#include <iostream>

#include "gateway/app/agency_client.h"
#include "gateway/app/arguments.h"
#include "gateway/app/commands.h"
#include "gateway/app/exit_codes.h"
#include "gateway/app/files.h"
#include "gateway/app/trust_files.h"
#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"

namespace gateway::app {
namespace {

using document::Node;

// The access options shared by all client commands, with the optional seal.
struct Session {
    explicit Session(const Arguments& arguments) : client(accessOf(arguments)) {
        if (arguments.has("seal-key"))
            signer =
                trust::loadSigner(arguments.get("seal-key"), arguments.need("seal-certificate"));
        if (signer) seal.emplace(*signer);
    }

    static AgencyAccess accessOf(const Arguments& arguments) {
        AgencyAccess access;
        access.url = arguments.need("gateway");
        access.certificate = arguments.need("certificate");
        access.key = arguments.need("key");
        access.anchors = loadCertificates(arguments.need("ca"));
        if (arguments.has("gateway-seal"))
            access.gatewaySeals = loadCertificates(arguments.get("gateway-seal"));
        return access;
    }

    AgencyClient client;
    std::unique_ptr<trust::Signer> signer;
    std::optional<trust::Seal> seal;
};

int exitCodeOf(const CheckedAnswer& answer, bool wantsSeal) {
    using Kind = server::CallOutcome::Kind;
    if (answer.call.kind == Kind::NotSent) return kExitUnreachable;
    if (answer.call.kind == Kind::MaybeSent) return kExitOutcomeUnknown;
    switch (answer.call.status) {
        case 200: return !wantsSeal || answer.verified ? kExitOk : kExitRefused;
        case 409:
        case 422: return kExitRefused;
        case 404: return kExitNotFound;
        case 503: return kExitOutcomeUnknown;
        default: return kExitTransport;
    }
}

void print(const CheckedAnswer& answer, const Arguments& arguments, bool wantsSeal) {
    if (answer.call.kind != server::CallOutcome::Kind::Answered) {
        std::cerr << "thahc-gateway: " << answer.call.reason << '\n';
        return;
    }
    if (arguments.has("save")) {
        std::ofstream out(arguments.get("save"), std::ios::binary);
        out << answer.call.body;
    }
    if (arguments.has("json")) {
        Node root = document::objectNode();
        root.children.push_back(document::numberNode("status", std::to_string(answer.call.status)));
        if (wantsSeal) root.children.push_back(document::booleanNode("verified", answer.verified));
        if (auto tree = document::readJson(answer.payload)) {
            tree->root.name = "content";
            root.children.push_back(std::move(tree->root));
        }
        std::cout << document::writeJson(root) << '\n';
        return;
    }
    std::cout << "HTTP " << answer.call.status;
    if (wantsSeal) std::cout << (answer.verified ? ", seal verified" : ", seal NOT verified");
    std::cout << '\n' << (answer.payload.empty() ? answer.call.body : answer.payload) << '\n';
}

int send(const Arguments& arguments, const std::string& path) {
    if (arguments.positional().size() != 1) throw UsageError("needs one file");
    Session session(arguments);
    std::optional<DetachedDetails> detached;
    if (arguments.has("detached"))
        detached = DetachedDetails{arguments.need("to"), arguments.need("type"),
                                   arguments.need("id"), arguments.need("content-type")};
    const auto message = signForSending(readFile(arguments.positional().front()),
                                        session.seal ? &*session.seal : nullptr, detached,
                                        base::SystemClock().now());
    const auto answer =
        session.client.post(path + (arguments.has("dry-run") ? "?dry-run" : ""), message.mediaType,
                            message.body, message.detachedHeader);
    const bool wantsSeal = arguments.has("gateway-seal");
    print(answer, arguments, wantsSeal);
    return exitCodeOf(answer, wantsSeal);
}

std::string forAgency(const Arguments& arguments, const char* separator) {
    return arguments.has("agency") ? separator + ("agency=" + arguments.get("agency")) : "";
}

// One signed DeliveryReceipt in canonical JSON, which every agency may be registered for.
SignedMessage acknowledgement(const Session& session, const Arguments& arguments,
                              const std::string& item, const std::string& sha256) {
    const auto now = base::SystemClock().now();
    model::Message message;
    message.envelope.to = arguments.need("to");
    message.envelope.type = model::MessageType::DeliveryReceipt;
    message.envelope.id = base::newId("drc", now);
    message.envelope.created = now;
    model::DeliveryReceipt word;
    word.item = item;
    word.deliveredSha256 = sha256;
    word.verdict = arguments.has("refuse") ? model::DeliveryVerdict::Refused
                                           : model::DeliveryVerdict::Accepted;
    word.reason = arguments.get("refuse");
    message.payload = word;
    return signForSending(document::writeJson(mapping::unbindMessage(message)), &*session.seal,
                          std::nullopt, now);
}

// Lists the open items; with --take fetches each into a directory, with --acknowledge closes it.
int mailbox(const Arguments& arguments) {
    Session session(arguments);
    const auto list = session.client.get(
        "/v1/mailbox?wait=" + arguments.get("wait", "0") + forAgency(arguments, "&"),
        std::chrono::seconds(45));
    print(list, arguments, false);
    const auto tree = document::readJson(list.payload);
    const auto* items = tree ? tree->root.child("items") : nullptr;
    if (list.call.status != 200 || !items || !arguments.has("take")) return exitCodeOf(list, false);
    if (arguments.has("acknowledge") && !session.seal)
        throw UsageError("--acknowledge needs --seal-key and --seal-certificate");
    int worst = kExitOk;
    for (const auto& entry : items->children) {
        const auto item = entry.child("item")->value;
        const auto fetched = session.client.get("/v1/mailbox/" + item + forAgency(arguments, "?"));
        const auto code = exitCodeOf(fetched, arguments.has("gateway-seal"));
        worst = std::max(worst, code);
        if (code != kExitOk) continue;
        const std::filesystem::path directory = arguments.get("take");
        std::filesystem::create_directories(directory);
        const bool xml = entry.child("mediaType")->value == "application/xml";
        std::ofstream(directory / (item + (xml ? ".xml" : ".jose")), std::ios::binary)
            << fetched.call.body;
        if (!arguments.has("acknowledge")) continue;
        const auto word =
            acknowledgement(session, arguments, item, document::sha256(fetched.call.body).hex());
        const auto closed =
            session.client.post("/v1/mailbox/" + item + "/receipt", word.mediaType, word.body);
        print(closed, arguments, false);
        worst = std::max(worst, exitCodeOf(closed, false));
    }
    return worst;
}

int status(const Arguments& arguments) {
    Session session(arguments);
    const auto answer =
        session.client.get("/v1/messages?id=" + arguments.need("id") + forAgency(arguments, "&"));
    const bool wantsSeal = arguments.has("gateway-seal");
    print(answer, arguments, wantsSeal);
    return exitCodeOf(answer, wantsSeal);
}

int ping(const Arguments& arguments) {
    Session session(arguments);
    const auto answer =
        session.client.get("/v1/whoami?now=" + base::formatTimestamp(base::SystemClock().now()));
    print(answer, arguments, false);
    return exitCodeOf(answer, false);
}

}  // namespace

int clientCommand(const Words& words) {
    if (words.empty()) throw UsageError("client send|query|mailbox|status|ping");
    const Arguments arguments(
        Words(words.begin() + 1, words.end()),
        {"gateway", "certificate", "key", "ca", "gateway-seal", "seal-certificate", "seal-key",
         "to", "type", "id", "content-type", "agency", "wait", "take", "refuse", "save"},
        {"json", "dry-run", "detached", "acknowledge"});
    const std::string& act = words.front();
    if (act == "send") return send(arguments, "/v1/messages");
    if (act == "query") return send(arguments, "/v1/queries");
    if (act == "mailbox") return mailbox(arguments);
    if (act == "status") return status(arguments);
    if (act == "ping") return ping(arguments);
    throw UsageError("unknown: client " + act);
}

}  // namespace gateway::app
