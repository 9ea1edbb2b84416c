#pragma once
// Delivers what the outbox holds: rendered once, the same bytes at every attempt, judged by the
// recipient's signed word (design, step 11).

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/exchange/delivery/claims.h"
#include "gateway/exchange/delivery/delivery_ends.h"
#include "gateway/exchange/delivery/delivery_terms.h"
#include "gateway/exchange/delivery/delivery_verdict.h"
#include "gateway/exchange/delivery/reachability.h"
#include "gateway/exchange/delivery/rendering.h"
#include "gateway/exchange/delivery/transport.h"
#include "gateway/exchange/desk/bell.h"

namespace gateway::exchange {

/// Works on due items with a few threads until stopped.
///
/// Per recipient and case the oldest item goes first, and nothing overtakes an item of its case
/// that was given up for its recipient's silence or for a doubt: what is behind it waits for an
/// operator. What could not be written is our own fault and lets its case go on.
/// An outage is not a refusal: what has never left us, and an answer that the service is away
/// (429, 502, 503, 504), spend no attempts. The recipient is left alone for as long as it asks, or
/// with back-off and jitter; then one item is tried on behalf of all, and the others are not
/// touched. This ends with DeliveryTerms.
/// What is refused or given up, its author is told (DeliveryEnds).
/// Another failed attempt is tried again with back-off and jitter, Limits::attempts times. After an
/// attempt whose outcome is unknown (*maybe*) a partner with a status address is asked what became
/// of it; without one, the attempt is repeated only to a partner whose intake is idempotent, else
/// it waits for an operator among the dead letters. A doubt stays until there is a signed word, or
/// the partner answers 404, by which it vouches that it neither has the item nor is at work on it:
/// an attempt that certainly failed does not remove it. Asking is an attempt like another: the item
/// is being sent meanwhile, so that nobody else sends or asks, and a crash leaves the doubt that
/// there was. A slow recipient has but a part of the workers (Limits::pushesPerRecipient). Agencies
/// without a push address are not looked at: the mailbox renders their items when they are asked
/// for. A broken store stops the workers (healthy() turns false); nothing is lost: what was not
/// recorded as delivered is tried again after the restart.
class Dispatcher {
  public:
    Dispatcher(Identity identity, const Snapshots& snapshots, Rendering& rendering,
               DeliveryVerdict verdict, Transport& transport, store::Outbox& outbox,
               DeliveryEnds& ends, Bell& bell, const base::Clock& clock, const base::Limits& limits,
               const DeliveryTerms& terms = {});
    ~Dispatcher();

    void start(std::size_t workers);
    /// Lets attempts in flight end (each is bounded by Limits::attemptTimeout).
    void stop();
    [[nodiscard]] bool healthy() const noexcept { return healthy_.load(); }

    /// One round over what is due now; true if there was anything. For tests and the workers.
    bool runOnce();

  private:
    void work();
    void watchClock();
    [[nodiscard]] std::set<std::string> reachable(const SnapshotPtr& snapshot);
    [[nodiscard]] bool handle(const SnapshotPtr& snapshot, const std::string& itemId);
    /// False: its recipient has all its turns.
    [[nodiscard]] bool push(const SnapshotPtr& snapshot, const trust::Partner& partner,
                            store::OutboxItem item);
    /// What an attempt does, and what is known before: nothing has left us yet, or there is a
    /// doubt.
    enum class Attempt { First, Again, Question };
    void attempt(const SnapshotPtr& snapshot, const trust::Partner& partner,
                 const store::OutboxItem& item);
    [[nodiscard]] PushOutcome carryOut(const trust::Partner& partner, const store::OutboxItem& item,
                                       Attempt kind);
    void hear(const SnapshotPtr& snapshot, const trust::Partner& partner,
              const store::OutboxItem& item, Attempt kind, const PushOutcome& outcome);
    void unsaid(const trust::Partner& partner, const store::OutboxItem& item, Attempt kind,
                const PushOutcome& outcome, const Refused& why);
    void conclude(const store::OutboxItem& item, const Inbound& answer, const DeliveryWord& word);
    void cannotWrite(const store::OutboxItem& item, const std::string& error);
    void sendAfterAll(const store::OutboxItem& item);
    void later(const store::OutboxItem& item, store::OutboxState from, store::OutboxState to,
               const std::string& error);
    void putOff(const store::OutboxItem& item, store::OutboxState to, const std::string& error,
                std::chrono::milliseconds pause);
    void giveUp(const store::OutboxItem& item, store::OutboxState from, const std::string& error,
                bool holds = true);
    [[nodiscard]] bool isOverdue(const store::OutboxItem& item);
    void giveUpOverdue(const std::string& recipient);
    void postpone(const store::OutboxItem& item, std::chrono::milliseconds delay);
    void settle(const std::string& itemId, store::OutboxState from, const store::OutboxMove& move);

    Identity identity_;
    const Snapshots& snapshots_;
    Rendering& rendering_;
    DeliveryVerdict verdict_;
    Transport& transport_;
    store::Outbox& outbox_;
    DeliveryEnds& ends_;
    Bell& bell_;
    const base::Clock& clock_;
    base::Limits limits_;
    DeliveryTerms terms_;
    Reachability reachability_;
    Claims claims_;
    std::vector<std::thread> workers_;
    std::mutex mutex_;
    std::optional<std::chrono::milliseconds> clockAhead_;  ///< of the monotonic one; under mutex_
    SnapshotPtr heard_;  ///< by which the bell knows whom we bring to; the same
    std::atomic<bool> stopping_{false};
    std::atomic<bool> healthy_{true};
};

/// When to try again after `attempts` failures: doubled each time up to the cap, then a random
/// share of the upper half is taken away so that partners coming back are not stormed.
[[nodiscard]] std::chrono::milliseconds backOff(std::int64_t attempts, const base::Limits& limits);

}  // namespace gateway::exchange
