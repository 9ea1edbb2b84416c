#pragma once
// All that the log says of one case, for the figures of the law.

#include <cstdint>
#include <optional>

#include "gateway/law/figures/history.h"
#include "gateway/model/cases/event.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Every version of its ruling, every fact and act with since when and until when it was known.
/// Nothing for a case whose transfer was struck, unless that is asked for (`undoneAt`). A court's
/// lists of what it has sent belong to no case and are not read. Throws base::Fault for messages
/// that cannot be folded.
enum class Undone : std::uint8_t { LeftOut, Kept };
[[nodiscard]] std::optional<law::figures::RulingHistory> recordedHistory(
    store::Cases& cases, const std::string& caseId, Undone undone = Undone::LeftOut);

/// The same of its events.
[[nodiscard]] std::optional<law::figures::RulingHistory> recordedHistory(
    const std::vector<model::Event>& events, Undone undone = Undone::LeftOut);

}  // namespace gateway::exchange
