#include "gateway/server/operators/metrics_server.h"

#include <Poco/Exception.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include "gateway/base/fault.h"
#include "gateway/server/door/http_connection.h"
#include "gateway/server/door/listening.h"
#include "gateway/server/door/metrics.h"
#include "gateway/server/door/tcp_service.h"

namespace gateway::server {
namespace {

constexpr std::size_t kThreads = 8;
constexpr int kListenBacklog = 16;

const MetricsServerSettings& onLoopback(const MetricsServerSettings& settings) {
    if (!MetricsServer::isLoopback(settings.address))
        throw base::Fault("metrics are told on a loopback address only, not on " +
                          settings.address);
    return settings;
}

}  // namespace

bool MetricsServer::isLoopback(const std::string& address) {
    Poco::Net::IPAddress parsed;
    return Poco::Net::IPAddress::tryParse(address, parsed) && parsed.isLoopback();
}

struct MetricsServer::Native {
    Native(MetricsServerSettings s, std::function<std::string()> m, const base::Clock& clock) :
        settings(std::move(s)),
        metrics(std::move(m)),
        handler([this](const Request& request) { return answer(request); }),
        http{handler, settings.limits, clock, stop, counters, refusals, judge},
        listening(listenOn(onLoopback(settings).address, settings.port, kListenBacklog)),
        service(
            "metrics", listening, kThreads,
            [this](Poco::Net::StreamSocket& socket) { serve(socket); }, stop, counters) {}

    void serve(Poco::Net::StreamSocket& socket) {
        const std::string address = socket.peerAddress().host().toString();
        socket.setBlocking(false);
        TimedSocket timed(socket, &stop);
        HttpConnection(timed, http, {address, nullptr, std::nullopt}).run();
    }
    Response answer(const Request& request) const {
        if (request.method != "GET" || request.path != "/metrics" || !request.query.empty())
            return problemResponse(base::Problem(base::ErrorCode::HTTP_NOT_FOUND),
                                   request.correlation);
        return {200, kMetricsMediaType, {}, metrics()};
    }

    const MetricsServerSettings settings;
    const std::function<std::string()> metrics;
    const Handler handler;
    StopSignal stop;
    DoorCounters counters;
    RefusalLog refusals;
    /// No body is wanted, whatever it is.
    const HeadJudge judge = [this](const Request& request, std::size_t length) {
        HeadVerdict verdict;
        if (length > 0) verdict.refusal = answer(request);
        return verdict;
    };
    HttpService http;
    Poco::Net::ServerSocket listening;
    TcpService service;
};

MetricsServer::MetricsServer(MetricsServerSettings settings, std::function<std::string()> metrics,
                             const base::Clock& clock) :
    native_(std::make_unique<Native>(std::move(settings), std::move(metrics), clock)) {}

MetricsServer::~MetricsServer() { stop(std::chrono::milliseconds(0)); }

void MetricsServer::start() { native_->service.start(); }

bool MetricsServer::stop(std::chrono::milliseconds deadline) {
    return native_->service.stop(deadline);
}

std::uint16_t MetricsServer::port() const noexcept { return native_->listening.address().port(); }

}  // namespace gateway::server
