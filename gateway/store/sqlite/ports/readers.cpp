#include "gateway/store/sqlite/ports/readers.h"

#include <algorithm>
#include <utility>

#include "gateway/store/sqlite/ports/snapshot.h"

namespace gateway::store::sqlite {
namespace {

constexpr std::size_t kLeftToLookUps = 2;

std::size_t sharedOf(std::size_t readers) {
    return readers > kLeftToLookUps ? readers - kLeftToLookUps : 1;
}

}  // namespace

Readers::Readers(std::filesystem::path file, const base::Limits& limits, Health& health,
                 DamageReport* damage) :
    file_(std::move(file)),
    limits_(limits),
    shared_(sharedOf(limits.storeReaders)),
    health_(health),
    damage_(damage) {
    idle_.reserve(limits_.storeReaders);
}

Readers::Readers(std::unique_ptr<Connection> pinned, Health& health,
                 std::function<std::int64_t()> logPages) :
    shared_(1), health_(health), pinned_(std::move(pinned)), logPages_(std::move(logPages)) {}

void Readers::checkLog() const {
    if (logPages_ && logPages_() > kMostLogPages)
        throw StoreBusy("too much is written meanwhile; look at a backup instead");
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
    if (asking_.size() >= shared_) {
        return false;
    }
    const auto reads = [this](auto matches) {
        return std::any_of(asking_.begin(), asking_.end(), matches);
    };
    if (who.kind != ReadKind::Question &&
        reads([&](const Waiter& r) { return r.kind == who.kind; })) {
        return false;
    }
    return who.kind == ReadKind::Walk || !reads([&](const Waiter& r) {
               return r.kind != ReadKind::Walk && r.asker == who.asker;
           });
}

// Among those for whom there is room, the asker goes first whose last turn is longest ago; what
// came first, of one asker.
std::list<Readers::Place*>::iterator Readers::nextAsked() {
    const auto rank = [this](const Waiter& waiter) {
        const auto turn = lastTurn_.find(waiter.asker);
        return std::pair(turn == lastTurn_.end() ? 0 : turn->second, waiter.ticket);
    };
    auto best = asked_.end();
    for (auto one = asked_.begin(); one != asked_.end(); ++one) {
        if (hasRoom((*one)->who) &&
            (best == asked_.end() || rank((*one)->who) < rank((*best)->who))) {
            best = one;
        }
    }
    return best;
}

void Readers::start(Place& place) {
    ++inUse_;
    if (place.who.kind != ReadKind::LookUp) {
        asking_.push_back(place.who);
        lastTurn_[place.who.asker] = place.who.ticket;
    }
    place.admitted = true;
    place.bell.notify_one();
}

// Wakes those whose turn it is, each by a bell of its own: with many look-ups waiting, waking all
// of them for one place would cost more than the reads. What is asked goes first within its share,
// so that look-ups, which have readers of their own, never starve it. A look-up is told that a
// place is free, not given it: a place that is held for a thread which has yet to be scheduled
// stands idle, and under load every look-up would come to wait for such a place.
void Readers::admit() {
    while (!asked_.empty()) {
        const auto next = nextAsked();
        if (next == asked_.end()) {
            break;
        }
        start(**next);
        asked_.erase(next);
    }
    if (lookUps_.empty() || !isFree()) {
        return;
    }
    Place& first = *lookUps_.front();
    if (std::chrono::steady_clock::now() - first.since < kPatience) {
        first.bell.notify_one();
        return;
    }
    start(first);
    lookUps_.pop_front();
}

void Readers::await(std::unique_lock<std::mutex>& lock, Place& place) {
    const bool lookUp = place.who.kind == ReadKind::LookUp;
    auto& queue = lookUp ? lookUps_ : asked_;
    place.since = std::chrono::steady_clock::now();
    queue.push_back(&place);
    const bool came = place.bell.wait_for(lock, limits_.storeWait,
                                          [&] { return place.admitted || (lookUp && isFree()); });
    if (place.admitted) {
        return;
    }
    queue.remove(&place);
    if (!came) {
        throw StoreBusy("the store has more to read than it can");
    }
    start(place);
    admit();
}

std::unique_ptr<Connection> Readers::take(const Waiter& asking) {
    health_.check();
    std::unique_lock lock(mutex_);
    Place place;
    place.who = asking;
    place.who.ticket = ++tickets_;
    const bool bounded = asking.kind == ReadKind::Question || asking.kind == ReadKind::Statistics;
    if (bounded && std::count_if(asked_.begin(), asked_.end(), [&](const Place* other) {
                       return other->who.asker == asking.asker;
                   }) >= static_cast<std::ptrdiff_t>(kWaitingPerAsker)) {
        throw StoreBusy("this asker has questions enough that wait");
    }
    if (asking.kind == ReadKind::LookUp ? isFree() : asked_.empty() && hasRoom(asking)) {
        start(place);
    } else {
        await(lock, place);
    }
    std::unique_ptr<Connection> connection;
    if (!idle_.empty()) {
        connection = std::move(idle_.back());
        idle_.pop_back();
    }
    lock.unlock();
    if (!connection) {
        try {
            connection = std::make_unique<Connection>(file_, Access::ReadOnly);
        } catch (...) {
            giveBack(asking, nullptr);
            throw;
        }
    }
    return connection;
}

void Readers::giveBack(const Waiter& who, std::unique_ptr<Connection> connection) noexcept {
    const std::lock_guard lock(mutex_);
    --inUse_;
    if (who.kind != ReadKind::LookUp) {
        asking_.erase(std::find_if(asking_.begin(), asking_.end(), [&](const Waiter& reading) {
            return reading.kind == who.kind && reading.asker == who.asker;
        }));
    }
    if (connection) {
        idle_.push_back(std::move(connection));
    }
    admit();
}

}  // namespace gateway::store::sqlite
