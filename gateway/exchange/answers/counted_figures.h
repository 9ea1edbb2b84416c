#pragma once
// Figures counted before they are asked for: a follower of the log that keeps, for each ruling and
// period, what it counts for and since when that was known.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gateway/law/figures/figures.h"
#include "gateway/store/figure_counts.h"
#include "gateway/store/store_view.h"

namespace gateway::exchange {

/// Whose log, and by what it is counted: another store or another law begins anew.
struct CountedBy {
    std::string store, book;
};

/// Answers are exactly those of law::figures::Figures over all histories (recordedHistory: without
/// courts' lists): what is kept is the sum of it, ruling by ruling, and what is not kept is counted
/// when asked for. Kept is the knowledge from a period's last day on: earlier knowledge of a ruling
/// that has had news since is counted anew from its messages. Borrows all. One thread. Throws
/// base::Fault for messages that cannot be folded, store::StoreFault.
class CountedFigures {
  public:
    CountedFigures(const law::figures::FigureBook& book, store::StoreView& log,
                   store::FigureCounts& counts, CountedBy by) :
        book_(book), figures_(book), log_(log), counts_(counts), by_(std::move(by)) {}

    /// Counts what was recorded since the last time, for all periods that have begun by `today`;
    /// how many rulings. `progress` hears how many are done.
    std::size_t catchUp(base::Date today, const std::function<void(std::size_t)>& progress = {});

    /// Whose figures. Empty: all.
    struct Whose {
        std::string province, court;
    };
    /// With its findings, also those by other periods. `cutoff`: not before the period began
    /// (Fault).
    [[nodiscard]] law::figures::Table count(const Whose& whose, const law::figures::Period& period,
                                            base::Timestamp cutoff);
    /// By the provinces of the rulings' enforcement authorities, as the cases have them.
    [[nodiscard]] std::map<std::string, law::figures::Table> byProvince(
        const law::figures::Period& period, base::Timestamp cutoff);
    /// Of the rulings that count in a cell ("B7", "B7/kind/judgment-first") every line, by the
    /// same predicate.
    [[nodiscard]] law::figures::Table lines(const std::string& cell, const Whose& whose,
                                            const law::figures::Period& period,
                                            base::Timestamp cutoff);

  private:
    using Tallies = std::map<std::string, law::figures::Tally>;
    [[nodiscard]] std::vector<store::CountedRuling> rowsOf(const std::string& caseId,
                                                           int lastYear) const;
    [[nodiscard]] Tallies sums(const Whose& whose, const law::figures::Period& period,
                               base::Timestamp cutoff);
    [[nodiscard]] law::figures::Table table(const Whose& whose, const law::figures::Period& period,
                                            base::Timestamp cutoff);
    [[nodiscard]] std::vector<std::string> toBeCounted(const store::CountedState& before,
                                                       int lastYear);

    const law::figures::FigureBook& book_;
    const law::figures::Figures figures_;
    store::StoreView& log_;
    store::FigureCounts& counts_;
    const CountedBy by_;
};

}  // namespace gateway::exchange
