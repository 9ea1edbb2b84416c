#pragma once
// What an operator's dashboard and `thahc-gateway status` show.

#include <string>

#include "gateway/app/config.h"
#include "gateway/document/tree.h"
#include "gateway/exchange/snapshot.h"
#include "gateway/server/door_statistics.h"
#include "gateway/store/records.h"

namespace gateway::app {

/// The numbers of one moment.
struct GatewayFigures {
    const Config& config;
    server::DoorStatistics door;
    store::OutboxCounts outbox;
    exchange::SnapshotPtr snapshot;
    trust::CertificatePtr seal;
    base::Timestamp now{};
};

/// Prometheus text exposition; metric names begin with thahc_.
[[nodiscard]] std::string metricsText(const GatewayFigures& figures);

/// The same for people and scripts, as a JSON object: counts, certificates about to expire (30,
/// 14, 3 days), revocation lists past their date.
[[nodiscard]] document::Node statusNode(const GatewayFigures& figures);

}  // namespace gateway::app
