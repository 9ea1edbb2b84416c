#pragma once
// Which recipients are to be left alone just now, so that one that is slow or never answers holds
// up no other.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "gateway/base/limits.h"

namespace gateway::exchange {

/// Turns to push to a recipient. One that answers gets Limits::pushesPerRecipient at once; one
/// that has just failed to answer gets a single attempt after a pause that grows with its
/// failures. Kept in memory only: after a restart everybody is tried anew. Thread-safe.
class Reachability {
  public:
    /// Pauses are spans: a machine whose time is set leaves nobody alone for longer.
    using Instant = std::chrono::steady_clock::time_point;

    explicit Reachability(const base::Limits& limits) : limits_(limits) {}

    /// Nothing: take the turn, and say afterwards what became of it. Else how long to leave that
    /// recipient alone.
    /// Zero: it has all its turns at present.
    [[nodiscard]] std::optional<std::chrono::milliseconds> refuseTurn(const std::string& recipient,
                                                                      Instant now);
    /// The end of a turn: whether a whole answer came, whatever it said.
    void tookTurn(const std::string& recipient, bool answered, Instant now);
    /// The end of a turn that was not used.
    void gaveBack(const std::string& recipient);
    /// Those that have all their turns at present.
    [[nodiscard]] std::set<std::string> busy();
    [[nodiscard]] bool isBusy(const std::string& recipient);

  private:
    struct Recipient {
        std::int64_t failures = 0;
        std::size_t turns = 0;
        Instant pausedUntil{};
    };
    [[nodiscard]] bool hasAllTurns(const Recipient& recipient) const;

    base::Limits limits_;
    std::mutex mutex_;
    std::map<std::string, Recipient> recipients_;
};

}  // namespace gateway::exchange
