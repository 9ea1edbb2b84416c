#pragma once
// The digest that every row of the log bears over its own fields, so that a later seal over many
// rows, a rebuild or an auditor can tell whether a row is still what was recorded.

#include <string>

#include "gateway/store/records.h"

namespace gateway::store {

/// entry_hash, lower-case hex: SHA-256 by document::FieldDigest over, in this order, which can
/// never change (a new order would be a new version tag):
///   "thahc-entry-1", agency, messageId, messageType, channel, signerSha256, bodySha256,
///   length of the body (decimal), contentSha256, mediaType, detachedHeader,
///   receivedAt, decidedAt (RFC 3339, UTC, milliseconds), caseId, caseVersion (decimal),
///   mappingId, mappingSha256, rulesSha256, SHA-256 of events (lower-case hex), receiptId.
/// Not covered: the position (not yet known), the receipt (it states this very hash) and the
/// body's bytes (bodySha256 stands for them). Thread-safe.
[[nodiscard]] std::string entryHash(const MessageRecord& message);

/// A record that was read without its body states the body's length by bodyLength.
/// Whether the columns hold by themselves: entrySha256 over them; the body is not looked at.
[[nodiscard]] bool columnsHold(const MessageRecord& message);

/// Whether entrySha256 and bodySha256 of a whole record hold; of one whose body was archived, which
/// has to be held against the same digest, only the former.
[[nodiscard]] bool entryHolds(const MessageRecord& message);

// Digests over what stands beside the log. They tell damage and tampering that does not know them;
// who can write to the file can write them anew, and is found by `rebuild` from the log and by the
// seals on receipts. FieldDigest, lower-case hex; instants in milliseconds, decimal.

/// "thahc-item-1", itemId, recipient, caseId, messageType, sourceAgency, sourceMessageId,
/// createdAt, content.
[[nodiscard]] std::string itemHash(const OutboxItem& item);
/// Whether an item is still what an act has made of it: checked before it is sealed.
[[nodiscard]] bool itemHolds(const OutboxItem& item);

/// "thahc-case-1", caseId, version, court, firstInstanceCourt, province, number, issuedOn, stage,
/// snapshot.
[[nodiscard]] std::string caseHash(const CaseRecord& record);

/// "thahc-receipt-1", receiptId, receiptMediaType, receipt.
[[nodiscard]] std::string receiptHash(const MessageRecord& message);

/// Whether the rendered bytes of an item, as Outbox::find() gives it, are those that were sealed.
[[nodiscard]] bool renderingHolds(const OutboxItem& item);

}  // namespace gateway::store
