#pragma once
// The country as shipped: every agency of mappings/agencies takes part, over its whole life.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/exchange/desk/snapshot.h"
#include "tests/scale/chance.h"
#include "tests/scenario/support/world.h"

namespace gateway::scale {

/// The statistics years that are lived through.
inline constexpr base::Date kFirstDay = std::chrono::year(2016) / 10 / 1;
inline constexpr base::Date kLastDay = std::chrono::year(2026) / 9 / 30;

/// Where a ruling comes from.
struct Seat {
    std::string court, firstInstanceCourt, committee;
    model::Instance instance{};
};

/// Real data, rights, law and seal; registrations without certificates, as nobody signs. Lives as
/// long as its lives do. Thread-safe once made.
class Country {
  public:
    Country();
    [[nodiscard]] const exchange::Identity& identity() const noexcept { return identity_; }
    [[nodiscard]] const exchange::Snapshots& snapshots() const noexcept { return *snapshots_; }
    [[nodiscard]] const exchange::Snapshot& snapshot() const noexcept { return *snapshot_; }
    [[nodiscard]] const exchange::ReferenceData& reference() const noexcept {
        return *snapshot_->reference;
    }
    /// A court that could rule on that day, and a committee of its province.
    [[nodiscard]] Seat seat(base::Date day, Chance& chance) const;

  private:
    [[nodiscard]] std::vector<const model::Agency*> those(model::AgencyKind kind,
                                                          base::Date day) const;
    scenario::World world_;  ///< its seal
    base::SystemClock clock_;
    exchange::Identity identity_{"thahc", "test"};
    exchange::SnapshotPtr snapshot_;
    std::unique_ptr<exchange::Snapshots> snapshots_;
};

}  // namespace gateway::scale
