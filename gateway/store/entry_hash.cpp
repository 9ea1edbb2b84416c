#include "gateway/store/entry_hash.h"

#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"

namespace gateway::store {

std::string entryHash(const MessageRecord& message) {
    const auto length = message.archivedIn.empty() ? static_cast<std::int64_t>(message.body.size())
                                                   : message.bodyLength;
    return document::FieldDigest()
        .add("thahc-entry-1")
        .add(message.agency)
        .add(message.messageId)
        .add(message.messageType)
        .add(message.channel)
        .add(message.signerSha256)
        .add(message.bodySha256)
        .add(std::to_string(length))
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

bool entryHolds(const MessageRecord& message) {
    const bool archived = !message.archivedIn.empty() && message.body.empty();
    return (archived || message.bodySha256 == document::sha256(message.body).hex()) &&
           message.entrySha256 == entryHash(message);
}

bool renderingHolds(const OutboxItem& item) {
    return item.renderedSha256 == document::sha256(item.renderedBytes).hex();
}

}  // namespace gateway::store
