#include "gateway/server/partners/partner_metrics.h"

namespace gateway::server {
namespace {

using base::ErrorClass;

constexpr std::array<const char*, 4> kPosted{"message", "dry-run", "query", "receipt"};
constexpr std::array<ErrorClass, 3> kClasses{ErrorClass::Transport, ErrorClass::UnknownSigner,
                                             ErrorClass::KnownSigner};

// From what a look-up takes to the longest poll.
std::vector<double> bucketsOfSeconds() {
    return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
}

}  // namespace

PartnerMetrics::PartnerMetrics(Metrics& metrics) {
    for (const char* posted : kPosted) {
        Verdicts verdicts{metrics.counter("thahc_accepted_total",
                                          "Messages, questions and receipts for deliveries taken, "
                                          "repetitions included",
                                          {{"posted", posted}}),
                          {}};
        for (const auto errorClass : kClasses)
            verdicts.refused.push_back(metrics.counter(
                "thahc_refused_total",
                "Messages, questions and receipts for deliveries refused: class T unsigned, U "
                "signer not known, A known",
                {{"posted", posted}, {"class", std::string(letterOf(errorClass))}}));
        verdicts_.push_back(std::move(verdicts));
    }
    for (const auto& entry : kRoutes)
        for (const bool post : {false, true})
            if (post ? entry.post : entry.get)
                seconds_[static_cast<std::size_t>(entry.route)][post ? 1 : 0] = metrics.histogram(
                    "thahc_request_seconds", "From the last byte of a request to its answer",
                    bucketsOfSeconds(),
                    {{"route", std::string(entry.pattern)}, {"method", post ? "POST" : "GET"}});
}

void PartnerMetrics::judged(Posted posted, std::optional<ErrorClass> refused) const {
    const auto& verdicts = verdicts_[static_cast<std::size_t>(posted)];
    if (refused)
        verdicts.refused[static_cast<std::size_t>(*refused)].add();
    else
        verdicts.accepted.add();
}

void PartnerMetrics::served(Route route, bool post,
                            std::chrono::steady_clock::duration took) const {
    const auto& histogram = seconds_[static_cast<std::size_t>(route)][post ? 1 : 0];
    // A method that the route does not have is refused at once and says nothing of its speed.
    if (histogram) histogram->observe(std::chrono::duration<double>(took).count());
}

}  // namespace gateway::server
