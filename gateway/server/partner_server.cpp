#include "gateway/server/partner_server.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <atomic>
#include <mutex>
#include <optional>

#include "gateway/base/fault.h"
#include "gateway/base/log.h"
#include "gateway/server/admission.h"
#include "gateway/server/http_connection.h"
#include "gateway/server/tcp_service.h"
#include "gateway/server/tls_handshake.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;

constexpr int kListenBacklog = 512;
// Threads beyond the cap, so that a connection too many is told so after its handshake.
constexpr std::size_t kRefusalThreads = 16;

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
    std::atomic<std::size_t> refusing{0};
    RefusalLog refusals;
    HttpService service{handler, limits, clock, stop, counters, refusals};

  private:
    mutable std::mutex tlsMutex_;
    TlsContextPtr tls_;
};

/// A thread that tells somebody why not. There are few: whoever opens more connections than it
/// may must not hold the threads of all others, so beyond these it is closed without a word.
class Courtesy {
  public:
    explicit Courtesy(Door& door) : refusing_(door.refusing), before_(refusing_.fetch_add(1)) {}
    ~Courtesy() { refusing_.fetch_sub(1); }
    Courtesy(const Courtesy&) = delete;
    Courtesy& operator=(const Courtesy&) = delete;
    [[nodiscard]] bool granted() const noexcept { return before_ < kRefusalThreads; }

  private:
    std::atomic<std::size_t>& refusing_;
    const std::size_t before_;
};

void refuseHandshake(Door& door, const HandshakeFailure& failure, const std::string& address) {
    if (failure.stopped) return;
    ++door.counters.handshakesRefused[static_cast<std::size_t>(failure.refusal)];
    door.refusals.log(address, door.clock.now(), base::LogLevel::Info, "handshake_refused",
                      {{"address", address},
                       {"reason", std::string(nameOf(failure.refusal))},
                       {"detail", failure.detail}});
}

void serve(Door& door, Poco::Net::StreamSocket& socket) {
    const std::string address = socket.peerAddress().host().toString();
    std::optional<Admission::Ticket> ticket(std::in_place, door.admission, address);
    std::optional<Courtesy> courtesy;
    if (ticket->verdict() != Admission::Verdict::Admitted) {
        const bool total = ticket->verdict() == Admission::Verdict::TooMany;
        ++(total ? door.counters.refusedTotal : door.counters.refusedPerAddress);
        if (!courtesy.emplace(door).granted()) return;
    }
    socket.setBlocking(false);
    const TlsContextPtr context = door.tls();
    Poco::Net::SecureStreamSocket secure = attachTls(socket, *context);
    const Deadline deadline = std::chrono::steady_clock::now() + door.limits.handshakeTimeout;
    if (const auto failure = shakeHands(secure, deadline, &door.stop))
        return refuseHandshake(door, *failure, address);
    TimedSocket timed(secure, &door.stop);
    const document::Digest fingerprint = peerFingerprint(secure);
    HttpConnection connection(timed, door.service, {address, fingerprint, std::nullopt});
    if (courtesy) {
        connection.refuse(Problem(ErrorCode::OVERLOADED));
    } else if (!ticket->joinChannel(fingerprint)) {
        ++door.counters.refusedPerChannel;
        if (!courtesy.emplace(door).granted()) return;
        ticket.reset();  // its place is free while we are still being polite
        connection.refuse(Problem(ErrorCode::OVERLOADED));
    } else {
        connection.run();
    }
}

Poco::Net::ServerSocket listenOn(const PartnerServerSettings& settings) {
    try {
        Poco::Net::ServerSocket socket;
        const Poco::Net::SocketAddress address(settings.address, settings.port);
        // Our own port of before may be taken again at once, a living one's never: with
        // SO_REUSEPORT, which POCO sets by default, a second process would get half of our
        // partners.
        socket.bind(address, true, false);
        socket.listen(kListenBacklog);
        return socket;
    } catch (const Poco::Exception& e) {
        throw base::Fault("cannot listen on " + settings.address + ":" +
                          std::to_string(settings.port) + ": " + e.displayText());
    }
}

}  // namespace

struct PartnerServer::Native {
    Native(const PartnerServerSettings& settings, TlsContextPtr tls, Handler handler,
           const base::Clock& clock) :
        door(settings.limits, std::move(tls), std::move(handler), clock),
        listening(listenOn(settings)),
        service(
            "partners", listening, door.limits.connections + kRefusalThreads,
            [this](Poco::Net::StreamSocket& socket) { serve(door, socket); }, door.stop,
            door.counters),
        port(listening.address().port()) {}

    Door door;
    Poco::Net::ServerSocket listening;
    TcpService service;
    std::uint16_t port;
};

PartnerServer::PartnerServer(const PartnerServerSettings& settings, TlsContextPtr tls,
                             Handler handler, const base::Clock& clock) :
    native_(std::make_unique<Native>(settings, std::move(tls), std::move(handler), clock)) {}

PartnerServer::~PartnerServer() = default;

void PartnerServer::start() { native_->service.start(); }

std::uint16_t PartnerServer::port() const noexcept { return native_->port; }

void PartnerServer::replaceTls(TlsContextPtr tls) { native_->door.replaceTls(std::move(tls)); }

bool PartnerServer::stop(std::chrono::milliseconds deadline) {
    return native_->service.stop(deadline);
}

DoorStatistics PartnerServer::statistics() const noexcept {
    return native_->door.counters.snapshot();
}

}  // namespace gateway::server
