#include "gateway/server/operators/metrics_server.h"

#include "gateway/server/door/metrics.h"

namespace gateway::server {
namespace {

LoopbackSettings loopbackOf(const MetricsServerSettings& settings) {
    return {"metrics", settings.address, settings.port, 8, settings.limits, {}};
}

bool isAsked(const Request& request) {
    return request.method == "GET" && request.path == "/metrics" && request.query.empty();
}

Response notFound(const Request& request) {
    return problemResponse(base::Problem(base::ErrorCode::HTTP_NOT_FOUND), request.correlation);
}

// No body is wanted, whatever it is.
HeadVerdict judge(const Request& request, std::size_t length) {
    HeadVerdict verdict;
    if (length > 0 || !isAsked(request)) verdict.refusal = notFound(request);
    return verdict;
}

}  // namespace

MetricsServer::MetricsServer(const MetricsServerSettings& settings,
                             std::function<std::string()> metrics, const base::Clock& clock) :
    server_(
        loopbackOf(settings),
        [metrics = std::move(metrics)](const Request&) {
            return Response{200, kMetricsMediaType, {}, metrics(), false};
        },
        judge, clock) {}

}  // namespace gateway::server
