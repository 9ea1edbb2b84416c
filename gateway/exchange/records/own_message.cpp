#include "gateway/exchange/records/own_message.h"

#include "gateway/base/ids.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {

store::MessageRecord ownMessage(const Identity& identity, const EvidenceSeal& seal, OwnWord word,
                                base::Timestamp now) {
    const std::string payload = document::writeJson(word.payload);
    store::MessageRecord message;
    message.agency = identity.address();
    message.messageId = word.messageId;
    message.messageType = word.messageType;
    message.channel = word.channel;
    message.receivedAt = message.decidedAt = now;
    message.body = seal.own().jws(payload, word.sealType);
    message.mediaType = "application/jose";
    message.bodySha256 = document::sha256(message.body).hex();
    message.contentSha256 = document::sha256(payload).hex();
    message.signerSha256 = seal.certificate()->fingerprint().hex();
    word.event.messageId = message.messageId;
    word.event.contentSha256 = message.contentSha256;
    message.caseId = word.event.caseId;
    message.events = eventsText({word.event});
    message.receiptId = base::newId("rcp", now);
    message.receipt = message.body;  // our own word: what is sealed is its own evidence
    message.receiptMediaType = message.mediaType;
    return message;
}

void finish(store::MessageRecord& message) { message.entrySha256 = store::entryHash(message); }

}  // namespace gateway::exchange
