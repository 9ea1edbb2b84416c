#pragma once
// What the partners' API has answered, and how fast, as metrics.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/base/error_catalogue.h"
#include "gateway/server/door/metrics.h"
#include "gateway/server/partners/partner_routes.h"

namespace gateway::server {

/// What a partner has posted.
enum class Posted : std::uint8_t { Message, DryRun, Question, Receipt };

/// All of its metrics are there from the start, at zero: a first refusal is then a rise like any
/// other. Thread-safe. The Metrics must outlive it.
class PartnerMetrics {
  public:
    explicit PartnerMetrics(Metrics& metrics);

    /// A verdict: accepted (a repetition's first receipt too), or refused with that class.
    void judged(Posted posted, std::optional<base::ErrorClass> refused) const;
    /// One request, from its last byte to its answer. Long polls last as long as they wait.
    void served(Route route, bool post, std::chrono::steady_clock::duration took) const;

  private:
    struct Verdicts {
        Counter accepted;
        std::vector<Counter> refused;  ///< by ErrorClass
    };
    std::vector<Verdicts> verdicts_;                                               ///< by Posted
    std::array<std::array<std::optional<Histogram>, 2>, kRoutes.size()> seconds_;  ///< GET, POST
};

}  // namespace gateway::server
