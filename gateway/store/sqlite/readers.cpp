#include "gateway/store/sqlite/readers.h"

#include <algorithm>
#include <utility>

namespace gateway::store::sqlite {
namespace {

constexpr std::size_t kLeftToLookUps = 2;

std::size_t sharedOf(std::size_t readers) {
    return readers > kLeftToLookUps ? readers - kLeftToLookUps : 1;
}

}  // namespace

Readers::Readers(std::filesystem::path file, const base::Limits& limits, Health& health) :
    file_(std::move(file)),
    limits_(limits),
    shared_(sharedOf(limits.storeReaders)),
    health_(health) {
    idle_.reserve(limits_.storeReaders);
}

Readers::~Readers() {
    if (!health_.ok()) {
        for (const auto& connection : idle_) {
            connection->keepLogOnClose();
        }
    }
}

Readers::Lease::Lease(Readers& from, ReadKind kind, std::string_view asker) :
    readers(from), who{kind, std::string(asker), 0}, connection(from.take(who)) {
    const auto time = from.timeOf(kind);
    until = time.count() > 0 || kind != ReadKind::Walk
                ? std::chrono::steady_clock::now() + time
                : std::chrono::steady_clock::time_point::max();
    watch();
}

Readers::Lease::~Lease() {
    if (connection) {
        connection->interruptAt(std::chrono::steady_clock::time_point::max());
    }
    readers.giveBack(who, std::move(connection));
}

void Readers::Lease::watch() const { connection->interruptAt(until); }

void Readers::Lease::afterFailure(const SqliteError& error) {
    if (error.interrupted()) {
        if (who.kind == ReadKind::LookUp) {
            throw StoreBusy("a look-up took too long");
        }
        throw StoreTooCostly("a question took too long");
    }
    if (error.busy()) {
        throw StoreBusy("the store is locked by another program; nothing was read");
    }
    try {
        connection.reset();
        connection = std::make_unique<Connection>(readers.file_, Access::ReadOnly);
        watch();
    } catch (const SqliteError& again) {
        failAgain(again);
    }
}

void Readers::Lease::failAgain(const SqliteError& error) {
    if (error.interrupted() || error.busy()) {
        throw StoreBusy("a read that was tried again took too long");
    }
    readers.health_.fail(error.what());
    throw readers.health_.fault();
}

std::chrono::milliseconds Readers::timeOf(ReadKind kind) const {
    switch (kind) {
        case ReadKind::LookUp: return limits_.lookUpTime;
        case ReadKind::Question: return limits_.questionTime;
        case ReadKind::Statistics: return limits_.statisticsTime;
        case ReadKind::Walk: break;
    }
    return std::chrono::milliseconds(0);
}

bool Readers::hasRoom(const Waiter& who) const {
    if (inUse_ >= limits_.storeReaders) {
        return false;
    }
    if (who.kind == ReadKind::LookUp) {
        return true;
    }
    const auto count = [this](auto matches) {
        return static_cast<std::size_t>(std::count_if(reading_.begin(), reading_.end(), matches));
    };
    if (count([](const Waiter& r) { return r.kind != ReadKind::LookUp; }) >= shared_) {
        return false;
    }
    if (who.kind != ReadKind::Question &&
        count([&](const Waiter& r) { return r.kind == who.kind; }) > 0) {
        return false;
    }
    return who.kind == ReadKind::Walk || count([&](const Waiter& r) {
                                             return r.kind != ReadKind::LookUp &&
                                                    r.kind != ReadKind::Walk &&
                                                    r.asker == who.asker;
                                         }) == 0;
}

// Among those of its kind for whom there is room, the asker goes first whose last turn is longest
// ago; what came first, of one asker.
bool Readers::isNext(const Waiter& who) const {
    const auto rank = [this](const Waiter& waiter) {
        const auto turn = lastTurn_.find(waiter.asker);
        return std::pair(turn == lastTurn_.end() ? 0 : turn->second, waiter.ticket);
    };
    const auto mine = rank(who);
    return std::none_of(waiting_.begin(), waiting_.end(), [&](const Waiter& other) {
        return other.ticket != who.ticket && other.kind == who.kind && hasRoom(other) &&
               rank(other) < mine;
    });
}

std::unique_ptr<Connection> Readers::take(const Waiter& asking) {
    health_.check();
    std::unique_lock lock(mutex_);
    Waiter who = asking;
    who.ticket = ++tickets_;
    const bool asked = who.kind == ReadKind::Question || who.kind == ReadKind::Statistics;
    if (asked && std::count_if(waiting_.begin(), waiting_.end(), [&](const Waiter& other) {
                     return other.kind != ReadKind::LookUp && other.asker == who.asker;
                 }) >= static_cast<std::ptrdiff_t>(kWaitingPerAsker)) {
        throw StoreBusy("this asker has questions enough that wait");
    }
    const auto place = waiting_.insert(waiting_.end(), who);
    const bool free =
        free_.wait_for(lock, limits_.storeWait, [&] { return hasRoom(who) && isNext(who); });
    waiting_.erase(place);
    if (!free) {
        throw StoreBusy("the store has more to read than it can");
    }
    reading_.push_back(who);
    ++inUse_;
    if (asked) {
        lastTurn_[who.asker] = who.ticket;
    }
    std::unique_ptr<Connection> connection;
    if (!idle_.empty()) {
        connection = std::move(idle_.back());
        idle_.pop_back();
    }
    lock.unlock();
    free_.notify_all();
    if (!connection) {
        try {
            connection = std::make_unique<Connection>(file_, Access::ReadOnly);
        } catch (...) {
            giveBack(who, nullptr);
            throw;
        }
    }
    return connection;
}

void Readers::giveBack(const Waiter& who, std::unique_ptr<Connection> connection) noexcept {
    {
        const std::lock_guard lock(mutex_);
        const auto place =
            std::find_if(reading_.begin(), reading_.end(), [&](const Waiter& reading) {
                return reading.kind == who.kind && reading.asker == who.asker;
            });
        if (place != reading_.end()) {
            reading_.erase(place);
            --inUse_;
        }
        if (connection) {
            idle_.push_back(std::move(connection));
        }
    }
    free_.notify_all();
}

}  // namespace gateway::store::sqlite
