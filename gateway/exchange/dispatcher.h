#pragma once
// Delivers what the outbox holds: rendered once, the same bytes at every attempt, judged by the
// recipient's signed word (design, step 11).

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/exchange/bell.h"
#include "gateway/exchange/claims.h"
#include "gateway/exchange/delivery_verdict.h"
#include "gateway/exchange/reachability.h"
#include "gateway/exchange/rendering.h"
#include "gateway/exchange/transport.h"

namespace gateway::exchange {

/// Works on due items with a few threads until stopped.
///
/// Per recipient and case the oldest item goes first. A failed attempt is tried again with
/// back-off and jitter. After an attempt whose outcome is unknown (*maybe*) a partner with a status
/// address is asked what became of it; without one, the attempt is repeated only to a partner whose
/// intake is idempotent, else it waits for an operator among the dead letters.
/// A doubt stays until there is a signed word, or the partner answers 404, by which it vouches that
/// it neither has the item nor is at work on it: an attempt that certainly failed does not remove
/// it. Asking is an attempt like another: the item is being sent meanwhile, so that nobody else
/// sends or asks, and a crash leaves the doubt that there was.
/// A recipient that does not answer is left alone for a while, and a slow one has but a part of
/// the workers (Limits::pushesPerRecipient), so that neither holds up the others.
/// Agencies without a push address keep their items for the mailbox, which renders them when
/// they are asked for.
/// A broken store stops the workers (healthy() turns false); nothing is lost: what was not
/// recorded as delivered is tried again after the restart.
class Dispatcher {
  public:
    Dispatcher(Identity identity, const Snapshots& snapshots, Rendering& rendering,
               DeliveryVerdict verdict, Transport& transport, store::Outbox& outbox,
               const Bell& bell, const base::Clock& clock, const base::Limits& limits);
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
    void conclude(const SnapshotPtr& snapshot, const trust::Partner& partner,
                  const store::OutboxItem& item, Attempt kind, const PushOutcome& outcome);
    void sendAfterAll(const store::OutboxItem& item);
    void later(const store::OutboxItem& item, store::OutboxState from, store::OutboxState to,
               const std::string& error);
    void postpone(const store::OutboxItem& item, std::chrono::milliseconds delay);
    void settle(const std::string& itemId, store::OutboxState from, const store::OutboxMove& move);
    [[nodiscard]] bool takeUp(const SnapshotPtr& snapshot);
    [[nodiscard]] std::size_t takeUpPage(std::string agency, std::int64_t after, std::size_t limit);

    Identity identity_;
    const Snapshots& snapshots_;
    Rendering& rendering_;
    DeliveryVerdict verdict_;
    Transport& transport_;
    store::Outbox& outbox_;
    const Bell& bell_;
    const base::Clock& clock_;
    base::Limits limits_;
    Reachability reachability_;
    Claims claims_;
    std::vector<std::thread> workers_;
    std::mutex mutex_;
    std::optional<std::chrono::milliseconds> clockAhead_;  ///< of the monotonic one; under mutex_
    SnapshotPtr known_;  ///< the one whose push addresses have been taken note of; under mutex_
    /// Agencies whose held items are still to be taken up, and after which sequence; under mutex_.
    std::vector<std::pair<std::string, std::int64_t>> toTakeUp_;
    std::atomic<bool> stopping_{false};
    std::atomic<bool> healthy_{true};
};

/// When to try again after `attempts` failures: doubled each time up to the cap, then a random
/// share of the upper half is taken away so that partners coming back are not stormed.
[[nodiscard]] std::chrono::milliseconds backOff(std::int64_t attempts, const base::Limits& limits);

}  // namespace gateway::exchange
