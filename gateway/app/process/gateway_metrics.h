#pragma once
// What an operator's dashboard and `thahc-gateway status` show.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/process/own_certificates.h"
#include "gateway/app/process/snapshot_areas.h"
#include "gateway/document/tree.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/proof/log_check.h"
#include "gateway/server/door/door_statistics.h"
#include "gateway/server/door/metrics.h"
#include "gateway/store/records.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {

/// What the process is made of at one moment.
struct GatewayState {
    std::string gateway;  ///< its address
    exchange::SnapshotPtr snapshot;
    std::shared_ptr<const OwnCertificates> own;
    base::Timestamp now{};
    std::shared_ptr<const std::vector<AreaFault>> areaFaults;  ///< what waits for an operator
};

/// The numbers of that moment.
struct GatewayFigures {
    GatewayState state;
    server::DoorStatistics partnerDoor, operatorDoor;
    store::sqlite::StoreFigures store;
    std::optional<store::OutboxCounts> outbox;  ///< nothing: could not be read, keep the last ones
    std::optional<std::size_t> parked;          ///< likewise
    std::vector<store::AgencyStorage> storage;  ///< empty: likewise
    bool healthy = true;
    std::size_t memoryHeld = 0, memoryRefusals = 0;  ///< of the account for what partners bring
    exchange::LogCheckFigures logCheck{};
    std::int64_t restoredOpen = 0;  ///< deliveries still in doubt since a restore
    std::optional<server::DoorStatistics> publicDoor{};  ///< nothing: there is none
};

/// Brings the metrics that are counted elsewhere up to date; names begin with thahc_. Made for
/// Metrics::beforeScrape. Thread-safe.
void publishFigures(server::Metrics& metrics, const GatewayFigures& figures);

/// The same figures for people and scripts, as a JSON object: each metric under its own name, its
/// labels' values (in the order of the labels' names) as members inside; then certificates about
/// to expire (30, 14, 3 days) and revocation lists past their date.
[[nodiscard]] document::Node statusNode(const server::Metrics& metrics, const GatewayState& state);

/// What lies on the disk, as a JSON object: the disk, then each agency's bytes and their quota.
[[nodiscard]] document::Node storageNode(const store::sqlite::StoreFigures& store,
                                         const std::vector<store::AgencyStorage>& agencies,
                                         const base::Limits& limits);

}  // namespace gateway::app
