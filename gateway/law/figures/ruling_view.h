#pragma once
// One ruling in one period as a column looks at it, and why something holds of it.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gateway/law/figures/figure_book.h"
#include "gateway/law/figures/period.h"
#include "gateway/law/figures/standing.h"

namespace gateway::law::figures {

/// Something that made a ruling count.
struct Ground {
    std::string what;     ///< a fact's kind, an act's type or a term
    std::string message;  ///< that told it; empty: the court's list
    base::Date day{};     ///< on which it happened
    auto operator<=>(const Ground&) const = default;
};

/// Borrows the book and the history. One thread: it remembers what it has worked out.
class RulingView {
  public:
    RulingView(const FigureBook& book, const RulingHistory& history, const Period& period,
               base::Timestamp cutoff);

    [[nodiscard]] bool holds(const RulingCondition& condition) const;
    /// The facts that bear it out; meaningful if it holds.
    [[nodiscard]] std::set<Ground> grounds(const RulingCondition& condition) const;

    [[nodiscard]] const RulingHistory& history() const noexcept { return history_; }
    [[nodiscard]] const KnownRuling& known() const noexcept { return known_; }
    [[nodiscard]] const FigureBook& book() const noexcept { return book_; }
    [[nodiscard]] const Period& period() const noexcept { return period_; }
    /// As it stood on the last day of the period.
    [[nodiscard]] const Standing& end() const { return at(period_.last()); }

  private:
    [[nodiscard]] bool holds(const RulingExpression& read) const;
    [[nodiscard]] bool ofObligations(const RulingExpression& read) const;
    [[nodiscard]] bool isLate(const std::string& term) const;
    void explain(const RulingExpression& read, std::set<Ground>& found) const;
    void explainDay(const std::string& name, std::set<Ground>& found) const;
    [[nodiscard]] std::optional<base::Date> day(const std::string& name) const;
    [[nodiscard]] std::optional<base::Date> firstOf(const NamedDay& named) const;
    [[nodiscard]] std::optional<base::Date> lasting(const NamedDay& named) const;
    [[nodiscard]] std::optional<base::Date> when(const std::string& word) const;
    [[nodiscard]] const Standing& at(base::Date day) const;

    const FigureBook& book_;
    const RulingHistory& history_;
    const Period period_;
    const KnownRuling known_;
    mutable std::map<base::Date, std::unique_ptr<Standing>> standings_;
    mutable std::map<std::string, std::optional<base::Date>, std::less<>> days_;
};

}  // namespace gateway::law::figures
