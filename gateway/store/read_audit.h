#pragma once
// Who was shown what: a line for each answered question and each fetched item.

#include <cstdint>
#include <string>

#include "gateway/base/clock.h"

namespace gateway::store {

struct ReadAudit {
    std::string agency, queryId, channel, questionSha256, answerSha256;
    std::string purpose;  ///< message type of the question, or kMailboxItem
    std::string caseIds;  ///< JSON array of what was shown
    base::Timestamp at{};
    std::string itemId{};     ///< of a fetch, which has a queryId of our own and no question
    std::int64_t number = 0;  ///< of recording; set by the store when it reads
};

/// What one line of the audit takes of its reader's quota: its cases, and the rest with its
/// indexes.
inline constexpr std::int64_t kReadBesideCases = 512;
[[nodiscard]] inline std::int64_t keptOf(const ReadAudit& audit) noexcept {
    return static_cast<std::int64_t>(audit.caseIds.size()) + kReadBesideCases;
}

/// What became of a line of the audit: written; its query id was used before; the reader's quota
/// is full.
enum class ReadRecorded : std::uint8_t { Yes, Repeated, OverQuota };

/// The purpose of a fetch.
inline constexpr const char* kMailboxItem = "MailboxItem";

}  // namespace gateway::store
