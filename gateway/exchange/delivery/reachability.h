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
/// that has just failed to answer, or has said that it cannot serve now, gets a single attempt
/// after a pause that grows with its failures, or that it has asked for. Kept in memory only:
/// after a restart everybody is tried anew. Thread-safe.
class Reachability {
  public:
    /// Pauses are spans: a machine whose time is set leaves nobody alone for longer.
    using Instant = std::chrono::steady_clock::time_point;

    explicit Reachability(const base::Limits& limits) : limits_(limits) {}

    /// True: take the turn, and say afterwards what became of it. False: leave that recipient
    /// alone.
    [[nodiscard]] bool takeTurn(const std::string& recipient, Instant now);
    /// The end of a turn in which a whole answer came, whatever it said.
    void answered(const std::string& recipient);
    /// The end of a turn that reached nobody who could serve; the pause from now on.
    /// `asked`: what the recipient wants to be left alone for, at most store::kFarthestDue.
    std::chrono::milliseconds failed(const std::string& recipient, Instant now,
                                     std::optional<std::chrono::seconds> asked = {});
    /// The end of a turn that was not used.
    void gaveBack(const std::string& recipient);
    /// Whether it has all its turns at present, or a pause.
    [[nodiscard]] bool isLeftAlone(const std::string& recipient, Instant now);
    /// For how long nobody has answered there who could serve; zero for one that answers.
    [[nodiscard]] std::chrono::milliseconds silentFor(const std::string& recipient, Instant now);

  private:
    struct Recipient {
        std::int64_t failures = 0;
        std::size_t turns = 0;
        Instant pausedUntil{}, silentSince{};
    };
    [[nodiscard]] bool isLeftAlone(const Recipient& recipient, Instant now) const;

    base::Limits limits_;
    std::mutex mutex_;
    std::map<std::string, Recipient> recipients_;
};

}  // namespace gateway::exchange
