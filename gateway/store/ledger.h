#pragma once
// The port to everything durable. The log (messages with their events) is the truth; cases are
// folds of it that the store keeps at hand, outbox items are promises to deliver.

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/store/log_search.h"
#include "gateway/store/read_audit.h"
#include "gateway/store/records.h"

namespace gateway::store {

/// What became of an acceptance. Messages come without their bodies.
struct Stored {
    std::int64_t position = 0;
};  ///< durable now
struct SameContent {
    MessageRecord message;
};  ///< the key was taken with this very content
struct OtherContent {
    MessageRecord message;
};                       ///< the key was taken with other content
struct VersionMoved {};  ///< the case changed meanwhile: judge again
struct AliasTaken {
    std::string caseId;
};  ///< the ruling became a case meanwhile
struct OverQuota {
    std::int64_t used = 0;
};  ///< as much is stored of the agency as may be
using AcceptOutcome =
    std::variant<Stored, SameContent, OtherContent, OverQuota, VersionMoved, AliasTaken>;

/// Thread-safe. Every write blocks until it is durable (synchronous=FULL, many waiting writes
/// share one commit). A failed commit or fsync throws StoreFault to every waiter and to all later
/// calls: the outcome is unknown, the process must stop, and recovery is opening again. A full
/// queue throws StoreBusy, a full disk StoreFull: nothing was written. What only a mistake of ours
/// can cause (an item id used twice, a version that does not follow) throws Fault, writes nothing
/// and harms nobody else.
class Ledger : public LogSearch {
  public:
    /// Promise P1: message, events, case, outbox and receipt in one transaction. Asked in this
    /// order, the first "no" decides and nothing is written: key (content and type), quota of
    /// its agency, version of the case, name of the document and versions of those it changes,
    /// aliases (those to park under as well), parked messages. Too little free space
    /// (limits.freeSpaceRefuseBytes): StoreFull before anything is asked.
    [[nodiscard]] virtual AcceptOutcome accept(const Acceptance& acceptance) = 0;

    // Look-ups leave bodies empty (each may have many MiB). What they find is held against its
    // digests, also a message that accept() finds: StoreDamaged, if they do not hold.

    /// The accepted message with this body on this channel, if any.
    [[nodiscard]] virtual std::optional<MessageRecord> findByBody(std::string_view channel,
                                                                  std::string_view bodySha256) = 0;
    [[nodiscard]] virtual std::optional<MessageRecord> findByKey(std::string_view agency,
                                                                 std::string_view messageId) = 0;
    [[nodiscard]] virtual std::optional<MessageRecord> findByReceipt(
        std::string_view receiptId) = 0;
    /// With its body, for what passes on the original.
    [[nodiscard]] virtual std::optional<MessageRecord> findWhole(std::string_view agency,
                                                                 std::string_view messageId) = 0;

    /// Writes rows anew that were derived again from their messages, each only if its case still
    /// has that version.
    virtual void refold(const std::vector<CaseRecord>& cases) = 0;

    /// Takes a query id once (REPLAY) and writes the audit line in the same transaction, before
    /// the answer is given. `storedQuota` as Acceptance's.
    [[nodiscard]] virtual ReadRecorded recordRead(const ReadAudit& audit,
                                                  std::size_t storedQuota) = 0;
    /// A refusal of class U or A: digest and code, and bytes within the quota; the holder's oldest
    /// bytes give way, their digests stay. If those that may not give way leave no room, nothing is
    /// recorded and the time is returned of the newest of those that must go first (of the 500th,
    /// if there are more). Bytes that are by themselves beyond the quota are never kept,
    /// nor is any while there is too little free space.
    [[nodiscard]] virtual std::optional<base::Timestamp> recordRefusal(
        const RefusalRecord& refusal, const RefusedBytesQuota& quota) = 0;

    /// What is kept of an agency and counts against acceptance.storedQuota; and by agency, those
    /// with most bytes first.
    [[nodiscard]] virtual std::int64_t storedBytes(std::string_view agency) = 0;
    [[nodiscard]] virtual std::vector<AgencyStorage> storage() = 0;
};

/// Read side of cases. Thread-safe.
class Cases : public TermLists {
  public:
    [[nodiscard]] virtual std::optional<CaseRecord> find(std::string_view caseId) = 0;
    /// By what agencies call the ruling: court code, normalised number, date.
    [[nodiscard]] virtual std::optional<CaseRecord> findByAlias(const CaseAlias& alias) = 0;
    /// Whether another case than that one stands under that number of a register
    /// (CaseRecord::registered).
    [[nodiscard]] virtual bool isRegisteredElsewhere(std::string_view registered,
                                                     std::string_view caseId) = 0;
    /// The document that this agency has called so.
    [[nodiscard]] virtual std::optional<KnownDocument> findDocument(std::string_view agency,
                                                                    std::string_view name) = 0;
    // What partners ask (select, count, historiesOf) is interrupted by its time limit with
    // StoreTooCostly, and never takes the readers that look-ups need.
    // Cases and messages are held against their digests: StoreDamaged. Which agencies are in a case
    // is not covered; the walks for rebuild give rows as they are.

    /// In the order in which they were opened, after `afterCaseId`, at most `limit`.
    [[nodiscard]] virtual std::vector<CaseRecord> select(const CaseFilter& filter,
                                                         std::string_view afterCaseId,
                                                         std::size_t limit) = 0;
    [[nodiscard]] virtual std::vector<StatisticsCount> count(const CaseFilter& filter) = 0;
    /// Ids of the cases of which the clock has something to say by that day, the earliest first,
    /// without the first `skip`.
    [[nodiscard]] virtual std::vector<std::string> dueByClock(std::string_view day,
                                                              std::size_t skip,
                                                              std::size_t limit) = 0;
    /// Ids of cases whose rows were written before terms were part of them.
    [[nodiscard]] virtual std::vector<std::string> toBeRefolded(std::size_t limit) = 0;
    /// Messages of one case in recorded order (events only, bodies and receipts left empty).
    [[nodiscard]] virtual std::vector<MessageRecord> messagesOf(std::string_view caseId) = 0;
    /// The same of several cases in one read, until events beyond `mostBytes` were read; the case
    /// in which that happens is left out.
    [[nodiscard]] virtual Histories historiesOf(const std::vector<std::string>& caseIds,
                                                std::size_t mostBytes,
                                                std::string_view askedBy) = 0;
    /// Messages parked for a ruling that is not yet known (bodies and receipts left empty).
    [[nodiscard]] virtual std::vector<MessageRecord> parkedFor(const CaseAlias& alias) = 0;
    /// Of one agency; of all when it is empty.
    [[nodiscard]] virtual std::size_t parkedCount(std::string_view agency) = 0;
    /// Every accepted message after `afterPosition`, whole, in recorded order, for rebuild; until
    /// `visit` says false. Read in pages, so that writers and checkpoints never wait for a visitor.
    virtual void forEachMessage(std::int64_t afterPosition,
                                const std::function<bool(const MessageRecord&)>& visit) = 0;
    virtual void forEachCase(const std::function<bool(const CaseRecord&)>& visit) = 0;
    /// What is called by which name and what waits, for rebuild as well; until `visit` says false.
    virtual void forEachAlias(const std::function<bool(const NamedCase&)>& visit) = 0;
    virtual void forEachParked(const std::function<bool(const ParkedMessage&)>& visit) = 0;
    /// Documents by their agency and name, ordered so.
    using DocumentVisit = std::function<bool(const std::string& agency, const std::string& name,
                                             const KnownDocument& document)>;
    virtual void forEachDocument(const DocumentVisit& visit) = 0;
    /// Where cases were ever made public, ordered by case, then portal; until `visit` says false.
    virtual void forEachPublished(const std::function<bool(const PublishedCase&)>& visit) = 0;
    /// How many bytes attachment() would give, without reading them.
    [[nodiscard]] virtual std::optional<std::int64_t> attachmentSize(std::string_view agency,
                                                                     std::string_view sha256) = 0;
    /// The bytes, if this agency itself has sent them: a digest alone opens nothing.
    [[nodiscard]] virtual std::optional<std::string> attachment(std::string_view agency,
                                                                std::string_view sha256) = 0;
};

/// What must go out. Thread-safe; every transition is durable when the call returns.
class Outbox {
  public:
    virtual ~Outbox() = default;
    /// Items for `among` that are due at `now` (isDue) and head their queue; those being sent
    /// (Sending) are left out. A queue: one recipient and case, or without a case one recipient and
    /// source agency; its head: open, and nothing older in it is open or holds. Recipients take
    /// turns, each with what is longest due first; an item that comes to head its queue is due
    /// from then on, so that the queues of one recipient take turns as well. Rendered bytes are
    /// left out (each may bear files of many MiB); find() has them.
    [[nodiscard]] virtual std::vector<OutboxItem> due(base::Timestamp now, std::size_t limit,
                                                      const std::set<std::string>& among) = 0;
    /// The heads of an agency's queues for its mailbox, in order of recording, of those behind
    /// sequence `after`; `limit` at most.
    /// Open: waiting, rendered, sending, maybe. Rendered bytes are left out.
    [[nodiscard]] virtual std::vector<OutboxItem> mailbox(std::string_view agency,
                                                          std::size_t limit,
                                                          std::int64_t after = 0) = 0;
    [[nodiscard]] virtual std::optional<OutboxItem> find(std::string_view itemId) = 0;
    /// Stores the rendered and sealed bytes of an item, once: Waiting becomes Rendered, a Maybe
    /// without bytes (of a restored store) stays one, a
    /// second call with the same bytes changes nothing, one with other bytes is a Fault. StoreFull
    /// when space is critical.
    virtual void rendered(std::string_view itemId, const RenderedDelivery& delivery) = 0;
    /// Moves an item; `expected` guards against a concurrent move (false: it moved). Closing
    /// (Delivered, Refused, Dead, Settled) sets closedAt; opening again (a re-send) clears it,
    /// counts attempts and `openSince` anew, and the item takes its old place in its queue. Dead
    /// with `holds` keeps that place. Only the first fetch is kept; empty texts change nothing.
    [[nodiscard]] virtual bool move(std::string_view itemId, OutboxState expected,
                                    const OutboxMove& move) = 0;
    /// Those that fit behind sequence `after`, oldest first; rendered bytes are left out here too.
    [[nodiscard]] virtual std::vector<OutboxItem> deadLetters(const DeadLetterFilter& filter,
                                                              std::int64_t after,
                                                              std::size_t limit) = 0;
    /// Open items by recipient, whoever has waited longest first; and one recipient's behind
    /// sequence `after`, oldest first, rendered bytes left out. For operators: a walk.
    [[nodiscard]] virtual std::vector<WaitingFor> waiting() = 0;
    [[nodiscard]] virtual std::vector<OutboxItem> waitingFor(std::string_view recipient,
                                                             std::int64_t after,
                                                             std::size_t limit) = 0;
    /// Refused and dead items whose author has not been told, oldest first; and that it has been.
    [[nodiscard]] virtual std::vector<OutboxItem> untold(std::size_t limit) = 0;
    virtual void authorTold(std::string_view itemId) = 0;
    /// Keeps a note to an item; and an item's notes, oldest first.
    virtual void addNote(std::string_view itemId, const OutboxNote& note) = 0;
    [[nodiscard]] virtual std::vector<OutboxNote> notes(std::string_view itemId) = 0;
    [[nodiscard]] virtual OutboxCounts counts() = 0;
    /// Every item behind sequence `after` in order of recording, rendered bytes left out, until
    /// `visit` says false. Read in pages.
    virtual void forEachItem(std::int64_t after,
                             const std::function<bool(const OutboxItem&)>& visit) = 0;
};

}  // namespace gateway::store
