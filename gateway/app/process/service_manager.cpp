#include "gateway/app/process/service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "gateway/base/log.h"

namespace gateway::app {
namespace {

// One look that finds nothing is no verdict: three more follow before the watchdog's span is over.
constexpr int kLooks = 4;

std::string taken(const char* name) {
    const char* value = std::getenv(name);
    std::string text = value ? value : "";
    ::unsetenv(name);
    return text;
}

std::int64_t numberIn(const std::string& text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : 0;
}

}  // namespace

ServiceManager::ServiceManager(std::string socket, std::chrono::microseconds watchdog) :
    socket_(std::move(socket)), watchdog_(watchdog) {}

ServiceManager ServiceManager::fromEnvironment() {
    auto socket = taken("NOTIFY_SOCKET");
    const auto span = numberIn(taken("WATCHDOG_USEC"));
    const auto whose = taken("WATCHDOG_PID");
    const bool ours = whose.empty() || numberIn(whose) == ::getpid();
    return {std::move(socket),
            std::chrono::microseconds(ours ? std::max<std::int64_t>(span, 0) : 0)};
}

void ServiceManager::ready(const std::string& status) const { tell("READY=1\nSTATUS=" + status); }
void ServiceManager::stopping() const { tell("STOPPING=1\nSTATUS=stopping"); }
void ServiceManager::alive() const { tell("WATCHDOG=1"); }

bool ServiceManager::due(Moment now) {
    if (socket_.empty() || watchdog_ <= watchdog_.zero() || now < next_) return false;
    next_ = now + watchdog_ / kLooks;
    return true;
}

std::chrono::milliseconds ServiceManager::patience() const noexcept {
    return std::chrono::duration_cast<std::chrono::milliseconds>(watchdog_ / kLooks);
}

void ServiceManager::tell(const std::string& lines) const {
    sockaddr_un address{};
    if (socket_.empty() || socket_.size() >= sizeof(address.sun_path)) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socket_.data(), socket_.size());
    if (socket_.front() == '@') address.sun_path[0] = '\0';
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    // An abstract name is as long as it is told; a path may end with its zero.
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    const bool told =
        descriptor >= 0 && ::sendto(descriptor, lines.data(), lines.size(), MSG_NOSIGNAL,
                                    reinterpret_cast<const sockaddr*>(&address),
                                    length) == static_cast<ssize_t>(lines.size());
    const int failure = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!told)
        base::logEvent(base::LogLevel::Warning, "service_manager.not_told",
                       {{"reason", std::generic_category().message(failure)}});
}

}  // namespace gateway::app
