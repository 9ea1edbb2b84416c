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

/// A ledger whose answers a test can change.
class BentLedger final : public store::Ledger {
  public:
    explicit BentLedger(store::Ledger& real) : real_(real) {}
    std::function<std::optional<store::AcceptOutcome>(const store::Acceptance&)> onAccept;

    store::AcceptOutcome accept(const store::Acceptance& acceptance) override {
        if (onAccept)
            if (auto outcome = onAccept(acceptance)) return *std::move(outcome);
        return real_.accept(acceptance);
    }
    std::optional<store::MessageRecord> findByBody(std::string_view channel,
                                                   std::string_view digest) override {
        return real_.findByBody(channel, digest);
    }
    std::optional<store::MessageRecord> findByKey(std::string_view agency,
                                                  std::string_view id) override {
        return real_.findByKey(agency, id);
    }
    std::optional<store::MessageRecord> findByReceipt(std::string_view id) override {
        return real_.findByReceipt(id);
    }
    std::optional<store::MessageRecord> findWhole(std::string_view agency,
                                                  std::string_view id) override {
        return real_.findWhole(agency, id);
    }
    void refold(const std::vector<store::CaseRecord>& cases) override { real_.refold(cases); }
    store::ReadRecorded recordRead(const store::ReadAudit& audit, std::size_t quota) override {
        return real_.recordRead(audit, quota);
    }
    std::optional<base::Timestamp> recordRefusal(const store::RefusalRecord& refusal,
                                                 const store::RefusedBytesQuota& quota) override {
        return real_.recordRefusal(refusal, quota);
    }
    std::int64_t storedBytes(std::string_view agency) override { return real_.storedBytes(agency); }
    std::vector<store::AgencyStorage> storage() override { return real_.storage(); }
    std::vector<store::FoundMessage> messages(const store::MessageSearch& search,
                                              std::int64_t before, std::size_t limit) override {
        return real_.messages(search, before, limit);
    }
    std::vector<store::RefusalRecord> refusals(const store::RefusalSearch& search,
                                               std::int64_t before, std::size_t limit) override {
        return real_.refusals(search, before, limit);
    }
    std::vector<store::ReadAudit> reads(const store::ReadSearch& search, std::int64_t before,
                                        std::size_t limit) override {
        return real_.reads(search, before, limit);
    }

  private:
    store::Ledger& real_;
};

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
    [[nodiscard]] model::VoluntaryNotice noticeOf(const std::string& number,
                                                  const std::string& noticeNumber) const;
    [[nodiscard]] model::NoticeAcknowledgement noticeSeen(const std::string& number,
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
