#pragma once
// Rows of the outbox as plain values: what must be told to whom, and how far that has got.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/document/tree.h"

namespace gateway::store {

enum class OutboxState : std::uint8_t {
    Waiting,
    Rendered,
    Sending,
    Maybe,
    Delivered,
    Refused,  ///< by the recipient's signed word
    Dead,     ///< given up by us
    Settled   ///< refused or dead, and closed by an operator
};

/// One promise to tell one agency something.
struct OutboxItem {
    std::string itemId;
    std::string recipient;
    std::string caseId;
    std::string messageType;  ///< of the case model
    std::string content;      ///< JSON: what to render, in the shape of the case model
    std::string sourceAgency, sourceMessageId;
    OutboxState state = OutboxState::Waiting;
    std::int64_t sequence = 0;  ///< order of recording; set by the store
    std::int64_t attempts = 0;
    base::Timestamp createdAt{}, dueAt{};
    base::Timestamp openSince{};  ///< recorded, or sent again; set by the store
    bool holds = false;           ///< Dead, and what stands behind it in its queue waits
    std::optional<base::Timestamp> fetchedAt, closedAt;
    std::string renderedBytes, renderedMediaType, renderedHeader, renderedSha256;
    std::string partnerReceipt;  ///< the recipient's signed answer
    /// With which it can be verified again: its media type, X-JWS-Signature if it came with one.
    std::string partnerReceiptMediaType, partnerReceiptHeader;
    std::string lastError;
    /// Open when the store was restored, not rendered in the backup: its recipient may know it in
    /// other bytes. Set by the store.
    bool bytesMayDiffer = false;
    std::string itemSha256;           ///< itemHash() (entry_hash.h); set by the store
    std::int64_t renderedLength = 0;  ///< of renderedBytes; set by the store
    std::string archivedIn;  ///< the archive that has the rendered bytes; set by Outbox::find()
    /// What `content` was written from, of a small and new item; never stored.
    std::shared_ptr<const document::Node> contentTree;
};

/// How far ahead an item may be due.
inline constexpr std::chrono::hours kFarthestDue{2};

/// Whether it may be tried at `now`. A due time that lies further ahead than any of ours may was
/// written by a clock that ran ahead: nobody waits for it once the clock is right again, also after
/// a restart.
[[nodiscard]] constexpr bool isDue(base::Timestamp dueAt, base::Timestamp now) noexcept {
    return dueAt <= now || dueAt > now + kFarthestDue;
}

struct RenderedDelivery {
    std::string bytes, mediaType, header, sha256;
    /// Digests of files that stand in it: equal content is kept once.
    std::vector<std::string> files{};
};

struct OutboxMove {
    OutboxState to{};
    base::Timestamp at{};
    std::optional<base::Timestamp> dueAt;
    bool countAttempt = false;
    bool takeBackAttempt = false;  ///< one that was counted has cost the recipient nothing
    bool holds = false;            ///< with Dead
    bool fetched = false;
    /// The three go together: a receipt replaces all of what an earlier one has left.
    std::string partnerReceipt, partnerReceiptMediaType, partnerReceiptHeader;
    std::string error;
};

struct OutboxCounts {
    std::int64_t waiting = 0, rendered = 0, sending = 0, maybe = 0, delivered = 0, refused = 0,
                 dead = 0, settled = 0;
    std::optional<base::Timestamp> oldestOpen;
};

/// What one recipient has not got yet.
struct WaitingFor {
    std::string recipient;
    std::int64_t items = 0, maybe = 0;  ///< open ones, and those of them that may have arrived
    base::Timestamp oldest{};
};

/// Which dead letters; every present member must hold.
struct DeadLetterFilter {
    std::optional<OutboxState> state;  ///< none: Refused and Dead
    std::string recipient, sourceAgency, caseId, messageType;
};

/// What an operator has written to a delivery.
struct OutboxNote {
    base::Timestamp at{};
    std::string operatorName, text;
};

}  // namespace gateway::store
