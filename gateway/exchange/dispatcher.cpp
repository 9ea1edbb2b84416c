#include "gateway/exchange/dispatcher.h"

#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {
namespace {

using base::LogLevel;
using store::OutboxState;

constexpr std::size_t kRound = 32;
constexpr std::size_t kTakenUp = 100;
constexpr std::chrono::milliseconds kIdle{500};
constexpr std::chrono::milliseconds kBusyPause{100};
// Corrections of a second or two by the time service are no news.
constexpr std::chrono::seconds kClockJump{10};
constexpr std::chrono::minutes kUnregisteredHold{10};
constexpr int kNotFound = 404;

}  // namespace

std::chrono::milliseconds backOff(std::int64_t attempts, const base::Limits& limits) {
    const auto doublings = std::min<std::int64_t>(attempts, 20);
    const auto full =
        std::min({limits.firstBackOff * (std::int64_t{1} << doublings), limits.longestBackOff,
                  std::chrono::milliseconds(store::kFarthestDue)});
    const auto half = static_cast<std::uint64_t>(full.count() / 2 + 1);
    return full - std::chrono::milliseconds(base::randomBelow(half));
}

Dispatcher::Dispatcher(Identity identity, const Snapshots& snapshots, Rendering& rendering,
                       DeliveryVerdict verdict, Transport& transport, store::Outbox& outbox,
                       const Bell& bell, const base::Clock& clock, const base::Limits& limits) :
    identity_(std::move(identity)),
    snapshots_(snapshots),
    rendering_(rendering),
    verdict_(std::move(verdict)),
    transport_(transport),
    outbox_(outbox),
    bell_(bell),
    clock_(clock),
    limits_(limits),
    reachability_(limits) {}

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::start(std::size_t workers) {
    for (std::size_t i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
}

void Dispatcher::stop() {
    stopping_.store(true);
    for (auto& worker : workers_) worker.join();
    workers_.clear();
}

void Dispatcher::work() {
    while (!stopping_.load()) {
        const auto seen = bell_.seen();
        try {
            if (!runOnce()) bell_.wait(seen, kIdle);
        } catch (const store::StoreFault& fault) {
            base::logEvent(LogLevel::Error, "dispatch.store_fault", {{"reason", fault.what()}});
            healthy_.store(false);
            return;
        } catch (const std::exception& error) {
            base::logEvent(LogLevel::Error, "dispatch.fault", {{"reason", error.what()}});
            bell_.wait(seen, kIdle);
        }
    }
}

// An agency that now takes pushes may have open items that were left to its mailbox, more than
// one round should bear. True: there are still some.
bool Dispatcher::takeUp(const SnapshotPtr& snapshot) {
    for (std::size_t looked = 0; looked < kTakenUp;) {
        std::pair<std::string, std::int64_t> next;
        {
            const std::lock_guard lock(mutex_);
            if (snapshot != known_) {
                toTakeUp_.clear();
                for (const auto& partner : snapshot->registry->data().partners)
                    if (partner.pushUrl) toTakeUp_.emplace_back(partner.agency, 0);
                known_ = snapshot;
            }
            if (toTakeUp_.empty()) return false;
            next = std::move(toTakeUp_.back());
            toTakeUp_.pop_back();
        }
        looked += takeUpPage(std::move(next.first), next.second, kTakenUp - looked);
    }
    return true;
}

// What is behind the page, or the page itself if it fails, is left to a later round.
std::size_t Dispatcher::takeUpPage(std::string agency, std::int64_t after, std::size_t limit) {
    const auto putBack = [&] {
        const std::lock_guard lock(mutex_);
        toTakeUp_.emplace_back(std::move(agency), after);
    };
    try {
        const auto now = clock_.now();
        const auto items = outbox_.mailbox(agency, limit, after);
        for (const auto& item : items) {
            if (item.dueAt > now + store::kHeldBeyond) {
                store::OutboxMove move;
                move.to = item.state;
                move.at = now;
                move.dueAt = now;
                static_cast<void>(outbox_.move(item.itemId, item.state, move));
            }
            after = item.sequence;
        }
        if (items.size() == limit) putBack();
        return items.size();
    } catch (...) {
        putBack();
        throw;
    }
}

// Pauses stand on the monotonic clock, and stored due times are judged against a bound (isDue); but
// dates of receipts and terms come from the wall clock, so an operator must hear of it.
void Dispatcher::watchClock() {
    const std::lock_guard lock(mutex_);
    const auto ahead =
        clock_.now().time_since_epoch() -
        std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady().time_since_epoch());
    const auto jump = clockAhead_ ? ahead - *clockAhead_ : std::chrono::milliseconds(0);
    clockAhead_ = ahead;
    if (std::chrono::abs(jump) < kClockJump) return;
    base::logEvent(LogLevel::Error, "clock.jumped",
                   {{"by_ms", std::to_string(jump.count())},
                    {"remedy", "check the time service; look at receipts of that time"}});
}

bool Dispatcher::runOnce() {
    watchClock();
    bool worked = takeUp(snapshots_.current());
    for (const auto& item : outbox_.due(clock_.now(), kRound, reachability_.busy())) {
        if (stopping_.load()) break;
        if (reachability_.isBusy(item.recipient)) continue;
        const Claims::Claim claim(claims_, item.itemId);
        if (claim.mine()) worked = handle(snapshots_.current(), item.itemId) || worked;
    }
    return worked;
}

// As it is now: another worker may have been at it since it was listed.
bool Dispatcher::handle(const SnapshotPtr& snapshot, const std::string& itemId) {
    auto item = outbox_.find(itemId);
    if (!item || item->state == OutboxState::Sending || item->state >= OutboxState::Delivered ||
        !store::isDue(item->dueAt, clock_.now()))
        return false;
    const auto* partner = snapshot->registry->partner(item->recipient);
    if (partner && partner->pushUrl) return push(snapshot, *partner, std::move(*item));
    postpone(*item, partner ? store::kHeldForMailbox : kUnregisteredHold);
    return true;
}

bool Dispatcher::push(const SnapshotPtr& snapshot, const trust::Partner& partner,
                      store::OutboxItem item) {
    try {
        item = rendering_.rendered(*snapshot, item);  // a copy: it is named below
        if (!store::renderingHolds(item))
            throw base::Fault("its stored bytes are no longer those that were sealed");
    } catch (const store::StoreFault&) {
        throw;
    } catch (const store::StoreFull&) {
        // What is rendered already must still go out: this one leaves its place.
        postpone(item, base::kSpacePause);
        return true;
    } catch (const store::StoreBusy&) {
        throw;  // says nothing about the item
    } catch (const RenderingPutOff& full) {
        base::logEvent(LogLevel::Warning, "dispatch.put_off",
                       {{"item", item.itemId}, {"reason", full.what()}});
        postpone(item, kMemoryPause);
        return true;
    } catch (const base::Fault& fault) {
        base::logEvent(LogLevel::Error, "dispatch.cannot_render",
                       {{"item", item.itemId}, {"reason", fault.what()}});
        later(item, item.state, item.state, fault.what());
        return true;
    }
    // Somebody fetches it meanwhile and may even be done with it.
    if (item.state == OutboxState::Sending || item.state >= OutboxState::Delivered) return false;
    if (item.state == OutboxState::Maybe && !partner.pushStatusUrl && !partner.pushIdempotent) {
        later(item, OutboxState::Maybe, OutboxState::Dead,
              "outcome unknown and the partner's intake is not idempotent");
        return true;
    }
    if (const auto pause = reachability_.refuseTurn(partner.agency, clock_.steady())) {
        if (*pause == std::chrono::milliseconds(0)) return false;
        postpone(item, *pause);
        return true;
    }
    attempt(snapshot, partner, item);
    return true;
}

void Dispatcher::attempt(const SnapshotPtr& snapshot, const trust::Partner& partner,
                         const store::OutboxItem& item) {
    store::OutboxMove sending;
    sending.to = OutboxState::Sending;
    sending.at = clock_.now();
    sending.dueAt = sending.at + limits_.attemptTimeout * 2;
    sending.countAttempt = true;
    try {
        if (!outbox_.move(item.itemId, item.state, sending))  // another worker has it
            return reachability_.gaveBack(partner.agency);
    } catch (...) {
        reachability_.gaveBack(partner.agency);
        throw;
    }
    const auto kind = item.state != OutboxState::Maybe ? Attempt::First
                      : partner.pushStatusUrl          ? Attempt::Question
                                                       : Attempt::Again;
    const auto outcome = carryOut(partner, item, kind);
    auto sent = item;
    sent.state = OutboxState::Sending;
    sent.attempts += 1;
    // Judging a long answer takes its time as well: the turn ends behind it.
    const auto end = [&] {
        reachability_.tookTurn(partner.agency, outcome.reach == Reach::Answered, clock_.steady());
    };
    try {
        conclude(snapshot, partner, sent, kind, outcome);
    } catch (...) {
        end();
        throw;
    }
    end();
}

PushOutcome Dispatcher::carryOut(const trust::Partner& partner, const store::OutboxItem& item,
                                 Attempt kind) {
    try {
        if (kind == Attempt::Question) return transport_.ask(partner, item.itemId);
        return transport_.push(partner, {item.itemId, item.renderedBytes, item.renderedMediaType});
    } catch (const std::exception& error) {
        // Our own trouble, a broken key for example; whether bytes had left cannot be told.
        PushOutcome outcome;
        outcome.reach = Reach::Maybe;
        outcome.error = error.what();
        return outcome;
    }
}

void Dispatcher::conclude(const SnapshotPtr& snapshot, const trust::Partner& partner,
                          const store::OutboxItem& item, Attempt kind, const PushOutcome& outcome) {
    const std::string asked = kind == Attempt::Question ? "asked what became of it: " : "";
    if (outcome.reach == Reach::NotSent && kind == Attempt::First)
        return later(item, OutboxState::Sending, OutboxState::Rendered, outcome.error);
    if (outcome.reach == Reach::NotSent)
        return later(item, OutboxState::Sending, OutboxState::Maybe,
                     asked + outcome.error + "; an earlier attempt may have arrived");
    if (outcome.reach == Reach::Maybe)
        return later(item, OutboxState::Sending, OutboxState::Maybe, asked + outcome.error);
    // A signed word counts whatever the HTTP status; without one, the status tells what to do.
    trust::Channel channel;
    channel.id = "push:" + partner.agency;
    channel.ownerAgency = partner.agency;
    channel.carries = {{partner.agency, {}, true}};
    Inbound inbound;
    inbound.body = outcome.bytes;
    inbound.mediaType = outcome.mediaType;
    inbound.detachedHeader = outcome.detachedHeader;
    inbound.snapshot = snapshot;
    inbound.channel = &channel;
    inbound.receivedAt = clock_.now();
    const auto word = verdict_.judge(inbound, item);
    if (!word) {
        if (kind == Attempt::Question && outcome.status == kNotFound) return sendAfterAll(item);
        const auto& problem = word.error().problems.front();
        return later(item, OutboxState::Sending, OutboxState::Maybe,
                     asked + "answer " + std::to_string(outcome.status) +
                         " without a valid receipt: " + std::string(entryOf(problem.code).name));
    }
    store::OutboxMove done;
    done.to = word->state;
    done.at = inbound.receivedAt;
    done.partnerReceipt = outcome.bytes;
    done.partnerReceiptMediaType = outcome.mediaType;
    done.partnerReceiptHeader = outcome.detachedHeader;
    done.error = word->reason;
    settle(item.itemId, OutboxState::Sending, done);
    base::logEvent(word->state == OutboxState::Delivered ? LogLevel::Info : LogLevel::Warning,
                   "dispatch.concluded",
                   {{"item", item.itemId},
                    {"recipient", item.recipient},
                    {"verdict", word->state == OutboxState::Delivered ? "accepted" : "refused"}});
}

// Nothing is in doubt any more, and the partner is there: at once, even as the last attempt.
void Dispatcher::sendAfterAll(const store::OutboxItem& item) {
    store::OutboxMove move;
    move.to = OutboxState::Rendered;
    move.at = clock_.now();
    move.dueAt = move.at;
    move.error = "asked what became of it: the partner does not have it";
    settle(item.itemId, OutboxState::Sending, move);
    base::logEvent(LogLevel::Info, "dispatch.not_arrived",
                   {{"item", item.itemId}, {"recipient", item.recipient}});
}

void Dispatcher::later(const store::OutboxItem& item, OutboxState from, OutboxState to,
                       const std::string& error) {
    store::OutboxMove move;
    const bool exhausted = item.attempts >= static_cast<std::int64_t>(limits_.attempts);
    move.to = exhausted ? OutboxState::Dead : to;
    move.at = clock_.now();
    move.dueAt = move.at + backOff(item.attempts, limits_);
    move.error = error;
    // Attempts of rendering count, too: an item that can never be rendered must surface.
    move.countAttempt = from == to;
    settle(item.itemId, from, move);
    base::logEvent(move.to == OutboxState::Dead ? LogLevel::Error : LogLevel::Warning,
                   move.to == OutboxState::Dead ? "dispatch.dead_letter" : "dispatch.later",
                   {{"item", item.itemId}, {"recipient", item.recipient}, {"reason", error}});
}

// Also takes it out of the way of those whose recipients can be reached.
void Dispatcher::postpone(const store::OutboxItem& item, std::chrono::milliseconds delay) {
    store::OutboxMove move;
    move.to = item.state;  // a doubt stays a doubt, whoever takes the item later
    move.at = clock_.now();
    move.dueAt = move.at + delay;
    static_cast<void>(outbox_.move(item.itemId, item.state, move));
}

// What a partner has said must not be lost to a full queue: the item would stay "being sent".
void Dispatcher::settle(const std::string& itemId, OutboxState from,
                        const store::OutboxMove& move) {
    for (;;) {
        try {
            static_cast<void>(outbox_.move(itemId, from, move));
            return;
        } catch (const store::StoreBusy&) {
            if (stopping_.load()) throw;  // the restart makes it a "maybe"
            bell_.wait(bell_.seen(), kBusyPause);
        }
    }
}

}  // namespace gateway::exchange
