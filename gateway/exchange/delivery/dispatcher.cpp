#include "gateway/exchange/delivery/dispatcher.h"

#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/exchange/delivery/kept_reason.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {
namespace {

using base::LogLevel;
using store::OutboxState;

constexpr std::size_t kRound = 32;
constexpr std::chrono::milliseconds kIdle{500};
constexpr std::chrono::milliseconds kBusyPause{100};
// Corrections of a second or two by the time service are no news.
constexpr std::chrono::seconds kClockJump{10};
// Nothing is given up for a term that a wrong clock has ended within this time.
constexpr std::chrono::hours kSilence{1};
constexpr const char* kAsked = "asked what became of it: ";
constexpr int kNotFound = 404;
constexpr int kTooManyRequests = 429;
constexpr int kBadGateway = 502;
constexpr int kUnavailable = 503;
constexpr int kGatewayTimeout = 504;

// The service says that it has not begun.
bool isUntaken(int status) { return status == kTooManyRequests || status == kUnavailable; }
// A door says that the service behind it is away, perhaps only by now.
bool isAway(int status) { return status == kBadGateway || status == kGatewayTimeout; }

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
                       DeliveryEnds& ends, Bell& bell, const base::Clock& clock,
                       const base::Limits& limits, const DeliveryTerms& terms) :
    identity_(std::move(identity)),
    snapshots_(snapshots),
    rendering_(rendering),
    verdict_(std::move(verdict)),
    transport_(transport),
    outbox_(outbox),
    ends_(ends),
    bell_(bell),
    clock_(clock),
    limits_(limits),
    terms_(terms),
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

std::set<std::string> Dispatcher::reachable(const SnapshotPtr& snapshot) {
    std::set<std::string> names;
    for (const auto& partner : snapshot->registry->data().partners)
        if (partner.pushUrl) names.insert(partner.agency);
    {
        const std::lock_guard lock(mutex_);
        if (heard_ != snapshot) bell_.bringTo(names);
        heard_ = snapshot;
    }
    std::erase_if(names, [&](const std::string& name) {
        return reachability_.isLeftAlone(name, clock_.steady());
    });
    return names;
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
    bool worked = ends_.tellAuthors();
    const auto among = reachable(snapshots_.current());
    if (among.empty()) return worked;
    for (const auto& item : outbox_.due(clock_.now(), kRound, among)) {
        if (stopping_.load()) break;
        if (reachability_.isLeftAlone(item.recipient, clock_.steady())) continue;
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
    return partner && partner->pushUrl && push(snapshot, *partner, std::move(*item));
}

bool Dispatcher::push(const SnapshotPtr& snapshot, const trust::Partner& partner,
                      store::OutboxItem item) {
    try {
        item = rendering_.rendered(*snapshot, item);  // a copy: it is named below
        if (!store::renderingHolds(item))
            throw DeliveryDamaged("its stored bytes are no longer those that were sealed");
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
    } catch (const DeliveryDamaged& damaged) {
        giveUp(item, item.state, damaged.what(), false);
        return true;
    } catch (const base::Fault& fault) {
        base::logEvent(LogLevel::Error, "dispatch.cannot_render",
                       {{"item", item.itemId}, {"reason", fault.what()}});
        cannotWrite(item, fault.what());
        return true;
    }
    // Somebody fetches it meanwhile and may even be done with it.
    if (item.state == OutboxState::Sending || item.state >= OutboxState::Delivered) return false;
    if (item.state == OutboxState::Maybe && !partner.pushStatusUrl && !partner.pushIdempotent) {
        giveUp(item, OutboxState::Maybe,
               "outcome unknown and the partner's intake is not idempotent");
        return true;
    }
    if (!reachability_.takeTurn(partner.agency, clock_.steady())) return false;
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
    if (outcome.reach == Reach::Answered) return hear(snapshot, partner, sent, kind, outcome);
    const std::string asked = kind == Attempt::Question ? kAsked : "";
    const auto pause = reachability_.failed(partner.agency, clock_.steady());
    if (outcome.reach == Reach::Maybe)
        later(sent, OutboxState::Sending, OutboxState::Maybe, asked + outcome.error);
    else if (kind == Attempt::First)
        putOff(sent, OutboxState::Rendered, outcome.error, pause);
    else
        putOff(sent, OutboxState::Maybe,
               asked + outcome.error + "; an earlier attempt may have arrived", pause);
    giveUpOverdue(partner.agency);
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

// A signed word counts whatever the HTTP status; without one, the status tells what to do. Judging
// a long answer takes its time as well: the turn ends behind it.
void Dispatcher::hear(const SnapshotPtr& snapshot, const trust::Partner& partner,
                      const store::OutboxItem& item, Attempt kind, const PushOutcome& outcome) {
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
    try {
        const auto word = verdict_.judge(inbound, item);
        if (!word) return unsaid(partner, item, kind, outcome, word.error());
        conclude(item, inbound, *word);
    } catch (...) {
        reachability_.answered(partner.agency);
        throw;
    }
    reachability_.answered(partner.agency);
}

void Dispatcher::conclude(const store::OutboxItem& item, const Inbound& answer,
                          const DeliveryWord& word) {
    store::OutboxMove done;
    done.to = word.state;
    done.at = answer.receivedAt;
    done.partnerReceipt = answer.body;
    done.partnerReceiptMediaType = answer.mediaType;
    done.partnerReceiptHeader = answer.detachedHeader;
    done.error = word.reason;
    settle(item.itemId, OutboxState::Sending, done);
    base::logEvent(word.state == OutboxState::Delivered ? LogLevel::Info : LogLevel::Warning,
                   "dispatch.concluded",
                   {{"item", item.itemId},
                    {"recipient", item.recipient},
                    {"verdict", word.state == OutboxState::Delivered ? "accepted" : "refused"}});
}

// An answer without a signed word.
void Dispatcher::unsaid(const trust::Partner& partner, const store::OutboxItem& item, Attempt kind,
                        const PushOutcome& outcome, const Refused& why) {
    const auto said = (kind == Attempt::Question ? kAsked : "") + std::string("answer ") +
                      std::to_string(outcome.status);
    if (isUntaken(outcome.status) || isAway(outcome.status)) {
        const auto pause =
            reachability_.failed(partner.agency, clock_.steady(), outcome.retryAfter);
        const bool sure = kind == Attempt::First && isUntaken(outcome.status);
        putOff(item, sure ? OutboxState::Rendered : OutboxState::Maybe, said, pause);
        return giveUpOverdue(partner.agency);
    }
    reachability_.answered(partner.agency);
    if (kind == Attempt::Question && outcome.status == kNotFound) return sendAfterAll(item);
    const auto& problem = why.problems.front();
    later(item, OutboxState::Sending, OutboxState::Maybe,
          said + " without a valid receipt: " + std::string(entryOf(problem.code).name));
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
    if (item.attempts >= static_cast<std::int64_t>(limits_.attempts))
        return giveUp(item, from, error);
    store::OutboxMove move;
    move.to = to;
    move.at = clock_.now();
    move.dueAt = move.at + backOff(item.attempts, limits_);
    move.error = keptReason(error);
    settle(item.itemId, from, move);
    base::logEvent(LogLevel::Warning, "dispatch.later",
                   {{"item", item.itemId}, {"recipient", item.recipient}, {"reason", error}});
}

// Attempts of rendering count, too: an item that can never be rendered must surface. It is our own
// fault and the recipient is there: its case goes on.
void Dispatcher::cannotWrite(const store::OutboxItem& item, const std::string& error) {
    if (item.attempts >= static_cast<std::int64_t>(limits_.attempts))
        return giveUp(item, item.state, error, false);
    store::OutboxMove move;
    move.to = item.state;
    move.at = clock_.now();
    move.dueAt = move.at + backOff(item.attempts, limits_);
    move.error = keptReason(error);
    move.countAttempt = true;
    settle(item.itemId, item.state, move);
}

// An attempt that has cost the recipient nothing is none.
void Dispatcher::putOff(const store::OutboxItem& item, OutboxState to, const std::string& error,
                        std::chrono::milliseconds pause) {
    store::OutboxMove move;
    move.to = to;
    move.at = clock_.now();
    move.dueAt = move.at + pause;
    move.error = keptReason(error);
    move.takeBackAttempt = true;
    settle(item.itemId, OutboxState::Sending, move);
    base::logEvent(LogLevel::Warning, "dispatch.later",
                   {{"item", item.itemId}, {"recipient", item.recipient}, {"reason", error}});
}

void Dispatcher::giveUp(const store::OutboxItem& item, OutboxState from, const std::string& error,
                        bool holds) {
    store::OutboxMove move;
    move.to = OutboxState::Dead;
    move.at = clock_.now();
    move.error = keptReason(error);
    move.holds = holds;
    settle(item.itemId, from, move);
    base::logEvent(LogLevel::Error, "dispatch.dead_letter",
                   {{"item", item.itemId}, {"recipient", item.recipient}, {"reason", error}});
}

bool Dispatcher::isOverdue(const store::OutboxItem& item) {
    return clock_.now() - item.openSince > terms_.of(item.messageType);
}

// Each once: a round that gives something up is followed by another. A clock that ran ahead for a
// while has ended no term: nobody is given up who has not been silent for long by the other one.
void Dispatcher::giveUpOverdue(const std::string& recipient) {
    if (reachability_.silentFor(recipient, clock_.steady()) < kSilence) return;
    for (bool more = true; more && !stopping_.load();) {
        more = false;
        for (const auto& item :
             outbox_.due(clock_.now() + limits_.longestBackOff, kRound, {recipient})) {
            if (!isOverdue(item)) continue;
            const auto error =
                item.lastError.empty() ? "its recipient could not be reached" : item.lastError;
            giveUp(item, item.state, "the term for trying is over; last: " + error);
            more = true;
        }
    }
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
