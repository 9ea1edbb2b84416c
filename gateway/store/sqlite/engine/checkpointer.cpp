#include "gateway/store/sqlite/engine/checkpointer.h"

#include <exception>
#include <utility>

#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {
namespace {

constexpr std::chrono::milliseconds kCutPatience{200};

}  // namespace

Checkpointer::Checkpointer(std::unique_ptr<Connection> connection, Health& health,
                           SpaceWatch& space) :
    connection_(std::move(connection)), health_(health), space_(space) {
    thread_ = std::thread([this] { loop(); });
}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    if (!health_.ok()) {
        connection_->keepLogOnClose();
    }
}

void Checkpointer::logIsAt(int pages) noexcept {
    if (pages < pages_) {  // the log began anew
        wakeAt_ = kWakePages;
        helpAt_ = kHelpPages;
    }
    pages_ = pages;
    if (pages >= wakeAt_) {
        wakeAt_ = pages + kWakePages;
        {
            const std::lock_guard lock(mutex_);
            due_ = true;
        }
        wake_.notify_one();
    }
}

bool Checkpointer::wantsHelp() const noexcept { return pages_ >= helpAt_; }

void Checkpointer::help(Connection& writer) noexcept {
    helpAt_ = pages_ + kWakePages;
    // Waits for a pass that is under way: beside it, this one would be turned away as busy.
    const std::lock_guard lock(copying_);
    copy(writer);
}

bool Checkpointer::cutLog() noexcept {
    const std::lock_guard lock(copying_);
    try {
        connection_->waitForLocks(kCutPatience);
        connection_->checkpointAll();
        pages_ = 0;
        wakeAt_ = kWakePages;
        helpAt_ = kHelpPages;
        return true;
    } catch (const SqliteError& error) {
        if (!error.busy() && !error.full()) health_.fail(error.what());
    } catch (const std::exception& error) {
        health_.fail(error.what());
    }
    return false;
}

void Checkpointer::copy(Connection& by) noexcept {
    try {
        (void)by.checkpoint();
    } catch (const SqliteError& error) {
        if (!error.full()) {
            health_.fail(error.what());
        } else if (space_.giveUpReserve()) {
            wakeAt_ = 0;
        }
    } catch (const std::exception& error) {
        health_.fail(error.what());
    }
}

void Checkpointer::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        const bool woken =
            wake_.wait_for(lock, base::kSpacePace, [this] { return due_ || stopping_; });
        if (stopping_) {
            return;
        }
        due_ = false;
        lock.unlock();
        // A log that has grown keeps its size, and with it new messages out.
        if (pages_ > 0 && health_.ok() && space_.state() >= SpaceState::Short) {
            (void)cutLog();
        } else if (woken) {
            const std::lock_guard copying(copying_);
            if (health_.ok()) {
                copy(*connection_);
            }
        }
        lock.lock();
    }
}

}  // namespace gateway::store::sqlite
