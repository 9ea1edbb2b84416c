#include "gateway/base/log_output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "gateway/base/limits.h"
#include "gateway/base/log.h"
#include "gateway/base/time_format.h"

namespace gateway::base {
namespace {

constexpr std::chrono::milliseconds kLookPause{20};

std::string droppedLine(std::uint64_t count) {
    return "{\"time\":" + jsonQuoted(formatTimestamp(SystemClock().now())) +
           ",\"level\":\"warning\",\"event\":\"log.lines_dropped\",\"count\":\"" +
           std::to_string(count) + "\"}\n";
}

}  // namespace

LogOutput& LogOutput::instance() noexcept {
    // Never destroyed: the last lines come from destructors.
    static auto* const output = new LogOutput;
    return *output;
}

// The descriptor is shared with whoever started us, so its own flags are not ours to change: a pipe
// or terminal is opened once more for ourselves. Looked at each time, for 2 may be put elsewhere.
void LogOutput::lookAgain() noexcept {
    struct stat status {};
    if (::fstat(STDERR_FILENO, &status) != 0) return;
    if (status.st_dev == device_ && status.st_ino == inode_) return;
    device_ = status.st_dev;
    inode_ = status.st_ino;
    if (own_ >= 0) ::close(own_);
    own_ = -1;
    kind_ = S_ISSOCK(status.st_mode)                              ? Kind::Socket
            : S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode) ? Kind::Stream
                                                                  : Kind::File;
    if (kind_ == Kind::Stream)
        own_ = ::open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

ssize_t LogOutput::offer(std::string_view bytes) const noexcept {
    if (kind_ == Kind::Socket)
        return ::send(STDERR_FILENO, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (kind_ == Kind::File) return ::write(STDERR_FILENO, bytes.data(), bytes.size());
    if (own_ >= 0) return ::write(own_, bytes.data(), bytes.size());
    // It could not be opened again: a line fits into what a writable pipe takes at once.
    pollfd ready{STDERR_FILENO, POLLOUT, 0};
    if (::poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT) != 0)
        return ::write(STDERR_FILENO, bytes.data(), bytes.size());
    errno = EAGAIN;
    return -1;
}

// True when nothing is left. Line by line: a pipe takes a line of its size whole or not at all.
bool LogOutput::drain() {
    while (!backlog_.empty()) {
        const auto end = backlog_.find('\n');
        const auto line = std::string_view(backlog_).substr(0, end + 1);
        const auto sent = offer(line);
        if (sent > 0) {
            backlog_.erase(0, static_cast<std::size_t>(sent));
            continue;
        }
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
        // Nobody will ever read it, or the disk is full: the line is lost, and that is counted.
        backlog_.erase(0, line.size());
        ++dropped_;
        ++untold_;
        return backlog_.empty();
    }
    return true;
}

void LogOutput::put(std::string_view line) {
    const std::lock_guard lock(mutex_);
    lookAgain();
    const bool free = drain();
    if (!free && backlog_.size() + line.size() > kLogBacklogBytes) {
        ++dropped_;
        ++untold_;
        return;
    }
    if (free && untold_ > 0) {
        backlog_ += droppedLine(untold_);
        untold_ = 0;
    }
    backlog_ += line;
    if (free) static_cast<void>(drain());
}

void LogOutput::flush(std::chrono::milliseconds patience) noexcept {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        try {
            const std::lock_guard lock(mutex_);
            lookAgain();
            if (drain()) return;
        } catch (...) {
            return;  // out of memory at the end: what is lost is lost
        }
        if (std::chrono::steady_clock::now() >= until) return;
        ::poll(nullptr, 0, static_cast<int>(kLookPause.count()));
    }
}

std::uint64_t LogOutput::dropped() const noexcept {
    const std::lock_guard lock(mutex_);
    return dropped_;
}

}  // namespace gateway::base
