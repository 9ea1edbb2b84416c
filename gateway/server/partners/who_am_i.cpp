#include "gateway/server/partners/who_am_i.h"

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/reference/act_rights.h"

namespace gateway::server {
namespace {

using document::Node;

void addList(Node& object, const char* name, const std::vector<std::string>& values) {
    Node list = document::arrayNode(name);
    for (const auto& value : values) list.children.push_back(document::stringNode("", value));
    object.children.push_back(std::move(list));
}

Node agencyNode(const Request& request, const exchange::Snapshot& snapshot,
                const trust::Carriage& carriage) {
    Node node = document::objectNode();
    addText(node, "code", carriage.agency);
    const auto today = base::vietnamDate(request.receivedAt);
    if (const auto* agency = snapshot.reference->directory().find(carriage.agency, today)) {
        addText(node, "name", std::string(agency->nameOn(today)));
        addText(node, "kind", std::string(model::nameOf(agency->kind)));
    }
    node.children.push_back(document::booleanNode("mayRead", carriage.mayRead));
    std::vector<std::string> sendable;
    for (const auto type :
         snapshot.reference->rights().sendable(carriage.agency, request.receivedAt))
        sendable.emplace_back(model::nameOf(type));
    addList(node, "maySend", sendable);
    addList(node, "acts", exchange::actsOf(*snapshot.reference, carriage.agency, today));
    if (const auto* partner = snapshot.registry->partner(carriage.agency)) {
        addList(node, "formatsIn", partner->formatsIn);
        Node out = document::objectNode("formatsOut");
        for (const auto& [type, mapping] : partner->formatsOut)
            out.children.push_back(document::stringNode(type, mapping));
        node.children.push_back(std::move(out));
        addText(node, "delivery", partner->pushUrl ? "push" : "mailbox");
    }
    return node;
}

Node limitsNode(const base::Limits& limits) {
    Node node = document::objectNode("limits");
    const auto number = [&node](const char* name, std::size_t value) {
        addNumber(node, name, static_cast<std::int64_t>(value));
    };
    const auto seconds = [](auto span) {
        return static_cast<std::int64_t>(
            std::chrono::duration_cast<std::chrono::seconds>(span).count());
    };
    number("messageBytes", limits.requestBodyBytes);
    number("headBytes", limits.requestHeadBytes);
    number("headerFields", limits.requestHeaderCount);
    number("detachedHeaderBytes", base::kLongestDetachedHeader);
    number("messagesPerMinute", limits.messagesPerMinutePerAgency);
    number("requestsPerMinute", limits.requestsPerMinutePerChannel);
    number("refusalsPerMinute", limits.refusalsPerMinutePerChannel);
    number("connections", limits.connectionsPerChannel);
    number("connectionsPerAddress", limits.connectionsPerAddress);
    number("requestsPerConnection", limits.requestsPerConnection);
    number("slowestBytesPerSecond", limits.slowestBodyRate);
    addNumber(node, "handshakeSeconds", seconds(limits.handshakeTimeout));
    addNumber(node, "requestSeconds", seconds(limits.requestTimeout));
    addNumber(node, "keepAliveSeconds", seconds(limits.keepAliveTimeout));
    number("treeDepth", limits.treeDepth);
    number("treeNodes", limits.treeNodes);
    addNumber(node, "messageAgeSeconds", seconds(limits.messageAge));
    addNumber(node, "messageAheadSeconds", seconds(limits.messageAheadOfClock));
    addNumber(node, "querySkewSeconds", seconds(limits.querySkew));
    addNumber(node, "longestPollSeconds", seconds(limits.longestPoll));
    number("queryPage", limits.queryPage);
    number("contentBytes", limits.contentBytes);
    number("listItems", limits.contentItems);
    number("attachments", base::kMostAttachments);
    number("letterCopiesBytes", limits.letterCopiesBytes);
    number("parkedMessages", limits.parkedPerAgency);
    number("parkedBytes", limits.parkedBytes);
    addNumber(node, "parkedKeptSeconds", seconds(limits.parkedKept));
    number("storedBytes", limits.storedBytesPerAgency);
    number("refusedBytes", limits.refusedBytesPerAgency);
    addNumber(node, "refusedBytesKeptSeconds", seconds(limits.refusedBytesKept));
    addNumber(node, "revocationGraceSeconds", seconds(limits.revocationGrace));
    addNumber(node, "pushSeconds", seconds(limits.attemptTimeout));
    number("pushAnswerBytes", limits.answerBytes);
    return node;
}

}  // namespace

std::string whoAmIJson(const Request& request, const exchange::Snapshot& snapshot,
                       const trust::Channel& channel, const exchange::Identity& identity,
                       const base::Limits& limits) {
    Node root = document::objectNode();
    addText(root, "gateway", identity.address());
    addText(root, "time", base::formatTimestamp(request.receivedAt));
    if (const auto now = request.query.find("now"); now != request.query.end())
        if (const auto theirs = base::parseTimestamp(now->second))
            addNumber(root, "clockOffsetMs", (request.receivedAt - *theirs).count());
    Node node = document::objectNode("channel");
    addText(node, "id", channel.id);
    addText(node, "owner", channel.ownerAgency);
    addText(node, "certificateSha256", channel.certificate->fingerprint().hex());
    addText(node, "certificateExpires", base::formatTimestamp(channel.certificate->notAfter()));
    if (channel.validity.until)
        addText(node, "registeredUntil", base::formatTimestamp(*channel.validity.until));
    root.children.push_back(std::move(node));
    Node agencies = document::arrayNode("agencies");
    for (const auto& carriage : channel.carries)
        if (carriage.validity.covers(request.receivedAt))
            agencies.children.push_back(agencyNode(request, snapshot, carriage));
    root.children.push_back(std::move(agencies));
    root.children.push_back(limitsNode(limits));
    return document::writeJson(root);
}

}  // namespace gateway::server
