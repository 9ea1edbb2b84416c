#include "gateway/store/entry_hash.h"

#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"

namespace gateway::store {
namespace {

std::int64_t lengthOf(const MessageRecord& message) {
    return message.body.empty() ? message.bodyLength
                                : static_cast<std::int64_t>(message.body.size());
}

std::string millisecondsOf(base::Timestamp instant) {
    return std::to_string(instant.time_since_epoch().count());
}

}  // namespace

std::string entryHash(const MessageRecord& message) {
    return document::FieldDigest()
        .add("thahc-entry-1")
        .add(message.agency)
        .add(message.messageId)
        .add(message.messageType)
        .add(message.channel)
        .add(message.signerSha256)
        .add(message.bodySha256)
        .add(std::to_string(lengthOf(message)))
        .add(message.contentSha256)
        .add(message.mediaType)
        .add(message.detachedHeader)
        .add(base::formatTimestamp(message.receivedAt))
        .add(base::formatTimestamp(message.decidedAt))
        .add(message.caseId)
        .add(std::to_string(message.caseVersion))
        .add(message.mappingId)
        .add(message.mappingSha256)
        .add(message.rulesSha256)
        .add(document::sha256(message.events).hex())
        .add(message.receiptId)
        .finish()
        .hex();
}

bool columnsHold(const MessageRecord& message) { return message.entrySha256 == entryHash(message); }

bool entryHolds(const MessageRecord& message) {
    const bool archived = !message.archivedIn.empty() && message.body.empty();
    return (archived || message.bodySha256 == document::sha256(message.body).hex()) &&
           message.entrySha256 == entryHash(message);
}

std::string itemHash(const OutboxItem& item) {
    return document::FieldDigest()
        .add("thahc-item-1")
        .add(item.itemId)
        .add(item.recipient)
        .add(item.caseId)
        .add(item.messageType)
        .add(item.sourceAgency)
        .add(item.sourceMessageId)
        .add(millisecondsOf(item.createdAt))
        .add(item.content)
        .finish()
        .hex();
}

bool itemHolds(const OutboxItem& item) { return item.itemSha256 == itemHash(item); }

std::string caseHash(const CaseRecord& record) {
    return document::FieldDigest()
        .add("thahc-case-1")
        .add(record.caseId)
        .add(std::to_string(record.version))
        .add(record.court)
        .add(record.firstInstanceCourt)
        .add(record.province)
        .add(record.number)
        .add(record.issuedOn)
        .add(record.stage)
        .add(record.snapshot)
        .finish()
        .hex();
}

std::string receiptHash(const MessageRecord& message) {
    return document::FieldDigest()
        .add("thahc-receipt-1")
        .add(message.receiptId)
        .add(message.receiptMediaType)
        .add(message.receipt)
        .finish()
        .hex();
}

bool renderingHolds(const OutboxItem& item) {
    return item.renderedSha256 == document::sha256(item.renderedBytes).hex();
}

}  // namespace gateway::store
