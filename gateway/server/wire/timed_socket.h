#pragma once
// A connected socket, TLS or not, whose every wait ends at a stated instant.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace Poco::Net {
class StreamSocket;
}

namespace gateway::server {

class StopSignal;

using Deadline = std::chrono::steady_clock::time_point;

enum class IoStatus {
    Ok,
    Closed,  ///< the other side ended the stream in an orderly way
    Failed,  ///< reset, TLS error
    TimedOut,
    Stopped,  ///< the server is stopping
};

struct IoCount {
    IoStatus status = IoStatus::Ok;
    std::size_t bytes = 0;
};

/// How slow a peer may be: every byte gives it the time that it takes at `bytesPerSecond`, and it
/// may never be more than `grace` behind. What came quickly saves up no more than that, so that
/// nobody can be quick first and drip afterwards.
class Pace {
  public:
    Pace(std::chrono::milliseconds grace, std::size_t bytesPerSecond) :
        grace_(grace),
        bytesPerSecond_(bytesPerSecond),
        deadline_(std::chrono::steady_clock::now() + grace) {}
    /// By when the next byte must have moved.
    [[nodiscard]] Deadline deadline() const noexcept { return deadline_; }
    void moved(std::size_t bytes) noexcept {
        const std::chrono::microseconds earned(bytes * 1'000'000 / bytesPerSecond_);
        deadline_ = std::min(deadline_ + earned, std::chrono::steady_clock::now() + grace_);
    }

  private:
    std::chrono::milliseconds grace_;
    std::size_t bytesPerSecond_;
    Deadline deadline_;
};

/// Blocks SIGPIPE for the calling thread, so that writing to a peer that is gone is an error and
/// not the end of the process. OpenSSL writes without MSG_NOSIGNAL.
void blockSigpipe() noexcept;

/// Waits for poll(2) `events` on `fd`; `idle` as in TimedSocket::read. `stop` may be null.
[[nodiscard]] IoStatus waitFor(int fd, short events, Deadline deadline, const StopSignal* stop,
                               bool idle) noexcept;

/// One socket in non-blocking mode, used by one thread. POCO's timeouts are per read, so a peer
/// that drips bytes would hold a thread for ever; here the caller gives the instant at which the
/// whole affair must be over.
/// The thread must have SIGPIPE blocked.
class TimedSocket {
  public:
    /// Takes a share of `socket`; `stop` may be null and must outlive this object.
    TimedSocket(const Poco::Net::StreamSocket& socket, const StopSignal* stop);
    ~TimedSocket();
    TimedSocket(const TimedSocket&) = delete;
    TimedSocket& operator=(const TimedSocket&) = delete;

    /// At least one byte, or why not. While `idle`, a requested stop ends the wait too.
    [[nodiscard]] IoCount read(char* buffer, std::size_t size, Deadline deadline,
                               bool idle = false);
    /// All bytes, or why not; then `bytes` counts what was surely handed over.
    [[nodiscard]] IoCount write(std::string_view bytes, Deadline deadline);
    /// The same to a reader that must keep pace.
    [[nodiscard]] IoCount write(std::string_view bytes, Pace& pace);
    /// What the last Failed was about, in English; for logs.
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
    /// True when bytes (or an end) are waiting; never blocks.
    [[nodiscard]] bool hasNews() const noexcept;

    /// Ends the stream politely: close_notify, FIN, then throws away what still comes, at most
    /// `patience` and base::kLingerBytes, because a kernel that holds unread bytes resets the
    /// connection and the peer loses our last answer.
    void finish(std::chrono::milliseconds patience = std::chrono::seconds(1)) noexcept;

  private:
    struct Native;
    template <class DeadlineNow>
    [[nodiscard]] IoCount writeAll(std::string_view bytes, DeadlineNow deadlineNow);
    std::unique_ptr<Native> native_;
    const StopSignal* stop_;
    std::string failure_;
};

}  // namespace gateway::server
