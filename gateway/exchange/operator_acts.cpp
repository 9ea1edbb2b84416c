#include "gateway/exchange/operator_acts.h"

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/case_records.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {

using store::OutboxState;

std::string OperatorActs::record(const std::string& operatorName, const std::string& act,
                                 document::Node details) {
    const auto now = clock_.now();
    store::Acceptance acceptance;
    acceptance.evenIfShort = true;
    auto& message = acceptance.message;
    message.agency = identity_.address();
    message.messageId = base::newId("act", now);
    message.messageType = "OperatorAct";
    message.channel = "operator";
    message.receivedAt = message.decidedAt = now;

    document::Node root = document::objectNode();
    root.children.push_back(document::stringNode("id", message.messageId));
    root.children.push_back(document::stringNode("operator", operatorName));
    root.children.push_back(document::stringNode("act", act));
    root.children.push_back(document::stringNode("at", base::formatTimestamp(now)));
    details.name = "details";
    root.children.push_back(std::move(details));
    const std::string payload = document::writeJson(root);

    const auto seal = snapshots_.current()->seal;
    message.body = seal->own().jws(payload, "thahc-operator-act+json");
    message.mediaType = "application/jose";
    message.bodySha256 = document::sha256(message.body).hex();
    message.contentSha256 = document::sha256(payload).hex();
    message.signerSha256 = seal->certificate()->fingerprint().hex();
    model::Event event;
    event.type = model::EventType::OperatorActed;
    event.happenedOn = base::vietnamDate(now);
    event.recordedAt = now;
    event.actor = operatorName;
    event.messageId = message.messageId;
    event.contentSha256 = message.contentSha256;
    event.note = act;
    message.events = eventsText({event});
    message.receiptId = base::newId("rcp", now);
    message.receipt = message.body;  // our own word: the sealed act is its own evidence
    message.receiptMediaType = message.mediaType;
    message.entrySha256 = store::entryHash(message);
    const auto outcome = ledger_.accept(acceptance);
    GW_CHECK(std::holds_alternative<store::Stored>(outcome));
    return message.messageId;
}

base::Result<base::Done, std::string> OperatorActs::resend(const std::string& operatorName,
                                                           const std::string& itemId,
                                                           const std::string& reason) {
    const auto item = outbox_.find(itemId);
    if (item && item->state == OutboxState::Refused)
        return std::string(
            "its recipient has refused it, signed: these bytes are not sent again; its author "
            "corrects it by a new message");
    if (!item || item->state != OutboxState::Dead) return std::string("not among the dead letters");
    document::Node details = document::objectNode();
    details.children.push_back(document::stringNode("item", itemId));
    details.children.push_back(document::stringNode("recipient", item->recipient));
    details.children.push_back(document::stringNode("reason", reason));
    record(operatorName, "resend", std::move(details));
    store::OutboxMove move;
    const auto* partner = snapshots_.current()->registry->partner(item->recipient);
    const bool canBeAsked = partner && partner->pushUrl && partner->pushStatusUrl;
    move.to = item->renderedBytes.empty() ? OutboxState::Waiting
              : canBeAsked                ? OutboxState::Maybe
                                          : OutboxState::Rendered;
    move.at = clock_.now();
    move.dueAt = move.at;
    const bool moved = outbox_.move(itemId, item->state, move);
    bell_.ring(item->recipient);
    if (!moved) return std::string("somebody else sent it again meanwhile");
    return base::Done{};
}

}  // namespace gateway::exchange
