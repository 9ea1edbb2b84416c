#pragma once
// Rows of the outbox as plain values: what must be told to whom, and how far that has got.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"

namespace gateway::store {

enum class OutboxState : std::uint8_t {
    Waiting,
    Rendered,
    Sending,
    Maybe,
    Delivered,
    Refused,
    Dead
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
    std::optional<base::Timestamp> fetchedAt, closedAt;
    std::string renderedBytes, renderedMediaType, renderedHeader, renderedSha256;
    std::string partnerReceipt;  ///< the recipient's signed answer
    /// With which it can be verified again: its media type, X-JWS-Signature if it came with one.
    std::string partnerReceiptMediaType, partnerReceiptHeader;
    std::string lastError;
    std::int64_t renderedLength = 0;  ///< of renderedBytes; set by the store
    std::string archivedIn;  ///< the archive that has the rendered bytes; set by Outbox::find()
};

/// How far ahead an item may be due, but for one that is held for its recipient's mailbox.
inline constexpr std::chrono::hours kFarthestDue{2};
/// Held for a mailbox: due so far ahead that no wrong clock is meant.
inline constexpr std::chrono::hours kHeldForMailbox{24 * 365};
inline constexpr std::chrono::hours kHeldBeyond = kHeldForMailbox / 2;

/// Whether it may be tried at `now`. A due time that lies further ahead than any of ours may was
/// written by a clock that ran ahead: nobody waits for it once the clock is right again, also after
/// a restart.
[[nodiscard]] constexpr bool isDue(base::Timestamp dueAt, base::Timestamp now) noexcept {
    return dueAt <= now || (dueAt > now + kFarthestDue && dueAt < now + kHeldBeyond);
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
    bool fetched = false;
    /// The three go together: a receipt replaces all of what an earlier one has left.
    std::string partnerReceipt, partnerReceiptMediaType, partnerReceiptHeader;
    std::string error;
};

struct OutboxCounts {
    std::int64_t waiting = 0, rendered = 0, sending = 0, maybe = 0, delivered = 0, refused = 0,
                 dead = 0;
    std::optional<base::Timestamp> oldestOpen;
};

}  // namespace gateway::store
