#pragma once
// Counts the figures of the law in the histories of rulings. Pure: no store, no clock.
// Law: TTLT 12/2021 (frame); what each column counts: mappings/legal-rules/figures.xml.

#include "gateway/law/figures/tally.h"

namespace gateway::law::figures {

/// Borrows the book. Thread-safe.
class Figures {
  public:
    explicit Figures(const FigureBook& book) : book_(book) {}

    /// What had happened by the end of the period and was known at `cutoff`, and whether the
    /// identities within the sheet hold.
    [[nodiscard]] Table count(const std::vector<RulingHistory>& histories, const Period& period,
                              base::Timestamp cutoff) const;

    /// The same of sums that were counted before (tallyOf): numbers alone, findings without
    /// rulings.
    [[nodiscard]] Table add(const Tally& sums, const Period& period, base::Timestamp cutoff) const;
    /// What one ruling counts for.
    [[nodiscard]] Tally tally(const RulingHistory& history, const Period& period,
                              base::Timestamp cutoff) const;

    /// Adds to `table` what does not fit the table of another period of the same rulings: of the
    /// twelve months before, or a shorter one of the same year.
    void compare(Table& table, const Table& other) const;

  private:
    [[nodiscard]] Table empty(const Period& period, base::Timestamp cutoff) const;
    void addTo(Table& table, const RulingView& view) const;
    void conclude(Table& table) const;

    const FigureBook& book_;
};

}  // namespace gateway::law::figures
