#include "gateway/server/wire/timed_socket.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include "gateway/base/limits.h"
#include "gateway/server/wire/stop_signal.h"
#include "gateway/server/wire/tls_context.h"

namespace gateway::server {
namespace {

// Pace is judged between two of these.
constexpr std::size_t kWriteSize = 64 * 1024;
constexpr int kWantRead = Poco::Net::SecureStreamSocket::ERR_SSL_WANT_READ;

int millisecondsUntil(Deadline deadline) noexcept {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<long long>(left.count(), 0, INT_MAX));
}

int chunkOf(std::size_t size) noexcept {
    return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

}  // namespace

void blockSigpipe() noexcept {
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

struct TimedSocket::Native {
    Poco::Net::StreamSocket socket;
    bool tls;
    int fd;
};

TimedSocket::TimedSocket(const Poco::Net::StreamSocket& socket, const StopSignal* stop) :
    native_(std::make_unique<Native>(Native{socket, socket.secure(), socket.impl()->sockfd()})),
    stop_(stop) {}

TimedSocket::~TimedSocket() = default;

IoStatus waitFor(int fd, short events, Deadline deadline, const StopSignal* stop,
                 bool idle) noexcept {
    std::array<pollfd, 3> fds{};
    fds[0] = {fd, events, 0};
    fds[1] = {stop ? stop->abortFd() : -1, POLLIN, 0};
    fds[2] = {stop && idle ? stop->stoppingFd() : -1, POLLIN, 0};
    for (;;) {
        const int left = millisecondsUntil(deadline);
        const int ready = ::poll(fds.data(), fds.size(), left);
        if (ready < 0 && errno != EINTR) return IoStatus::Failed;
        if (ready > 0 && (fds[1].revents != 0 || fds[2].revents != 0)) return IoStatus::Stopped;
        if (ready > 0 && fds[0].revents != 0) return IoStatus::Ok;
        if (left == 0) return IoStatus::TimedOut;
    }
}

IoCount TimedSocket::read(char* buffer, std::size_t size, Deadline deadline, bool idle) {
    for (;;) {
        int got = 0;
        try {
            forgetTlsErrors();
            got = native_->socket.receiveBytes(buffer, chunkOf(size));
        } catch (const Poco::Exception& e) {
            failure_ = e.displayText();
            return {IoStatus::Failed, 0};
        }
        if (got > 0) return {IoStatus::Ok, static_cast<std::size_t>(got)};
        if (got == 0) return {IoStatus::Closed, 0};
        const bool wantsRead = !native_->tls || got == kWantRead;
        const IoStatus ready =
            waitFor(native_->fd, wantsRead ? POLLIN : POLLOUT, deadline, stop_, idle);
        if (ready != IoStatus::Ok) return {ready, 0};
    }
}

IoCount TimedSocket::write(std::string_view bytes, Deadline deadline) {
    return writeAll(bytes, [deadline](std::size_t) { return deadline; });
}

IoCount TimedSocket::write(std::string_view bytes, Pace& pace) {
    return writeAll(bytes, [&pace](std::size_t moved) {
        pace.moved(moved);
        return pace.deadline();
    });
}

// `deadlineNow` is told of each part that has been handed over.
template <class DeadlineNow>
IoCount TimedSocket::writeAll(std::string_view bytes, DeadlineNow deadlineNow) {
    std::size_t done = 0;
    Deadline deadline = deadlineNow(0);
    while (done < bytes.size()) {
        int sent = 0;
        try {
            forgetTlsErrors();
            // After "try again" TLS wants the very same buffer, which this loop gives it.
            const auto size = std::min(bytes.size() - done, kWriteSize);
            sent = native_->socket.sendBytes(bytes.data() + done, chunkOf(size));
        } catch (const Poco::Exception& e) {
            failure_ = e.displayText();
            return {IoStatus::Failed, done};
        }
        if (sent > 0) {
            done += static_cast<std::size_t>(sent);
            deadline = deadlineNow(static_cast<std::size_t>(sent));
            continue;
        }
        const bool wantsRead = native_->tls && sent == kWantRead;
        const IoStatus ready =
            waitFor(native_->fd, wantsRead ? POLLIN : POLLOUT, deadline, stop_, false);
        if (ready != IoStatus::Ok) return {ready, done};
    }
    return {IoStatus::Ok, done};
}

bool TimedSocket::hasNews() const noexcept {
    pollfd fd{native_->fd, POLLIN, 0};
    return ::poll(&fd, 1, 0) != 0;
}

void TimedSocket::finish(std::chrono::milliseconds patience) noexcept {
    try {
        forgetTlsErrors();
        if (native_->tls) native_->socket.shutdown();
    } catch (const std::exception&) {
        // The peer is gone already: nothing left to be polite about.
    }
    ::shutdown(native_->fd, SHUT_WR);
    const Deadline deadline = std::chrono::steady_clock::now() + patience;
    std::array<char, 16 * 1024> waste{};
    for (std::size_t total = 0; total < base::kLingerBytes;) {
        const auto got = ::recv(native_->fd, waste.data(), waste.size(), MSG_DONTWAIT);
        if (got == 0) break;
        if (got > 0) {
            total += static_cast<std::size_t>(got);
            if (std::chrono::steady_clock::now() >= deadline) break;
            continue;
        }
        if (errno != EAGAIN && errno != EINTR) break;
        if (waitFor(native_->fd, POLLIN, deadline, stop_, true) != IoStatus::Ok) break;
    }
}

}  // namespace gateway::server
