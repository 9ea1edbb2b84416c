#pragma once
// The port to figures that were counted before they are asked for. All of it is derived from the
// log and may be thrown away: whoever fills it can fill it anew.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"

namespace gateway::store {

/// What one ruling counts for in one period, to whoever knows what was recorded in [from, until).
struct CountedRuling {
    std::int64_t period = 0;
    std::string caseId, province, court;
    base::Timestamp from{}, until{};
    /// Its first message. Of what was known between this and the first `from` nothing is kept.
    base::Timestamp begun{};
    std::string cells;  ///< opaque; few different ones
};

/// Rulings of one province and court that count for the same.
struct CountedGroup {
    std::string province, court, cells;
    std::int64_t rulings = 0;
};

/// Whose figures, and as known when. Empty: all.
struct CountedSelection {
    std::int64_t period = 0;
    base::Timestamp cutoff{};
    std::string province, court;
};

/// How far it has been filled, and by what.
struct CountedState {
    std::string store, book;      ///< which store, counted by which columns and law
    std::int64_t position = 0;    ///< of the log
    std::int64_t lastPeriod = 0;  ///< the last period that was counted for
    friend bool operator==(const CountedState&, const CountedState&) = default;
};

/// Thread-safe; every write is whole or not at all.
class FigureCounts {
  public:
    virtual ~FigureCounts() = default;
    [[nodiscard]] virtual CountedState state() = 0;
    /// Forgets everything.
    virtual void clear(const CountedState& state) = 0;
    /// The rows of these cases become these.
    virtual void replace(const std::vector<std::string>& cases,
                         const std::vector<CountedRuling>& rows, const CountedState& state) = 0;
    [[nodiscard]] virtual std::vector<CountedGroup> groups(const CountedSelection& selection) = 0;
    /// Cases that had begun by the cutoff, of which nothing is kept for so early a knowledge.
    [[nodiscard]] virtual std::vector<std::string> unkept(const CountedSelection& selection) = 0;
    /// Those that count, ordered by province, court and id.
    [[nodiscard]] virtual std::vector<CountedRuling> rulings(const CountedSelection& selection) = 0;
    /// Ids of the cases that count for something in periods from `period` on.
    [[nodiscard]] virtual std::vector<std::string> casesSince(std::int64_t period) = 0;
};

}  // namespace gateway::store
