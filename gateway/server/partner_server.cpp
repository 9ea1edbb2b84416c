#include "gateway/server/partner_server.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/ThreadPool.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "gateway/base/fault.h"
#include "gateway/base/log.h"
#include "gateway/server/admission.h"
#include "gateway/server/http_connection.h"
#include "gateway/server/tls_handshake.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;

constexpr int kListenBacklog = 512;
// Threads beyond the cap, so that a connection too many is told so after its handshake.
constexpr int kRefusalThreads = 16;
constexpr int kThreadStackBytes = 1024 * 1024;
constexpr std::chrono::milliseconds kDrainPoll{5};

/// What all connections of the door share.
struct Door {
    Door(const base::Limits& l, TlsContextPtr t, Handler h, const base::Clock& c) :
        limits(l), handler(std::move(h)), clock(c), admission(limits), tls_(std::move(t)) {}

    [[nodiscard]] TlsContextPtr tls() const {
        const std::lock_guard lock(tlsMutex_);
        return tls_;
    }
    void replaceTls(TlsContextPtr tls) {
        const std::lock_guard lock(tlsMutex_);
        tls_.swap(tls);
    }

    const base::Limits limits;
    const Handler handler;
    const base::Clock& clock;
    StopSignal stop;
    DoorCounters counters;
    Admission admission;
    HttpService service{handler, limits, clock, stop, counters};

  private:
    mutable std::mutex tlsMutex_;
    TlsContextPtr tls_;
};

/// One accepted connection on its pool thread.
class PartnerConnection : public Poco::Net::TCPServerConnection {
  public:
    PartnerConnection(const Poco::Net::StreamSocket& socket, Door& door) :
        Poco::Net::TCPServerConnection(socket), door_(door) {
        ++door_.counters.connectionsNow;
    }
    ~PartnerConnection() override { --door_.counters.connectionsNow; }

    void run() override {
        try {
            serve();
        } catch (const std::exception& e) {
            base::logEvent(base::LogLevel::Error, "connection_fault", {{"what", e.what()}});
        }
    }

  private:
    void serve() {
        const std::string address = socket().peerAddress().host().toString();
        Admission::Ticket ticket(door_.admission, address);
        socket().setBlocking(false);
        const TlsContextPtr context = door_.tls();
        Poco::Net::SecureStreamSocket secure = attachTls(socket(), *context);
        const Deadline deadline = std::chrono::steady_clock::now() + door_.limits.handshakeTimeout;
        if (const auto failure = shakeHands(secure, deadline, &door_.stop)) {
            refuseHandshake(*failure, address);
            return;
        }
        TimedSocket timed(secure, &door_.stop);
        const document::Digest fingerprint = peerFingerprint(secure);
        HttpConnection connection(timed, door_.service, {address, fingerprint, std::nullopt});
        if (ticket.verdict() != Admission::Verdict::Admitted) {
            const bool total = ticket.verdict() == Admission::Verdict::TooMany;
            ++(total ? door_.counters.refusedTotal : door_.counters.refusedPerAddress);
            connection.refuse(Problem(ErrorCode::OVERLOADED));
        } else if (!ticket.joinChannel(fingerprint)) {
            ++door_.counters.refusedPerChannel;
            connection.refuse(Problem(ErrorCode::OVERLOADED));
        } else {
            connection.run();
        }
    }

    void refuseHandshake(const HandshakeFailure& failure, const std::string& address) {
        if (failure.stopped) return;
        ++door_.counters.handshakesRefused[static_cast<std::size_t>(failure.refusal)];
        base::logEvent(base::LogLevel::Info, "handshake_refused",
                       {{"address", address},
                        {"reason", std::string(nameOf(failure.refusal))},
                        {"detail", failure.detail}});
    }

    Door& door_;
};

class ConnectionFactory : public Poco::Net::TCPServerConnectionFactory {
  public:
    explicit ConnectionFactory(Door& door) : door_(door) {}
    Poco::Net::TCPServerConnection* createConnection(
        const Poco::Net::StreamSocket& socket) override {
        return new PartnerConnection(socket, door_);
    }

  private:
    Door& door_;
};

/// Counts accepted connections, and closes those for which no thread would be left.
class AcceptFilter : public Poco::Net::TCPServerConnectionFilter {
  public:
    explicit AcceptFilter(Door& door) : door_(door) {}
    bool accept(const Poco::Net::StreamSocket&) override {
        ++door_.counters.accepted;
        if (!door_.stop.stopping() &&
            door_.counters.connectionsNow < door_.limits.connections + kRefusalThreads) {
            return true;
        }
        ++door_.counters.closedAtAccept;
        return false;
    }

  private:
    Door& door_;
};

Poco::Net::ServerSocket listenOn(const PartnerServerSettings& settings) {
    try {
        Poco::Net::ServerSocket socket;
        const Poco::Net::SocketAddress address(settings.address, settings.port);
        socket.bind(address, true);
        socket.listen(kListenBacklog);
        return socket;
    } catch (const Poco::Exception& e) {
        throw base::Fault("cannot listen on " + settings.address + ":" +
                          std::to_string(settings.port) + ": " + e.displayText());
    }
}

Poco::Net::TCPServerParams::Ptr paramsFor(int threads) {
    Poco::Net::TCPServerParams::Ptr params(new Poco::Net::TCPServerParams);
    params->setMaxThreads(threads);
    params->setMaxQueued(threads);
    return params;
}

}  // namespace

struct PartnerServer::Native {
    Native(PartnerServerSettings settings, TlsContextPtr tls, Handler handler,
           const base::Clock& clock) :
        door(settings.limits, std::move(tls), std::move(handler), clock),
        threads(static_cast<int>(door.limits.connections) + kRefusalThreads),
        socket(listenOn(settings)),
        pool("partners", 2, threads, 60, kThreadStackBytes),
        server(new ConnectionFactory(door), pool, socket, paramsFor(threads)),
        port(socket.address().port()) {
        server.setConnectionFilter(new AcceptFilter(door));
    }

    Door door;
    int threads;
    Poco::Net::ServerSocket socket;
    Poco::ThreadPool pool;
    Poco::Net::TCPServer server;
    std::uint16_t port;
    bool started = false;
};

PartnerServer::PartnerServer(PartnerServerSettings settings, TlsContextPtr tls, Handler handler,
                             const base::Clock& clock) :
    native_(
        std::make_unique<Native>(std::move(settings), std::move(tls), std::move(handler), clock)) {}

PartnerServer::~PartnerServer() { stop(std::chrono::milliseconds(0)); }

void PartnerServer::start() {
    native_->started = true;
    native_->server.start();
}

std::uint16_t PartnerServer::port() const noexcept { return native_->port; }

void PartnerServer::replaceTls(TlsContextPtr tls) { native_->door.replaceTls(std::move(tls)); }

bool PartnerServer::stop(std::chrono::milliseconds deadline) {
    if (!native_->started) return true;
    native_->started = false;
    const Deadline end = std::chrono::steady_clock::now() + deadline;
    Door& door = native_->door;
    door.stop.requestStop();
    native_->server.stop();
    while (door.counters.connectionsNow != 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(kDrainPoll);
    const bool clean = door.counters.connectionsNow == 0;
    door.stop.abort();
    native_->pool.joinAll();
    return clean;
}

DoorStatistics PartnerServer::statistics() const noexcept {
    return native_->door.counters.snapshot();
}

}  // namespace gateway::server
