#include "gateway/server/operators/loopback_server.h"

#include <Poco/Net/IPAddress.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <utility>

#include "gateway/base/fault.h"
#include "gateway/server/door/listening.h"
#include "gateway/server/door/tcp_service.h"

namespace gateway::server {
namespace {

constexpr int kListenBacklog = 16;

Poco::Net::ServerSocket listenOnLoopback(const LoopbackSettings& settings) {
    if (!LoopbackServer::isLoopback(settings.address))
        throw base::Fault(settings.name + ": only a loopback address is served, not " +
                          settings.address);
    return listenOn(settings.address, settings.port, kListenBacklog);
}

}  // namespace

struct LoopbackServer::Native {
    Native(LoopbackSettings s, Handler h, HeadJudge j, const base::Clock& clock) :
        settings(std::move(s)),
        handler(std::move(h)),
        judge(std::move(j)),
        http{handler, settings.limits, clock, stop, counters, refusals, judge, &settings.manners},
        listening(listenOnLoopback(settings)),
        service(
            settings.name, listening, settings.threads,
            [this](Poco::Net::StreamSocket& socket) { serve(socket); }, stop, counters) {}

    void serve(Poco::Net::StreamSocket& socket) {
        const std::string address = socket.peerAddress().host().toString();
        socket.setBlocking(false);
        TimedSocket timed(socket, &stop);
        HttpConnection(timed, http, {address, nullptr, std::nullopt}).run();
    }

    const LoopbackSettings settings;
    const Handler handler;
    const HeadJudge judge;
    StopSignal stop;
    DoorCounters counters;
    RefusalLog refusals;
    HttpService http;
    Poco::Net::ServerSocket listening;
    TcpService service;
};

LoopbackServer::LoopbackServer(LoopbackSettings settings, Handler handler, HeadJudge judge,
                               const base::Clock& clock) :
    native_(std::make_unique<Native>(std::move(settings), std::move(handler), std::move(judge),
                                     clock)) {}

LoopbackServer::~LoopbackServer() { stop(std::chrono::milliseconds(0)); }

bool LoopbackServer::isLoopback(const std::string& address) {
    Poco::Net::IPAddress parsed;
    return Poco::Net::IPAddress::tryParse(address, parsed) && parsed.isLoopback();
}

void LoopbackServer::start() { native_->service.start(); }

bool LoopbackServer::stop(std::chrono::milliseconds deadline) {
    return native_->service.stop(deadline);
}

std::uint16_t LoopbackServer::port() const noexcept { return native_->listening.address().port(); }

}  // namespace gateway::server
