#include "gateway/server/wire/stop_signal.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "gateway/base/fault.h"

namespace gateway::server {
namespace {

void raise(int fd) noexcept {
    const std::uint64_t one = 1;
    // An eventfd refuses only when its counter is full, and then it is readable already.
    [[maybe_unused]] const auto written = ::write(fd, &one, sizeof one);
}

}  // namespace

StopSignal::StopSignal() :
    stoppingFd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
    abortFd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (stoppingFd_ >= 0 && abortFd_ >= 0) return;
    if (stoppingFd_ >= 0) ::close(stoppingFd_);
    throw base::Fault("eventfd: no descriptor left");
}

StopSignal::~StopSignal() {
    ::close(stoppingFd_);
    ::close(abortFd_);
}

void StopSignal::requestStop() noexcept {
    source_.request_stop();
    raise(stoppingFd_);
}

void StopSignal::abort() noexcept {
    requestStop();
    raise(abortFd_);
}

}  // namespace gateway::server
