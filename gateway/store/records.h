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
#include "gateway/store/given_names.h"
#include "gateway/store/outbox_item.h"
#include "gateway/store/term_rows.h"

namespace gateway::store {

/// The disk or the database said no: the outcome of the last write is unknown, or the store cannot
/// be opened at all.
class StoreFault : public base::Fault {
  public:
    using base::Fault::Fault;
};

/// Too much to do just now: nothing was written, the same call may be made again (503).
class StoreBusy : public base::Fault {
  public:
    using base::Fault::Fault;
};

/// No space for it: nothing was written, and the disk is left to what is needed to mend it.
class StoreFull : public StoreBusy {
  public:
    using StoreBusy::StoreBusy;
};

/// A row is no longer what was recorded: it is neither served nor sealed, nothing else is harmed,
/// and an operator is told (StoreFigures::damaged).
class StoreDamaged : public base::Fault {
  public:
    using base::Fault::Fault;
};

/// The question was interrupted: it would have read for longer than one partner may.
class StoreTooCostly : public base::Fault {
  public:
    using base::Fault::Fault;
};

/// One accepted message with its receipt. Never changes once stored.
struct MessageRecord {
    /// Order of recording, from 1 without a gap; 0 before it is stored.
    std::int64_t position = 0;
    std::string agency, messageId;  ///< the key
    std::string messageType;
    std::string channel;
    std::string signerSha256;  ///< of the signer's certificate
    std::string bodySha256;
    std::string contentSha256;
    std::string mediaType;
    std::string detachedHeader;   ///< X-JWS-Signature, if that is how it was signed
    std::string body;             ///< raw bytes
    std::int64_t bodyLength = 0;  ///< set by the store when it reads, with the body or without
    std::string archivedIn;       ///< the archive that has the body; set where it would be read
    base::Timestamp receivedAt{}, decidedAt{};
    std::string caseId;            ///< empty: belongs to no case (parked, ping, document)
    std::int64_t caseVersion = 0;  ///< after this message
    std::string mappingId, mappingSha256, rulesSha256;
    std::string events;       ///< JSON array
    std::string entrySha256;  ///< entryHash() (entry_hash.h) over all but position
    std::string receiptId;
    std::string receipt;  ///< signed bytes, in the sender's family
    std::string receiptMediaType;
};

/// A message that waits, and the ruling it waits for.
struct ParkedMessage {
    std::int64_t position = 0;
    std::string agency;
    CaseAlias under;
};

/// A case as folded so far, with the columns that questions select by.
struct CaseRecord {
    std::string caseId;
    std::string subject;  ///< of a file that is of no ruling (model/matter.h); never changes
    std::int64_t version = 0;
    std::string court, firstInstanceCourt, province;
    std::string number;    ///< normalised
    std::string issuedOn;  ///< yyyy-MM-dd
    std::string stage;
    std::string snapshot;  ///< JSON of the fold
    /// yyyy-MM-dd: when the clock has something to say of it next; the earliest last day of what is
    /// owed in it still. Empty: none. Not covered by the row's digest; `rebuild` compares them.
    std::string nextDay, firstDue;
    /// Under which number it stands in whose register of which year, or empty. As nextDay.
    std::string registered;
    /// A set; on read filled by find() and findByAlias() only, ordered by agency, then role.
    std::vector<CaseAgency> agencies;
    /// Where something of it was ever made public, a set; written only (Cases::forEachPublished).
    std::vector<std::string> portals;
    /// What is owed in it or was answered late, a set; written only (TermLists).
    std::vector<TermRow> terms;
};

/// A case of which something was made public at a portal, and its version.
struct PublishedCase {
    std::string caseId, portal;
    std::int64_t version = 0;
    friend bool operator==(const PublishedCase&, const PublishedCase&) = default;
};

struct StoredAttachment {
    std::string sha256, bytes;
};

/// What bytes of an agency are kept as. Numbers in the store.
enum class StoredKind : std::uint8_t { Message, File, Delivery, Read };

/// Bytes kept for one agency: its messages, the files that it holds, deliveries that its messages
/// have caused, what it has read; beside them refused bytes, which give way by
/// themselves. What is parked is a part of its messages.
struct AgencyStorage {
    std::string agency;
    std::int64_t messages = 0, files = 0, deliveries = 0, reads = 0, refused = 0, parked = 0;
    std::int64_t refusalsGone = 0;  ///< records of refusals that gave way to newer ones
    [[nodiscard]] std::int64_t total() const noexcept {
        return messages + files + deliveries + reads;
    }
};

/// Everything that becomes durable together.
struct Acceptance {
    MessageRecord message;
    /// The case after this message; version must be expectedVersion + 1.
    std::optional<CaseRecord> caseAfter;
    std::int64_t expectedVersion = 0;  ///< 0 = the case is new
    /// What may be stored of its agency in all; 0: as much as comes.
    std::size_t storedQuota = 0;
    bool evenIfShort = false;  ///< an operator's act: mends a disk that is nearly full
    std::vector<CaseAlias> newAliases;
    /// Names that lead to the case of the message and shall lead nowhere afterwards.
    std::vector<CaseAlias> freedAliases;
    std::vector<OutboxItem> outbox;
    std::vector<StoredAttachment> attachments;
    std::vector<std::string> filesNamed;  ///< digests, whether enclosed or sent earlier
    /// Accepted, but its ruling is not yet known, or its sender has no part in the case.
    std::optional<CaseAlias> parkUnder;
    /// The case that is called so already and has this version, in which the sender has no part;
    /// empty: no case may be called so.
    std::string parkBeside;
    std::int64_t besideVersion = 0;
    /// Parked messages that leave the park because of this one, and those that were seen and stay.
    /// All that wait under `newAliases` and `looksUnder` must be named in one of them: one that
    /// arrived unseen, or one of the former that has left meanwhile, gives VersionMoved.
    std::vector<std::int64_t> unparkPositions, stillParked;
    std::optional<CaseAlias> looksUnder;
    /// What it brings first; a name that its agency has used already, or an earlier document that
    /// it changes and that has another version by now, gives VersionMoved.
    std::optional<DocumentName> document;
    /// What the gateway says of it in other cases, at most one in each: messages of its own,
    /// recorded behind it or none of all. A key that is taken or a version that is another gives
    /// VersionMoved.
    std::vector<Acceptance> following;
};

struct RefusalRecord {
    std::string refusalId, channel, agency, messageId, code, bodySha256, bytes;
    std::int64_t length = 0;
    base::Timestamp at{};
    std::int64_t number = 0;  ///< of recording; set by the store when it reads
};

/// How many refused bytes are kept, and of whom: those of one holder are counted together.
struct RefusedBytesQuota {
    std::string holder;
    std::size_t bytes = 0;
    /// What was refused at this time or later does not give way. None: a ring.
    std::optional<base::Timestamp> keptSince{};
    /// Records of one holder; beyond them the oldest give way whose bytes may. 0: none does.
    std::size_t records = 0;
};

inline constexpr const char* kAnySubject = "any";

/// Every present member must hold. Vectors: any of.
struct CaseFilter {
    std::string caseId, court, province, committee, issuedFrom, issuedUntil, stage, number;
    std::string subject;              ///< empty: of rulings; "any": of every subject
    std::string owedUntil;            ///< something is owed in it whose last day is this or earlier
    std::optional<CaseAlias> ruling;  ///< the one case that is called so
    /// Whom the asker may see: the case has one of these (agency, role) pairs or lies in one of
    /// the provinces. Both empty = everything (operators only).
    std::vector<CaseAgency> visibleTo;
    std::vector<std::string> visibleProvinces;
    /// Who asks (a channel): readers are shared fairly between these. Selects nothing.
    std::string askedBy;
};

/// Messages of several cases, case by case.
struct Histories {
    std::vector<MessageRecord> messages;
    std::size_t whole = 0;  ///< so many of the cases asked for are there to their end
};

struct StatisticsCount {
    std::string province, stage;
    std::int64_t cases = 0;
};

}  // namespace gateway::store
