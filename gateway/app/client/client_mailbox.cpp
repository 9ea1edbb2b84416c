#include <algorithm>
#include <fstream>
#include <iostream>

#include "gateway/app/client/client_session.h"
#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/binding.h"

namespace gateway::app {
namespace {

using document::Node;

// Combinations that would quietly do less than they say are refused before anything is asked.
void checkOptions(const Arguments& arguments) {
    if (arguments.has("refuse") && !arguments.has("acknowledge"))
        throw UsageError("--refuse needs --acknowledge");
    if (arguments.has("as") && !arguments.has("acknowledge"))
        throw UsageError("--as needs --acknowledge");
    if (arguments.has("as") && arguments.get("as") != "xml" && arguments.get("as") != "json")
        throw UsageError("--as is xml or json");
    if (!arguments.has("acknowledge")) return;
    if (!arguments.has("take")) throw UsageError("--acknowledge needs --take");
    if (!arguments.has("seal-key"))
        throw UsageError("--acknowledge needs --seal-key and --seal-certificate");
    static_cast<void>(arguments.need("to"));
}

// A DeliveryReceipt of the case model, member for member, in its XML form (case-model.xsd).
std::string inXml(const model::Message& message) {
    const std::string space = "urn:thahc:case-model:1";
    const auto& envelope = message.envelope;
    const auto& word = std::get<model::DeliveryReceipt>(message.payload);
    const auto add = [&space](Node& parent, const char* name, const std::string& text) {
        if (!text.empty()) parent.children.push_back(document::elementNode(space, name, text));
    };
    auto head = document::elementNode(space, "Envelope");
    add(head, "To", envelope.to);
    add(head, "Type", "DeliveryReceipt");
    add(head, "Id", envelope.id);
    add(head, "Created", base::formatTimestamp(envelope.created));
    auto body = document::elementNode(space, "DeliveryReceipt");
    add(body, "Item", word.item);
    add(body, "DeliveredSha256", word.deliveredSha256);
    add(body, "Verdict", word.verdict == model::DeliveryVerdict::Refused ? "refused" : "accepted");
    add(body, "Reason", word.reason);
    auto root = document::elementNode(space, "Message");
    root.children.push_back(std::move(head));
    root.children.push_back(std::move(body));
    return document::writeXml(root, {{space, ""}});
}

// One signed DeliveryReceipt in the case model's own form, XML for what came as XML: an agency is
// registered for the family that it is written to.
SignedMessage acknowledgement(const ClientSession& session, const Arguments& arguments, bool xml,
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
    const auto text = xml ? inXml(message) : document::writeJson(mapping::unbindMessage(message));
    return signForSending(text, &*session.seal, std::nullopt, now);
}

/// One item fetched, kept and, if asked, acknowledged.
struct Taken {
    Node node;
    ExitCode code = kExitOk;
};

Taken take(ClientSession& session, const Arguments& arguments, const Node& entry) {
    const auto item = entry.child("item")->value;
    const auto fetched = session.client.get("/v1/mailbox/" + item + forAgency(arguments, "?"));
    Taken taken{answerNode(fetched, session.wantsSeal), exitCodeOf(fetched, session.wantsSeal)};
    auto& members = taken.node.children;
    members.insert(members.begin(), document::stringNode("item", item));
    if (taken.code != kExitOk) return taken;
    const bool xml = entry.child("mediaType")->value == "application/xml";
    const auto file =
        std::filesystem::path(arguments.get("take")) / (item + (xml ? ".xml" : ".jose"));
    std::ofstream out(file, std::ios::binary);
    out << fetched.call.body;
    if (!out.flush()) {
        // What is not kept must stay open at the gateway.
        members.push_back(document::stringNode("problem", "cannot write " + file.string()));
        taken.code = kExitBadData;
        return taken;
    }
    members.push_back(document::stringNode("file", file.string()));
    if (!arguments.has("acknowledge")) return taken;
    // --as decides where both families are registered, or the other one.
    const bool asXml = arguments.get("as", xml ? "xml" : "json") == "xml";
    const auto word =
        acknowledgement(session, arguments, asXml, item, document::sha256(fetched.call.body).hex());
    const auto closed =
        session.client.post("/v1/mailbox/" + item + "/receipt", word.mediaType, word.body);
    auto told = answerNode(closed, false);
    told.name = "closed";
    members.push_back(std::move(told));
    taken.code = exitCodeOf(closed, false);
    return taken;
}

void printForPeople(const Node& taken) {
    std::cout << taken.child("item")->value;
    for (const char* name : {"status", "file", "problem"})
        if (const auto* member = taken.child(name)) std::cout << "  " << member->value;
    if (const auto* closed = taken.child("closed"))
        for (const char* name : {"status", "problem"})
            if (const auto* member = closed->child(name))
                std::cout << "  acknowledged: " << member->value;
    std::cout << '\n';
}

}  // namespace

// Lists the open items; with --take fetches each into a directory, with --acknowledge closes it.
int clientMailbox(const Arguments& arguments) {
    checkOptions(arguments);
    ClientSession session(arguments);
    if (arguments.has("take"))
        fromInput([&] { return std::filesystem::create_directories(arguments.get("take")); });
    const auto list = session.client.get(
        "/v1/mailbox?" + parameter("wait", arguments.get("wait", "0")) + forAgency(arguments, "&"),
        std::chrono::seconds(45));
    const auto tree = document::readJson(list.payload);
    const auto* items = tree ? tree->root.child("items") : nullptr;
    if (list.call.status != 200 || !items || !arguments.has("take"))
        return finish(list, arguments, false);
    ExitCode worst = kExitOk;
    Node takenList = document::arrayNode("taken");
    for (const auto& entry : items->children) {
        auto taken = take(session, arguments, entry);
        worst = std::max(worst, taken.code);
        if (!arguments.has("json")) printForPeople(taken.node);
        takenList.children.push_back(std::move(taken.node));
    }
    if (arguments.has("json")) {
        auto root = answerNode(list, false);
        root.children.push_back(std::move(takenList));
        std::cout << document::writeJson(root) << '\n';
    } else if (items->children.empty()) {
        std::cout << "nothing waits\n";
    }
    return worst;
}

}  // namespace gateway::app
