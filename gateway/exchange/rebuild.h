#pragma once
// Refolds every case from the log and compares it with what is kept at hand (promise P2).

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// The outcome. No difference means: every entry hash holds and every kept case equals the fold
/// of its recorded events.
struct RebuildReport {
    std::int64_t messages = 0, cases = 0, parked = 0;
    std::vector<std::string> differences;  ///< at most 100, each naming its message or case
    [[nodiscard]] bool clean() const noexcept { return differences.empty(); }
};

/// Reads only; safe beside a running gateway as long as `cases` reads one consistent state (a
/// backup copy), else a case may be reported that changed between two reads.
[[nodiscard]] RebuildReport rebuild(store::Cases& cases);

}  // namespace gateway::exchange
