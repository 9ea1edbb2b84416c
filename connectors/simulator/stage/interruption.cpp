#include "connectors/simulator/stage/interruption.h"

#include <pthread.h>
#include <signal.h>

#include <ctime>

namespace gateway::simulator {
namespace {

sigset_t interruptions() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

}  // namespace

void holdInterruptions() {
    const auto signals = interruptions();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void heedInterruption() {
    sigset_t pending;
    sigpending(&pending);
    if (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1)
        throw Interrupted();
}

void awaitInterruption(const std::function<bool()>& stillWorthwhile) {
    const auto signals = interruptions();
    const timespec glance{0, 500'000'000};
    while (sigtimedwait(&signals, nullptr, &glance) < 0 && stillWorthwhile()) {
    }
}

}  // namespace gateway::simulator
