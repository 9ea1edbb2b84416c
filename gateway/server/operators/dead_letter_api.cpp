#include "gateway/server/operators/dead_letter_api.h"

#include <charconv>

#include "gateway/base/limits.h"
#include "gateway/base/printable.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Node;
using store::OutboxState;

constexpr const char* kPath = "/v1/dead-letters";
constexpr const char* kWaitingPath = "/v1/waiting";
constexpr std::size_t kUsualPage = 100;

Response jsonResponse(const Node& node, int status = 200) {
    return {status, "application/json", {}, document::writeJson(node)};
}

Response badParameter(const Request& request, const std::string& name) {
    return problemResponse(Problem(ErrorCode::HTTP_BAD_PARAMETER).with("name", name),
                           request.correlation);
}

Response doneResponse(const exchange::OperatorActs::Done& done) {
    Node node = document::objectNode();
    addFlag(node, "done", done.ok());
    if (!done) node.children.push_back(document::stringNode("reason", done.error()));
    return jsonResponse(node, done ? 200 : 409);
}

std::string memberOf(const Node& object, const char* name) {
    const auto* member = object.child(name);
    return member ? member->value : std::string();
}

// One line that any terminal and page can show.
bool isOperatorsWords(const std::string& text) {
    return !text.empty() && text.size() <= base::kOperatorWords && base::printable(text) == text &&
           text.find_first_of("\n\t") == std::string::npos;
}

const char* wordFor(OutboxState state) {
    switch (state) {
        case OutboxState::Waiting: return "waiting";
        case OutboxState::Rendered: return "rendered";
        case OutboxState::Sending: return "sending";
        case OutboxState::Maybe: return "maybe";
        case OutboxState::Delivered: return "delivered";
        case OutboxState::Refused: return "refused";
        case OutboxState::Dead: return "dead";
        case OutboxState::Settled: return "settled";
    }
    return "";
}

std::optional<OutboxState> closedStateOf(const std::string& word) {
    for (const auto state : {OutboxState::Refused, OutboxState::Dead, OutboxState::Settled})
        if (word == wordFor(state)) return state;
    return std::nullopt;
}

std::optional<std::int64_t> numberOf(const std::string& text, std::int64_t most) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end || value < 0 || value > most)
        return std::nullopt;
    return value;
}

/// What a list is asked for.
struct Wanted {
    store::DeadLetterFilter filter;
    std::int64_t after = 0;
    std::size_t limit = kUsualPage;
};

// The error names the parameter.
base::Result<Wanted, std::string> wantedBy(const Request& request) {
    Wanted wanted;
    for (const auto& [name, value] : request.query) {
        if (name == "state") {
            wanted.filter.state = closedStateOf(value);
            if (!wanted.filter.state) return name;
        } else if (name == "recipient") {
            wanted.filter.recipient = value;
        } else if (name == "source") {
            wanted.filter.sourceAgency = value;
        } else if (name == "case") {
            wanted.filter.caseId = value;
        } else if (name == "type") {
            if (!model::isTypeName(value)) return name;
            wanted.filter.messageType = value;
        } else if (name == "after") {
            const auto after = numberOf(value, std::int64_t{1} << 62U);
            if (!after) return name;
            wanted.after = *after;
        } else if (name == "limit") {
            const auto limit = numberOf(value, base::kDeadLetterPage);
            if (!limit || *limit == 0) return name;
            wanted.limit = static_cast<std::size_t>(*limit);
        } else {
            return name;
        }
    }
    return wanted;
}

Node noteNode(const store::OutboxNote& note) {
    Node node = document::objectNode();
    addText(node, "at", base::formatTimestamp(note.at));
    addText(node, "operator", note.operatorName);
    addText(node, "text", note.text);
    return node;
}

}  // namespace

std::optional<Response> DeadLetterApi::handle(const Request& request,
                                              const std::string& operatorName) {
    const std::string& path = request.path;
    const std::string below = std::string(kPath) + "/";
    if (request.method == "GET") {
        if (path == kPath) return list(request);
        if (path == kWaitingPath) return waiting(request);
        if (!path.starts_with(below)) return std::nullopt;
        if (!request.query.empty()) return badParameter(request, request.query.begin()->first);
        return one(request, path.substr(below.size()));
    }
    if (path != "/v1/resend" && !path.starts_with(below)) return std::nullopt;
    if (!request.query.empty()) return badParameter(request, request.query.begin()->first);
    const auto tree = document::readJson(request.body.empty() ? "{}" : request.body);
    if (!tree) return problemResponse(tree.error(), request.correlation);
    const auto& body = tree->root;
    if (path == "/v1/resend") return resend(request, body, operatorName);
    if (path == below + "resend") return resendAll(request, body, operatorName);
    if (path == below + "note") return note(request, body, operatorName);
    if (path == below + "close") return close(request, body, operatorName);
    return std::nullopt;
}

Node DeadLetterApi::nodeOf(const store::OutboxItem& item) const {
    Node node = document::objectNode();
    addText(node, "item", item.itemId);
    addText(node, "state", wordFor(item.state));
    addText(node, "recipient", item.recipient);
    addText(node, "case", item.caseId);
    addText(node, "type", item.messageType);
    addText(node, "source", item.sourceAgency);
    addText(node, "sourceMessageId", item.sourceMessageId);
    addNumber(node, "attempts", item.attempts);
    addText(node, "createdAt", base::formatTimestamp(item.createdAt));
    if (item.closedAt) addText(node, "closedAt", base::formatTimestamp(*item.closedAt));
    if (item.holds) addFlag(node, "holdsItsCase", true);
    addText(node, "reason", base::printable(item.lastError));
    return node;
}

Response DeadLetterApi::list(const Request& request) const {
    const auto wanted = wantedBy(request);
    if (!wanted) return badParameter(request, wanted.error());
    const auto items = outbox_.deadLetters(wanted->filter, wanted->after, wanted->limit);
    Node list = document::arrayNode("items");
    for (const auto& item : items) {
        Node node = nodeOf(item);
        const auto notes = outbox_.notes(item.itemId);
        if (!notes.empty()) {
            Node last = noteNode(notes.back());
            last.name = "note";
            node.children.push_back(std::move(last));
        }
        list.children.push_back(std::move(node));
    }
    const auto counts = outbox_.counts();
    Node all = document::objectNode("counts");
    addNumber(all, "dead", counts.dead);
    addNumber(all, "refused", counts.refused);
    addNumber(all, "settled", counts.settled);
    Node root = document::objectNode();
    root.children.push_back(std::move(list));
    root.children.push_back(std::move(all));
    if (items.size() == wanted->limit) addNumber(root, "next", items.back().sequence);
    return jsonResponse(root);
}

// All recipients, or one recipient's items.
Response DeadLetterApi::waiting(const Request& request) const {
    const auto wanted = wantedBy(request);
    if (!wanted) return badParameter(request, wanted.error());
    const auto& filter = wanted->filter;
    for (const auto& [name, value] : request.query)
        if (name != "recipient" &&
            (filter.recipient.empty() || (name != "after" && name != "limit")))
            return badParameter(request, name);
    Node root = document::objectNode();
    if (filter.recipient.empty()) {
        Node list = document::arrayNode("recipients");
        for (const auto& one : outbox_.waiting()) {
            Node node = document::objectNode();
            addText(node, "recipient", one.recipient);
            addNumber(node, "items", one.items);
            if (one.maybe > 0) addNumber(node, "maybe", one.maybe);
            addText(node, "oldest", base::formatTimestamp(one.oldest));
            list.children.push_back(std::move(node));
        }
        root.children.push_back(std::move(list));
        return jsonResponse(root);
    }
    const auto items = outbox_.waitingFor(filter.recipient, wanted->after, wanted->limit);
    Node list = document::arrayNode("items");
    for (const auto& item : items) {
        Node node = nodeOf(item);
        addText(node, "dueAt", base::formatTimestamp(item.dueAt));
        if (item.fetchedAt) addText(node, "fetchedAt", base::formatTimestamp(*item.fetchedAt));
        list.children.push_back(std::move(node));
    }
    root.children.push_back(std::move(list));
    if (items.size() == wanted->limit) addNumber(root, "next", items.back().sequence);
    return jsonResponse(root);
}

Response DeadLetterApi::one(const Request& request, const std::string& itemId) const {
    const auto item = outbox_.find(itemId);
    if (!item) return problemResponse(Problem(ErrorCode::HTTP_NOT_FOUND), request.correlation);
    Node node = nodeOf(*item);
    Node notes = document::arrayNode("notes");
    for (const auto& note : outbox_.notes(itemId)) notes.children.push_back(noteNode(note));
    node.children.push_back(std::move(notes));
    return jsonResponse(node);
}

Response DeadLetterApi::resend(const Request& request, const Node& body,
                               const std::string& operatorName) {
    const auto item = memberOf(body, "item"), reason = memberOf(body, "reason");
    if (item.empty()) return badParameter(request, "item");
    if (!isOperatorsWords(reason)) return badParameter(request, "reason");
    return doneResponse(acts_.resend(operatorName, item, reason));
}

// Whom it concerns must be said: "everything" is a slip more often than a wish.
Response DeadLetterApi::resendAll(const Request& request, const Node& body,
                                  const std::string& operatorName) {
    store::DeadLetterFilter filter;
    filter.recipient = memberOf(body, "recipient");
    filter.sourceAgency = memberOf(body, "source");
    filter.caseId = memberOf(body, "case");
    filter.messageType = memberOf(body, "type");
    const auto reason = memberOf(body, "reason");
    if (filter.recipient.empty() && filter.caseId.empty())
        return badParameter(request, "recipient");
    if (!isOperatorsWords(reason)) return badParameter(request, "reason");
    const auto sent = acts_.resendAll(operatorName, filter, reason);
    Node node = document::objectNode();
    addFlag(node, "done", true);
    addNumber(node, "items", static_cast<std::int64_t>(sent.items));
    if (sent.more) addFlag(node, "more", true);
    return jsonResponse(node);
}

Response DeadLetterApi::note(const Request& request, const Node& body,
                             const std::string& operatorName) {
    const auto item = memberOf(body, "item"), text = memberOf(body, "text");
    if (item.empty()) return badParameter(request, "item");
    if (!isOperatorsWords(text)) return badParameter(request, "text");
    return doneResponse(acts_.addNote(operatorName, item, text));
}

Response DeadLetterApi::close(const Request& request, const Node& body,
                              const std::string& operatorName) {
    using model::DeliveryOutcome;
    const auto item = memberOf(body, "item"), reason = memberOf(body, "reason");
    const auto outcome = model::valueOf<DeliveryOutcome>(memberOf(body, "outcome"));
    if (item.empty()) return badParameter(request, "item");
    if (outcome != DeliveryOutcome::ServedOtherwise && outcome != DeliveryOutcome::Dismissed)
        return badParameter(request, "outcome");
    if (!isOperatorsWords(reason)) return badParameter(request, "reason");
    return doneResponse(acts_.settle(operatorName, item, *outcome, reason));
}

}  // namespace gateway::server
