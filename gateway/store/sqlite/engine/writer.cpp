#include "gateway/store/sqlite/engine/writer.h"

#include <utility>

#include "gateway/store/sqlite/engine/query.h"

namespace gateway::store::sqlite {
namespace {

constexpr std::uint64_t kPageBytes = 4096;

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, Checkpointer& checkpointer, Health& health,
               SpaceWatch& space, const base::Limits& limits) :
    connection_(std::move(connection)),
    checkpointer_(checkpointer),
    health_(health),
    spaceWatch_(space),
    limits_(limits) {
    connection_->waitForLocks(limits_.storeWait);
    connection_->onCommit([this](int pages) { logIsAt(pages); });
    thread_ = std::thread([this] { loop(); });
}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.notify_all();
    thread_.join();
    if (!health_.ok()) {
        connection_->keepLogOnClose();
    }
}

// A log that begins anew is shorter than it was.
void Writer::logIsAt(int pages) {
    checkpointer_.logIsAt(pages);
    const int more = pages > logPages_ ? pages - logPages_ : pages;
    logPages_ = pages;
    spaceWatch_.wrote(static_cast<std::uint64_t>(more) * kPageBytes);
}

void Writer::run(std::size_t bytes, const Job& job) {
    const std::shared_ptr<Waiting> waiting(
        new Waiting{job, bytes, std::chrono::steady_clock::now(), nullptr, {}});
    std::future<void> outcome = waiting->outcome.get_future();
    {
        std::unique_lock lock(mutex_);
        const bool room = space_.wait_for(lock, limits_.storeWait, [this] {
            return queue_.size() < limits_.writerQueue || stopping_;
        });
        health_.check();
        if (!room || stopping_) {
            throw StoreBusy("the store has more to write than it can; nothing was written");
        }
        queue_.push_back(waiting);
    }
    work_.notify_one();
    // No time limit from here on: the outcome is decided by the commit alone.
    outcome.get();
}

std::size_t Writer::queued() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

std::chrono::milliseconds Writer::oldestWaiting() const {
    const std::lock_guard lock(mutex_);
    if (!underWay_ && queue_.empty()) return std::chrono::milliseconds(0);
    const auto age =
        std::chrono::steady_clock::now() - (underWay_ ? *underWay_ : queue_.front()->since);
    return std::chrono::duration_cast<std::chrono::milliseconds>(age) +
           std::chrono::milliseconds(1);
}

void Writer::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        work_.wait(lock, [this] { return !queue_.empty() || stopping_; });
        if (queue_.empty()) {
            return;
        }
        const Batch batch = takeBatch();
        underWay_ = batch.front()->since;
        lock.unlock();
        space_.notify_all();
        const Outcome outcome = commit(batch);
        tell(batch, outcome);
        if (outcome == Outcome::Durable && checkpointer_.wantsHelp()) {
            checkpointer_.help(*connection_);
        }
        lock.lock();
        underWay_.reset();
    }
}

void Writer::tell(const Batch& batch, Outcome outcome) {
    for (const auto& waiting : batch) {
        if (outcome == Outcome::NotBegun) {
            waiting->outcome.set_exception(std::make_exception_ptr(
                StoreBusy("the store is locked by another program; nothing was written")));
        } else if (outcome == Outcome::NoSpace) {
            waiting->outcome.set_exception(std::make_exception_ptr(
                StoreFull("no space is left on the store's disk; nothing was written")));
        } else if (outcome == Outcome::Unknown) {
            waiting->outcome.set_exception(std::make_exception_ptr(health_.fault()));
        } else if (waiting->error) {
            waiting->outcome.set_exception(waiting->error);
        } else {
            waiting->outcome.set_value();
        }
    }
}

Writer::Batch Writer::takeBatch() {
    Batch batch;
    std::size_t bytes = 0;
    while (!queue_.empty() && batch.size() < limits_.commitBatch &&
           (batch.empty() || bytes + queue_.front()->bytes <= limits_.commitBytes)) {
        bytes += queue_.front()->bytes;
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return batch;
}

bool Writer::begin() {
    try {
        Query(*connection_, "BEGIN IMMEDIATE").run();
        return true;
    } catch (const SqliteError& error) {
        if (!error.busy()) {
            throw;
        }
        return false;
    }
}

Writer::Outcome Writer::commit(const Batch& batch) noexcept {
    const Outcome outcome = attempt(batch);
    return outcome == Outcome::NoSpace && spaceWatch_.giveUpReserve() ? attempt(batch) : outcome;
}

Writer::Outcome Writer::attempt(const Batch& batch) noexcept {
    if (!health_.ok()) {
        return Outcome::Unknown;
    }
    try {
        if (!begin()) {
            return Outcome::NotBegun;
        }
        if (!runAll(batch)) {
            Query(*connection_, "ROLLBACK").run();
            if (!begin()) {
                return Outcome::NotBegun;
            }
            for (const auto& waiting : batch) {
                runGuarded(*waiting);
            }
        }
        Query(*connection_, "COMMIT").run();
        ++commits_;
        return Outcome::Durable;
    } catch (const SqliteError& error) {
        return failed(error);
    } catch (const std::exception& error) {
        health_.fail(error.what());
        return Outcome::Unknown;
    }
}

// A frame that did not fit is none: without it the log holds no commit of this transaction, so
// taking it back is the whole truth. A failed sync is another matter.
Writer::Outcome Writer::failed(const SqliteError& error) noexcept {
    try {
        if (error.full()) {
            if (!connection_->idle()) {
                Query(*connection_, "ROLLBACK").run();
            }
            return Outcome::NoSpace;
        }
    } catch (const std::exception& again) {
        health_.fail(again.what());
        return Outcome::Unknown;
    }
    health_.fail(error.what());
    return Outcome::Unknown;
}

// Nearly every job either keeps its changes or has made none: a savepoint for each would cost more
// than doing the whole batch again when one of them is to be undone.
bool Writer::runAll(const Batch& batch) {
    for (const auto& waiting : batch) {
        const auto before = connection_->allChanges();
        if (runJob(*waiting) == Changes::Discard && connection_->allChanges() != before) {
            return false;
        }
    }
    return true;
}

void Writer::runGuarded(Waiting& waiting) {
    Query(*connection_, "SAVEPOINT job").run();
    if (runJob(waiting) == Changes::Discard) {
        Query(*connection_, "ROLLBACK TO job").run();
    }
    Query(*connection_, "RELEASE job").run();
}

Changes Writer::runJob(Waiting& waiting) {
    waiting.error = nullptr;
    try {
        return waiting.job(*connection_);
    } catch (const SqliteError& error) {
        if (!error.aboutRequest() || connection_->idle()) {
            throw;
        }
        waiting.error = std::current_exception();
    } catch (...) {
        waiting.error = std::current_exception();
    }
    return Changes::Discard;
}

}  // namespace gateway::store::sqlite
