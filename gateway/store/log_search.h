#pragma once
// How operators and auditors find what was said, what was refused and who has read what.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/store/read_audit.h"
#include "gateway/store/records.h"

namespace gateway::store {

/// A stretch of time, both ends included; absent: no end.
struct SearchPeriod {
    std::optional<base::Timestamp> from, until;
};

// Every present member must hold; empty texts are absent.

struct MessageSearch {
    std::string agency{}, messageId{}, receiptId{}, caseId{}, channel{}, messageType{};
    std::string digest{};               ///< of the body as it came, or of what was signed in it
    std::optional<CaseAlias> ruling{};  ///< the case that is called so
    bool waiting = false;               ///< only what waits for its ruling
    SearchPeriod received{};
};

struct RefusalSearch {
    std::string agency{}, messageId{}, refusalId{}, channel{}, code{};
    std::string digest{};  ///< of the body
    SearchPeriod at{};
};

struct ReadSearch {
    std::string agency{}, channel{}, caseId{}, itemId{};
    SearchPeriod at{};
};

struct FoundMessage {
    MessageRecord message;  ///< without body, receipt and events
    bool waiting = false;   ///< for its ruling
};

/// Thread-safe. Newest first, at most `limit`, of those before the number `before` (0: from the
/// newest): positions of messages, numbers of the others. All who search are one asker beside the
/// partners (Readers): a search waits for the one before it, and is interrupted with
/// StoreTooCostly when it reads for too long; then a period or an agency makes it narrow.
class LogSearch {
  public:
    virtual ~LogSearch() = default;
    [[nodiscard]] virtual std::vector<FoundMessage> messages(const MessageSearch& search,
                                                             std::int64_t before,
                                                             std::size_t limit) = 0;
    /// Bytes are told as long as they are kept.
    [[nodiscard]] virtual std::vector<RefusalRecord> refusals(const RefusalSearch& search,
                                                              std::int64_t before,
                                                              std::size_t limit) = 0;
    [[nodiscard]] virtual std::vector<ReadAudit> reads(const ReadSearch& search,
                                                       std::int64_t before, std::size_t limit) = 0;
};

}  // namespace gateway::store
