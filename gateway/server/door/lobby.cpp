#include "gateway/server/door/lobby.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/base/fault.h"
#include "gateway/base/log.h"
#include "gateway/server/door/address_block.h"
#include "gateway/server/wire/waiting_room.h"

namespace gateway::server {
namespace {

constexpr std::size_t kThreads = 2;
// Between two rounds of those who are already here.
constexpr int kAcceptedAtOnce = 32;
constexpr std::chrono::milliseconds kLongestSleep{1'000};
constexpr int kPauseWithoutDescriptors = 20;
// What epoll calls those who are no guest.
constexpr std::uint64_t kListening = 0, kStopping = 1, kFirstGuest = 2;

struct Pending {
    Pending(const Poco::Net::StreamSocket& raw, const TlsContext& context, std::string from,
            Deadline end) :
        socket(attachTls(raw, context)), address(std::move(from)), deadline(end) {}
    Poco::Net::SecureStreamSocket socket;  ///< one thread at a time: epoll wakes one (EPOLLONESHOT)
    const std::string address;
    const Deadline deadline;
};
using PendingPtr = std::shared_ptr<Pending>;

HandshakeFailure failure(HandshakeRefusal refusal) {
    return {refusal, refusal == HandshakeRefusal::TimedOut ? "timed out" : "", false};
}

}  // namespace

struct Lobby::Native {
    Native(const Poco::Net::ServerSocket& l, const base::Limits& limit, Callbacks c,
           const StopSignal& s, DoorCounters& n) :
        listening(l),
        limits(limit),
        callbacks(std::move(c)),
        stop(s),
        counters(n),
        room(limit.unfinishedHandshakes, limit.unfinishedHandshakesPerBlock) {}

    void work();
    void acceptSome();
    void greet(int fd);
    void step(std::uint64_t id);
    void closeLate();
    int patience();
    void watch(int operation, int fd, std::uint32_t events, std::uint64_t id) const;
    PendingPtr takeOut(std::uint64_t id);

    const Poco::Net::ServerSocket listening;
    const base::Limits& limits;
    const Callbacks callbacks;
    const StopSignal& stop;
    DoorCounters& counters;
    int epoll = -1;
    std::vector<std::jthread> threads;
    std::mutex mutex;  ///< for what follows
    WaitingRoom<Pending> room;
    std::uint64_t next = kFirstGuest;
};

void Lobby::Native::watch(int operation, int fd, std::uint32_t events, std::uint64_t id) const {
    epoll_event event{};
    event.events = events;
    event.data.u64 = id;
    if (::epoll_ctl(epoll, operation, fd, &event) != 0 && operation == EPOLL_CTL_ADD)
        throw base::Fault("epoll_ctl failed");
}

void Lobby::Native::work() {
    blockSigpipe();
    while (!stop.stopping()) {
        closeLate();
        epoll_event event{};
        if (::epoll_wait(epoll, &event, 1, patience()) != 1) continue;
        try {
            if (event.data.u64 == kListening)
                acceptSome();
            else if (event.data.u64 != kStopping)
                step(event.data.u64);
        } catch (const std::exception& e) {
            static_cast<void>(takeOut(event.data.u64));
            base::logEvent(base::LogLevel::Error, "connection_fault", {{"what", e.what()}});
        }
        if (event.data.u64 == kListening)
            watch(EPOLL_CTL_MOD, listening.impl()->sockfd(), EPOLLIN | EPOLLONESHOT, kListening);
    }
}

int Lobby::Native::patience() {
    const std::lock_guard lock(mutex);
    const auto oldest = room.oldest();
    if (!oldest) return static_cast<int>(kLongestSleep.count());
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        oldest->deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp(left, std::chrono::milliseconds(0), kLongestSleep).count());
}

void Lobby::Native::acceptSome() {
    for (int i = 0; i < kAcceptedAtOnce; ++i) {
        const int fd =
            ::accept4(listening.impl()->sockfd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            ++counters.accepted;
            greet(fd);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            // Whoever has waited for the longest leaves us its descriptor.
            ++counters.closedAtAccept;
            std::unique_lock lock(mutex);
            const auto oldest = room.takeOldest();
            counters.unfinishedNow = room.size();
            lock.unlock();
            if (!oldest) ::poll(nullptr, 0, kPauseWithoutDescriptors);
            return;
        }
        if (errno != EINTR && errno != ECONNABORTED) return;
    }
}

void Lobby::Native::greet(int fd) {
    Poco::Net::StreamSocket raw(new Poco::Net::StreamSocketImpl(fd));
    std::string address;
    try {
        raw.setBlocking(false);
        raw.setNoDelay(true);
        address = raw.peerAddress().host().toString();
    } catch (const Poco::Exception&) {
        return;  // gone already
    }
    const auto deadline = std::chrono::steady_clock::now() + limits.handshakeTimeout;
    const auto guest = std::make_shared<Pending>(raw, *callbacks.tls(), address, deadline);
    PendingPtr gone;
    std::uint64_t id = 0;
    {
        const std::lock_guard lock(mutex);
        id = next++;
        gone = room.add(id, guest, addressBlockOf(address));
        counters.unfinishedNow = room.size();
    }
    if (gone) callbacks.refused(failure(HandshakeRefusal::GaveWay), gone->address);
    watch(EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLONESHOT, id);
}

PendingPtr Lobby::Native::takeOut(std::uint64_t id) {
    const std::lock_guard lock(mutex);
    auto guest = room.take(id);
    counters.unfinishedNow = room.size();
    return guest;
}

void Lobby::Native::step(std::uint64_t id) {
    PendingPtr guest;
    {
        const std::lock_guard lock(mutex);
        guest = room.find(id);
    }
    if (!guest) return;
    using State = HandshakeStep::State;
    const HandshakeStep step = stepHandshake(guest->socket);
    const int fd = guest->socket.impl()->sockfd();
    if (step.state == State::WantsRead || step.state == State::WantsWrite) {
        const std::uint32_t event = step.state == State::WantsRead ? EPOLLIN : EPOLLOUT;
        const std::lock_guard lock(mutex);
        if (room.find(id)) watch(EPOLL_CTL_MOD, fd, event | EPOLLONESHOT, id);
        return;
    }
    // Whoever gave way or was late in the meantime has been refused already.
    if (!takeOut(id)) return;
    if (step.state == State::Failed) return callbacks.refused(step.failure, guest->address);
    watch(EPOLL_CTL_DEL, fd, 0, id);
    callbacks.enter(guest->socket, guest->address);
}

void Lobby::Native::closeLate() {
    for (;;) {
        PendingPtr late;
        {
            const std::lock_guard lock(mutex);
            const auto oldest = room.oldest();
            if (!oldest || oldest->deadline > std::chrono::steady_clock::now()) return;
            late = room.takeOldest();
            counters.unfinishedNow = room.size();
        }
        callbacks.refused(failure(HandshakeRefusal::TimedOut), late->address);
    }
}

Lobby::Lobby(const Poco::Net::ServerSocket& listening, const base::Limits& limits,
             Callbacks callbacks, const StopSignal& stop, DoorCounters& counters) :
    native_(std::make_unique<Native>(listening, limits, std::move(callbacks), stop, counters)) {}

Lobby::~Lobby() { join(); }

void Lobby::start() {
    Native& n = *native_;
    n.epoll = ::epoll_create1(EPOLL_CLOEXEC);
    if (n.epoll < 0) throw base::Fault("no descriptor left for the door");
    Poco::Net::ServerSocket(n.listening).setBlocking(false);
    n.watch(EPOLL_CTL_ADD, n.listening.impl()->sockfd(), EPOLLIN | EPOLLONESHOT, kListening);
    n.watch(EPOLL_CTL_ADD, n.stop.stoppingFd(), EPOLLIN, kStopping);
    for (std::size_t i = 0; i < kThreads; ++i) n.threads.emplace_back([&n] { n.work(); });
}

void Lobby::join() {
    Native& n = *native_;
    n.threads.clear();
    if (n.epoll >= 0) ::close(std::exchange(n.epoll, -1));
    while (n.room.takeOldest()) n.counters.unfinishedNow = n.room.size();
}

}  // namespace gateway::server
