#include "gateway/exchange/delivery/operator_acts.h"

#include "gateway/base/ids.h"
#include "gateway/base/limits.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"

namespace gateway::exchange {

using store::OutboxState;

namespace {

document::Node detailsOf(const store::OutboxItem& item) {
    document::Node details = document::objectNode();
    details.children.push_back(document::stringNode("item", item.itemId));
    details.children.push_back(document::stringNode("recipient", item.recipient));
    return details;
}

}  // namespace

document::Node OperatorActs::payloadOf(const std::string& messageId,
                                       const std::string& operatorName, const std::string& act,
                                       document::Node details, base::Timestamp now) const {
    document::Node root = document::objectNode();
    root.children.push_back(document::stringNode("id", messageId));
    root.children.push_back(document::stringNode("operator", operatorName));
    root.children.push_back(document::stringNode("act", act));
    root.children.push_back(document::stringNode("at", base::formatTimestamp(now)));
    details.name = "details";
    root.children.push_back(std::move(details));
    return root;
}

OwnWord OperatorActs::wordOf(std::string messageId, const std::string& operatorName,
                             const std::string& act, document::Node details,
                             base::Timestamp now) const {
    OwnWord word;
    word.messageId = std::move(messageId);
    word.messageType = kOperatorAct;
    word.channel = "operator";
    word.sealType = "thahc-operator-act+json";
    word.payload = payloadOf(word.messageId, operatorName, act, std::move(details), now);
    word.event.type = model::EventType::OperatorActed;
    word.event.happenedOn = base::vietnamDate(now);
    word.event.recordedAt = now;
    word.event.actor = operatorName;
    word.event.note = act;
    return word;
}

std::string OperatorActs::record(const std::string& operatorName, const std::string& act,
                                 document::Node details) {
    const auto now = clock_.now();
    auto word = wordOf(base::newId("act", now), operatorName, act, std::move(details), now);
    store::Acceptance acceptance;
    acceptance.evenIfShort = true;
    acceptance.message = ownMessage(identity_, *snapshots_.current()->seal, std::move(word), now);
    finish(acceptance.message);
    const auto outcome = ledger_.accept(acceptance);
    GW_CHECK(std::holds_alternative<store::Stored>(outcome));
    return acceptance.message.messageId;
}

OperatorActs::Done OperatorActs::resend(const std::string& operatorName, const std::string& itemId,
                                        const std::string& reason) {
    const auto item = outbox_.find(itemId);
    if (item && item->state == OutboxState::Refused)
        return std::string(
            "its recipient has refused it, signed: these bytes are not sent again; its author "
            "corrects it by a new message");
    if (!item || item->state != OutboxState::Dead) return std::string("not among the dead letters");
    document::Node details = detailsOf(*item);
    details.children.push_back(document::stringNode("reason", reason));
    record(operatorName, "resend", std::move(details));
    note(operatorName, itemId, "resend: " + reason);
    if (!open(*item)) return std::string("somebody else sent it again meanwhile");
    return base::Done{};
}

bool OperatorActs::open(const store::OutboxItem& item) {
    store::OutboxMove move;
    const auto* partner = snapshots_.current()->registry->partner(item.recipient);
    const bool canBeAsked = partner && partner->pushUrl && partner->pushStatusUrl;
    move.to = item.renderedSha256.empty() ? OutboxState::Waiting
              : canBeAsked                ? OutboxState::Maybe
                                          : OutboxState::Rendered;
    move.at = clock_.now();
    move.dueAt = move.at;
    const bool moved = outbox_.move(item.itemId, item.state, move);
    bell_.ring(item.recipient);
    return moved;
}

// In order of recording, so that each takes its place before what came after it in its case.
OperatorActs::SentAgain OperatorActs::resendAll(const std::string& operatorName,
                                                store::DeadLetterFilter filter,
                                                const std::string& reason) {
    filter.state = OutboxState::Dead;
    document::Node details = document::objectNode();
    for (const auto& [name, value] :
         {std::pair{"recipient", filter.recipient}, std::pair{"source", filter.sourceAgency},
          std::pair{"case", filter.caseId}, std::pair{"type", filter.messageType}})
        if (!value.empty()) details.children.push_back(document::stringNode(name, value));
    details.children.push_back(document::stringNode("reason", reason));
    record(operatorName, "resend-all", std::move(details));
    SentAgain sent;
    std::int64_t after = 0;
    for (;;) {
        const auto page = outbox_.deadLetters(filter, after, base::kDeadLetterPage);
        if (page.empty()) return sent;
        for (const auto& item : page) {
            if (sent.items == base::kSentAgainAtOnce) return sent.more = true, sent;
            after = item.sequence;
            if (open(item)) ++sent.items;
        }
    }
}

OperatorActs::Done OperatorActs::addNote(const std::string& operatorName, const std::string& itemId,
                                         const std::string& text) {
    const auto item = outbox_.find(itemId);
    if (!item) return std::string("no such item");
    document::Node details = detailsOf(*item);
    details.children.push_back(document::stringNode("text", text));
    record(operatorName, "note", std::move(details));
    note(operatorName, itemId, text);
    return base::Done{};
}

OperatorActs::Done OperatorActs::settle(const std::string& operatorName, const std::string& itemId,
                                        model::DeliveryOutcome outcome, const std::string& reason) {
    const auto item = outbox_.find(itemId);
    if (!item || (item->state != OutboxState::Dead && item->state != OutboxState::Refused))
        return std::string("not among the dead letters");
    const auto now = clock_.now();
    const auto messageId = base::newId("act", now);
    const auto word = std::string(nameOf(outcome));
    document::Node details = detailsOf(*item);
    details.children.push_back(document::stringNode("outcome", word));
    details.children.push_back(document::stringNode("reason", reason));
    ends_.settled(*item, outcome, reason, messageId,
                  payloadOf(messageId, operatorName, "settle", std::move(details), now), now);
    note(operatorName, itemId, word + ": " + reason);
    store::OutboxMove move;
    move.to = OutboxState::Settled;
    move.at = now;
    const bool moved = outbox_.move(itemId, item->state, move);
    bell_.ring(item->recipient);
    if (!moved) return std::string("somebody else was at it meanwhile; look again");
    return base::Done{};
}

void OperatorActs::note(const std::string& operatorName, const std::string& itemId,
                        const std::string& text) {
    outbox_.addNote(itemId, {clock_.now(), operatorName, text});
}

}  // namespace gateway::exchange
