#pragma once
// Everything behind the door in one process: real mappings, directory, keys and use cases, a store
// in memory, and a clock that a test moves.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "gateway/app/settings/config.h"
#include "gateway/exchange/answers/inquiry.h"
#include "gateway/exchange/delivery/dispatcher.h"
#include "gateway/exchange/delivery/mailbox.h"
#include "gateway/exchange/delivery/operator_acts.h"
#include "gateway/exchange/intake.h"
#include "tests/scenario/support/agency.h"
#include "tests/scenario/support/facts.h"
#include "tests/support/bent_ledger.h"
#include "tests/support/memory_store.h"

namespace gateway::exchange::fixture {

using namespace std::chrono_literals;
using scenario::Signed;
using store::OutboxState;

class ManualClock final : public base::Clock {
  public:
    ManualClock() : now_(base::SystemClock().now()) {}
    [[nodiscard]] base::Timestamp now() const override { return now_.load(); }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return steady_.load();
    }
    void advance(std::chrono::milliseconds by) {
        jump(by);
        steady_.store(steady_.load() + by);
    }
    /// The machine's time is set, either way; no time goes by.
    void jump(std::chrono::milliseconds by) { now_.store(now_.load() + by); }

  private:
    std::atomic<base::Timestamp> now_;
    std::atomic<std::chrono::steady_clock::time_point> steady_{};
};

using support::BentLedger;

/// Answers pushes as a test says; keeps what was sent.
class ScriptedTransport final : public Transport {
  public:
    std::function<PushOutcome(const Push&)> answer;
    std::function<PushOutcome(const std::string& itemId)> status;
    std::vector<Push> pushed;
    std::vector<std::string> asked;  ///< items, in order

    PushOutcome push(const trust::Partner&, const Push& push) override {
        note(pushed, push);
        return answer(push);
    }
    PushOutcome ask(const trust::Partner&, const std::string& itemId) override {
        note(asked, itemId);
        return status(itemId);
    }

  private:
    template <class T>
    void note(std::vector<T>& all, const T& one) {
        const std::lock_guard lock(mutex_);
        all.push_back(one);
    }
    std::mutex mutex_;
};

/// Registrations and keys, made once for a test executable.
[[nodiscard]] scenario::World& world();

/// One gateway without a door. New for every test.
class House {
  public:
    explicit House(const std::function<void(base::Limits&)>& bend = {});

    /// Brings a message over the agency's own channel, or over another's.
    [[nodiscard]] Inbound inbound(const std::string& agency, const Signed& message) const;
    [[nodiscard]] scenario::Reply send(const scenario::Agency& agency, const Signed& message,
                                       bool dryRun = false);
    [[nodiscard]] scenario::Reply send(const scenario::Agency& agency, model::Payload payload);
    [[nodiscard]] scenario::Reply ask(const scenario::Agency& agency, const Signed& question,
                                      bool dryRun = false);
    [[nodiscard]] scenario::Reply ask(const scenario::Agency& agency, model::Payload payload);
    /// A signed JSON message created at the house's own time.
    [[nodiscard]] model::Message message(const scenario::Agency& agency,
                                         model::Payload payload) const;
    [[nodiscard]] scenario::Reply read(const Answer& answer) const;
    /// Who has signed the recipient's word on an item, as told by the stored row alone.
    [[nodiscard]] std::string signerOfReceipt(const std::string& itemId);
    /// Of today: in time, so that the clock has nothing to say of it.
    [[nodiscard]] model::DeclaredAct noticeOf(const std::string& number,
                                              const std::string& noticeNumber) const;
    [[nodiscard]] model::DeclaredAct noticeSeen(const std::string& number,
                                                const std::string& noticeNumber) const;
    /// Transfers ruling `number` and brings its case to the notice "TB-1".
    void bringToNotice(const std::string& number, model::Category category = model::Category::B);
    [[nodiscard]] store::CaseRecord caseNumbered(const std::string& number);
    /// Puts another registration for one agency in force.
    void change(const std::string& agency, const std::function<void(trust::Partner&)>& bend);

    scenario::Agency court, otherCourt, enforcement, procuracy, committee;
    ManualClock clock;
    base::Limits limits;
    support::MemoryStore store;
    BentLedger ledger;
    Snapshots snapshots;
    Bell bell;
    Intake intake;
    Inquiry inquiry;
    base::MemoryAccount memory{{limits.memoryBytes, limits.memoryBytesPerHolder}};
    Rendering rendering;
    DeliveryVerdict verdict;
    Mailbox mailbox;
    ScriptedTransport transport;
    DeliveryEnds ends;
    Dispatcher dispatcher;
    OperatorActs acts;
};

/// The types of what waits in an agency's mailbox, oldest first.
[[nodiscard]] std::vector<std::string> toldTo(House& house, const std::string& agency);

}  // namespace gateway::exchange::fixture
