#pragma once
// The rows of the store as plain values. Times are base::Timestamp; digests are lower-case hex;
// `bytes` members are raw. Opaque JSON members are canonical (document::writeJson).

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/fault.h"

namespace gateway::store {

/// The disk or the database said no: the outcome of the last write is unknown.
class StoreFault : public base::Fault {
  public:
    using base::Fault::Fault;
};

/// One accepted message with its receipt. Never changes once stored.
struct MessageRecord {
    std::int64_t position = 0;     ///< order of recording; 0 before it is stored
    std::string agency, messageId; ///< the key
    std::string messageType;
    std::string channel;
    std::string signerSha256;      ///< of the signer's certificate
    std::string bodySha256;
    std::string contentSha256;
    std::string mediaType;
    std::string detachedHeader;    ///< X-JWS-Signature, if that is how it was signed
    std::string body;              ///< raw bytes
    base::Timestamp receivedAt{}, decidedAt{};
    std::string caseId;            ///< empty: belongs to no case (parked, ping, document)
    std::int64_t caseVersion = 0;  ///< after this message
    std::string mappingId, mappingSha256, rulesSha256;
    std::string events;            ///< JSON array
    std::string entrySha256;       ///< entry_hash over the fields above
    std::string receiptId;
    std::string receipt;           ///< signed bytes, in the sender's family
    std::string receiptMediaType;
};

/// Court, normalised number and date of a ruling: what agencies call a case.
struct CaseAlias {
    std::string court, number, date;
    friend bool operator==(const CaseAlias&, const CaseAlias&) = default;
};

/// Why an agency is in a case.
struct CaseAgency {
    std::string agency;
    std::string role;  ///< court, first-instance-court, enforcement, procuracy, obligated
    friend bool operator==(const CaseAgency&, const CaseAgency&) = default;
};

/// A case as folded so far, with the columns that questions select by.
struct CaseRecord {
    std::string caseId;
    std::int64_t version = 0;
    std::string court, firstInstanceCourt, province;
    std::string number;     ///< normalised
    std::string issuedOn;   ///< yyyy-MM-dd
    std::string stage;
    std::string snapshot;   ///< JSON of the fold
    std::vector<CaseAgency> agencies;  ///< filled on write; on read only by find()
};

enum class OutboxState : std::uint8_t {
    Waiting, Rendered, Sending, Maybe, Delivered, Refused, Dead
};

/// One promise to tell one agency something.
struct OutboxItem {
    std::string itemId;
    std::string recipient;
    std::string caseId;
    std::string messageType;      ///< of the case model
    std::string content;          ///< JSON: what to render, in the shape of the case model
    std::string sourceAgency, sourceMessageId;
    OutboxState state = OutboxState::Waiting;
    std::int64_t sequence = 0;    ///< order of recording; set by the store
    std::int64_t attempts = 0;
    base::Timestamp createdAt{}, dueAt{};
    std::optional<base::Timestamp> fetchedAt, closedAt;
    std::string renderedBytes, renderedMediaType, renderedHeader, renderedSha256;
    std::string partnerReceipt;   ///< the recipient's signed answer
    std::string lastError;
};

struct RenderedDelivery {
    std::string bytes, mediaType, header, sha256;
};

struct OutboxMove {
    OutboxState to{};
    base::Timestamp at{};
    std::optional<base::Timestamp> dueAt;
    bool countAttempt = false;
    bool fetched = false;
    std::string partnerReceipt;
    std::string error;
};

struct OutboxCounts {
    std::int64_t waiting = 0, rendered = 0, sending = 0, maybe = 0, delivered = 0, refused = 0,
                 dead = 0;
    std::optional<base::Timestamp> oldestOpen;
};

struct StoredAttachment {
    std::string sha256, bytes;
};

/// Everything that becomes durable together.
struct Acceptance {
    MessageRecord message;
    /// The case after this message; version must be expectedVersion + 1.
    std::optional<CaseRecord> caseAfter;
    std::int64_t expectedVersion = 0;  ///< 0 = the case is new
    std::vector<CaseAlias> newAliases;
    std::vector<OutboxItem> outbox;
    std::vector<StoredAttachment> attachments;
    std::optional<CaseAlias> parkUnder;         ///< accepted, but its ruling is not yet known
    std::vector<std::int64_t> unparkPositions;  ///< parked messages whose events this one carries
};

struct ReadAudit {
    std::string agency, queryId, channel, questionSha256, answerSha256;
    std::string purpose;  ///< message type
    std::string caseIds;  ///< JSON array of what was shown
    base::Timestamp at{};
};

struct RefusalRecord {
    std::string refusalId, channel, agency, messageId, code, bodySha256, bytes;
    std::int64_t length = 0;
    base::Timestamp at{};
};

/// Every present member must hold. Vectors: any of.
struct CaseFilter {
    std::string caseId, court, province, committee, issuedFrom, issuedUntil, stage, number;
    /// Whom the asker may see: the case has one of these (agency, role) pairs or lies in one of
    /// the provinces. Both empty = everything (operators only).
    std::vector<CaseAgency> visibleTo;
    std::vector<std::string> visibleProvinces;
};

struct StatisticsCount {
    std::string province, stage;
    std::int64_t cases = 0;
};

}  // namespace gateway::store
