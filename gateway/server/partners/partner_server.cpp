#include "gateway/server/partners/partner_server.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/log.h"
#include "gateway/server/door/address_block.h"
#include "gateway/server/door/admission.h"
#include "gateway/server/door/fair_share.h"
#include "gateway/server/door/http_connection.h"
#include "gateway/server/door/listening.h"
#include "gateway/server/door/lobby.h"
#include "gateway/server/door/worker_pool.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;

constexpr int kListenBacklog = 512;
// Threads beyond the cap, so that a connection too many is told so after its handshake.
constexpr std::size_t kRefusalThreads = 16;
// Threads of connections that have given way and are about to end.
constexpr std::size_t kLeavingThreads = 64;
constexpr std::chrono::milliseconds kDrainPoll{5};

/// What all connections of the door share.
struct Door {
    Door(const PartnerServerSettings& s, TlsContextPtr t, Handler h, const base::Clock& c) :
        settings(s), handler(std::move(h)), clock(c), tls_(std::move(t)) {}

    [[nodiscard]] TlsContextPtr tls() const {
        const std::lock_guard lock(tlsMutex_);
        return tls_;
    }
    void replaceTls(TlsContextPtr tls) {
        const std::lock_guard lock(tlsMutex_);
        tls_.swap(tls);
    }

    const PartnerServerSettings settings;
    const base::Limits& limits = settings.limits;
    const Handler handler;
    const base::Clock& clock;
    StopSignal stop;
    DoorCounters counters;
    Admission admission{limits};
    FairShare<std::string> strangers{limits.strangers};  ///< by address block
    std::atomic<std::size_t> refusing{0};
    RefusalLog refusals;
    HttpService service{handler, limits, clock, stop, counters, refusals, settings.judge};

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
    const auto now = door.clock.now();
    const auto& shown = failure.certificate;
    const std::string reason(nameOf(failure.refusal));
    if (door.settings.refusals)
        door.settings.refusals->note(reason, failure.detail, address, shown, now);
    door.refusals.log(address, now, base::LogLevel::Info, "handshake_refused",
                      {{"address", address},
                       {"reason", reason},
                       {"detail", failure.detail},
                       {"fingerprint", shown ? shown->fingerprint.hex() : ""},
                       {"subject", shown ? shown->subject : ""},
                       {"issuer", shown ? shown->issuer : ""}});
}

/// One connection whose handshake is done, with the place that it has got.
class Visit {
  public:
    Visit(Door& door, const Poco::Net::SecureStreamSocket& socket, const std::string& address) :
        door_(door),
        socket_(socket),
        address_(address),
        certificate_(std::make_shared<const PeerCertificate>(peerCertificate(socket))) {
        ++door_.counters.connectionsNow;
        const auto& fingerprint = certificate_->fingerprint;
        if (door_.settings.knows && !door_.settings.knows(fingerprint)) {
            stranger_ = true;
            place_ = door_.strangers.take(addressBlockOf(address_));
            if (!place_) ++door_.counters.refusedStrangers;
            return;
        }
        ticket_.emplace(door_.admission, address_, fingerprint, socket_.impl()->sockfd());
        switch (ticket_->verdict()) {
            case Admission::Verdict::Admitted: return;
            case Admission::Verdict::TooMany: ++door_.counters.refusedTotal; break;
            case Admission::Verdict::TooManyFromAddress: ++door_.counters.refusedPerAddress; break;
            case Admission::Verdict::TooManyOfChannel: ++door_.counters.refusedPerChannel; break;
        }
        ticket_.reset();
        courtesy_.emplace(door_);
    }
    ~Visit() { --door_.counters.connectionsNow; }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    /// Whether a thread shall be spent on it.
    [[nodiscard]] bool isHeard() const {
        return stranger_ ? place_.has_value() : ticket_ || courtesy_->granted();
    }
    void serve() {
        TimedSocket timed(socket_, &door_.stop);
        HttpConnection connection(
            timed, door_.service,
            {address_, certificate_, std::nullopt, ticket_ ? &*ticket_ : nullptr, stranger_});
        if (courtesy_)
            connection.refuse(Problem(ErrorCode::OVERLOADED));
        else
            connection.run();
    }

  private:
    Door& door_;
    Poco::Net::SecureStreamSocket socket_;
    const std::string address_;
    const std::shared_ptr<const PeerCertificate> certificate_;
    bool stranger_ = false;
    std::optional<FairShare<std::string>::Place> place_;
    std::optional<Admission::Ticket> ticket_;  ///< ends before the socket does
    std::optional<Courtesy> courtesy_;
};

}  // namespace

struct PartnerServer::Native {
    Native(const PartnerServerSettings& settings, TlsContextPtr tls, Handler handler,
           const base::Clock& clock) :
        door(settings, std::move(tls), std::move(handler), clock),
        listening(listenOn(settings.address, settings.port, kListenBacklog)),
        port(listening.address().port()),
        workers("partners", door.limits.connections + door.limits.strangers + kRefusalThreads +
                                kLeavingThreads),
        lobby(listening, door.limits, callbacks(), door.stop, door.counters) {}

    Lobby::Callbacks callbacks() {
        return {[this] { return door.tls(); },
                [this](const Poco::Net::SecureStreamSocket& socket, const std::string& address) {
                    const auto visit = std::make_shared<Visit>(door, socket, address);
                    if (visit->isHeard() && !workers.run([visit] { visit->serve(); }))
                        ++door.counters.closedAtAccept;
                },
                [this](const HandshakeFailure& failure, const std::string& address) {
                    refuseHandshake(door, failure, address);
                }};
    }

    Door door;
    Poco::Net::ServerSocket listening;
    std::uint16_t port;
    WorkerPool workers;
    Lobby lobby;
    bool running = false;
};

PartnerServer::PartnerServer(const PartnerServerSettings& settings, TlsContextPtr tls,
                             Handler handler, const base::Clock& clock) :
    native_(std::make_unique<Native>(settings, std::move(tls), std::move(handler), clock)) {}

PartnerServer::~PartnerServer() { stop(std::chrono::milliseconds(0)); }

void PartnerServer::start() {
    native_->running = true;
    native_->lobby.start();
}

std::uint16_t PartnerServer::port() const noexcept { return native_->port; }

void PartnerServer::replaceTls(TlsContextPtr tls) { native_->door.replaceTls(std::move(tls)); }
TlsContextPtr PartnerServer::tls() const { return native_->door.tls(); }

bool PartnerServer::stop(std::chrono::milliseconds deadline) {
    if (!std::exchange(native_->running, false)) return true;
    Door& door = native_->door;
    const auto end = std::chrono::steady_clock::now() + deadline;
    door.stop.requestStop();
    native_->lobby.join();
    native_->listening.close();
    while (door.counters.connectionsNow != 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(kDrainPoll);
    const bool clean = door.counters.connectionsNow == 0;
    door.stop.abort();
    native_->workers.join();
    return clean;
}

DoorStatistics PartnerServer::statistics() const noexcept {
    return native_->door.counters.snapshot();
}

}  // namespace gateway::server
