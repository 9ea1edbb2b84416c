#pragma once
// What acts leave in a case. Facts are added, struck or corrected, never overwritten; the stage,
// the tracks and the terms are functions of those that are in force.

#include <string_view>
#include <vector>

#include "gateway/model/cases/fact.h"

namespace gateway::law {

using model::Fact;
using model::FactKind;

/// Those of one obligation that count, in the order in which they happened. Borrows.
class FactsInForce {
  public:
    /// Of what happens between offices several times a day the order is that in which it was heard.
    enum class Order : std::uint8_t { Happened, Heard };
    FactsInForce(const std::vector<Fact>& all, std::int64_t obligation,
                 Order order = Order::Happened);

    /// Those that had happened by the end of that day.
    [[nodiscard]] FactsInForce asOf(base::Date day) const;
    /// All of a kind, the earliest first; of every code if `code` is empty.
    [[nodiscard]] std::vector<const Fact*> of(FactKind kind, std::string_view code = {}) const;
    /// The one that counts: for Delivered that of the best source (court, obligated party, THADS),
    /// else the last by day, then by message id, so that the order of arrival makes no difference.
    [[nodiscard]] const Fact* latest(FactKind kind, std::string_view code = {}) const;
    /// Whether `one` happened later than `other`: by day, then by when they were heard of.
    [[nodiscard]] bool isLater(const Fact& one, const Fact& other) const;

  private:
    explicit FactsInForce(Order order) : order_(order) {}
    Order order_;
    std::vector<const Fact*> facts_;
};

}  // namespace gateway::law
