#pragma once
// What is owed by whom by when, and what was not done in time: the answers to WorkListQuery and
// BreachQuery. Law: Luật TC VKSND 63/2014 Đ.28; NĐ 71/2016 Đ.14, 35.

#include <string>
#include <vector>

#include "gateway/base/limits.h"
#include "gateway/exchange/desk/reception.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Each asker sees what it owes itself and the terms of the cases that it sees; breaches, those of
/// its level and below (Rights::notSupervised). A page of the work list costs what it shows.
/// Borrows the cases; thread-safe; throws store::StoreTooCostly. Changes nothing, audits nothing.
class TermListing {
  public:
    TermListing(store::Cases& cases, const base::Limits& limits) : cases_(cases), limits_(limits) {}

    struct Found {
        model::TermList list;
        std::vector<std::string> caseIds;  ///< those shown, each once
    };
    [[nodiscard]] base::Result<Found> work(const Inbound& inbound, const Received& received,
                                           const model::WorkListQuery& query);
    [[nodiscard]] base::Result<Found> breaches(const Inbound& inbound, const Received& received,
                                               const model::BreachQuery& query);

  private:
    struct Page {
        std::string binding, after;
        std::size_t lines = 0;
    };
    [[nodiscard]] base::Result<Found> listed(const Inbound& inbound,
                                             const store::TermFilter& filter, const Page& page);
    [[nodiscard]] base::Result<Found> known(const Inbound& inbound, const store::TermFilter& filter,
                                            base::Timestamp at, const Page& page);
    [[nodiscard]] base::Result<store::Histories> historiesOf(const Inbound& inbound,
                                                             const std::vector<std::string>& ids);

    store::Cases& cases_;
    base::Limits limits_;
};

}  // namespace gateway::exchange
