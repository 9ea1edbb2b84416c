#include "gateway/server/outward/public_server.h"

#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <atomic>
#include <optional>
#include <thread>
#include <utility>

#include "gateway/server/door/address_block.h"
#include "gateway/server/door/fair_share.h"
#include "gateway/server/door/listening.h"
#include "gateway/server/door/lobby.h"
#include "gateway/server/door/worker_pool.h"

namespace gateway::server {
namespace {

constexpr int kListenBacklog = 128;
constexpr std::chrono::milliseconds kDrainPoll{5};
constexpr std::chrono::milliseconds kKeepAlive{5'000};
constexpr std::size_t kHeadBytes = 8 * 1024;

base::Limits publicLimits(base::Limits limits) {
    limits.requestsPerConnection = base::kPublicRequestsPerConnection;
    limits.keepAliveTimeout = std::min(limits.keepAliveTimeout, kKeepAlive);
    limits.requestHeadBytes = std::min(limits.requestHeadBytes, kHeadBytes);
    limits.requestBodyBytes = base::kDiscardedBody;
    return limits;
}

}  // namespace

struct PublicServer::Native {
    Native(PublicServerSettings s, TlsContextPtr context, Handler h, const base::Clock& clock) :
        settings(std::move(s)),
        limits(publicLimits(settings.limits)),
        handler(std::move(h)),
        http{handler, limits, clock, stop, counters, refusals, settings.judge, &settings.manners},
        tls(std::move(context)),
        listening(listenOn(settings.address, settings.port, kListenBacklog)),
        port(listening.address().port()),
        workers("public", base::kPublicConnections),
        lobby(listening, limits, callbacks(), stop, counters) {}

    Lobby::Callbacks callbacks() {
        return {[this] { return tls.load(); },
                [this](const Poco::Net::SecureStreamSocket& socket, const std::string& address) {
                    enter(socket, address);
                },
                [this](const HandshakeFailure& failure, const std::string&) {
                    if (!failure.stopped)
                        ++counters.handshakesRefused[static_cast<std::size_t>(failure.refusal)];
                }};
    }

    void enter(const Poco::Net::SecureStreamSocket& socket, const std::string& address) {
        auto taken = places.take(addressBlockOf(address));
        if (!taken) {
            ++counters.refusedPerAddress;
            return;
        }
        // std::function wants to be copied, a place does not.
        auto place = std::make_shared<FairShare<std::string>::Place>(*std::move(taken));
        ++counters.connectionsNow;
        const auto visit = std::shared_ptr<void>(nullptr, [this, place](void*) mutable {
            place.reset();
            --counters.connectionsNow;
        });
        if (!workers.run([this, socket, address, visit] {
                TimedSocket timed(socket, &stop);
                HttpConnection(timed, http, {address, nullptr, std::nullopt}).run();
            }))
            ++counters.closedAtAccept;
    }

    const PublicServerSettings settings;
    const base::Limits limits;
    const Handler handler;
    StopSignal stop;
    DoorCounters counters;
    RefusalLog refusals;
    FairShare<std::string> places{base::kPublicConnections};  ///< by address block
    HttpService http;
    std::atomic<TlsContextPtr> tls;
    Poco::Net::ServerSocket listening;
    std::uint16_t port;
    WorkerPool workers;
    Lobby lobby;
    bool running = false;
};

PublicServer::PublicServer(PublicServerSettings settings, TlsContextPtr tls, Handler handler,
                           const base::Clock& clock) :
    native_(
        std::make_unique<Native>(std::move(settings), std::move(tls), std::move(handler), clock)) {}

PublicServer::~PublicServer() { stop(std::chrono::milliseconds(0)); }

void PublicServer::start() {
    native_->running = true;
    native_->lobby.start();
}

std::uint16_t PublicServer::port() const noexcept { return native_->port; }

void PublicServer::replaceTls(TlsContextPtr tls) { native_->tls.store(std::move(tls)); }

bool PublicServer::stop(std::chrono::milliseconds deadline) {
    if (!std::exchange(native_->running, false)) return true;
    const auto end = std::chrono::steady_clock::now() + deadline;
    native_->stop.requestStop();
    native_->lobby.join();
    native_->listening.close();
    while (native_->counters.connectionsNow != 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(kDrainPoll);
    const bool clean = native_->counters.connectionsNow == 0;
    native_->stop.abort();
    native_->workers.join();
    return clean;
}

DoorStatistics PublicServer::statistics() const noexcept { return native_->counters.snapshot(); }

}  // namespace gateway::server
