// A recipient that is away, or that others keep busy: what that costs it, and everybody else.

#include "gateway/exchange/delivery/dispatcher.h"
#include "tests/unit/exchange/dispatcher_fixture.h"

namespace gateway::exchange::fixture {
namespace {

/// How often the outbox is written to.
class WrittenOutbox final : public store::Outbox {
  public:
    explicit WrittenOutbox(store::Outbox& real) : real_(real) {}
    std::size_t writes = 0;

    std::vector<store::OutboxItem> due(base::Timestamp now, std::size_t limit,
                                       const std::set<std::string>& among) override {
        return real_.due(now, limit, among);
    }
    std::vector<store::OutboxItem> mailbox(std::string_view agency, std::size_t limit,
                                           std::int64_t after) override {
        return real_.mailbox(agency, limit, after);
    }
    std::optional<store::OutboxItem> find(std::string_view id) override { return real_.find(id); }
    void rendered(std::string_view id, const store::RenderedDelivery& delivery) override {
        ++writes;
        real_.rendered(id, delivery);
    }
    bool move(std::string_view id, OutboxState from, const store::OutboxMove& move) override {
        ++writes;
        return real_.move(id, from, move);
    }
    std::vector<store::OutboxItem> deadLetters(const store::DeadLetterFilter& filter,
                                               std::int64_t after, std::size_t limit) override {
        return real_.deadLetters(filter, after, limit);
    }
    std::vector<store::WaitingFor> waiting() override { return real_.waiting(); }
    std::vector<store::OutboxItem> waitingFor(std::string_view recipient, std::int64_t after,
                                              std::size_t limit) override {
        return real_.waitingFor(recipient, after, limit);
    }
    std::vector<store::OutboxItem> untold(std::size_t limit) override {
        return real_.untold(limit);
    }
    void authorTold(std::string_view id) override {
        ++writes;
        real_.authorTold(id);
    }
    void addNote(std::string_view id, const store::OutboxNote& note) override {
        real_.addNote(id, note);
    }
    std::vector<store::OutboxNote> notes(std::string_view id) override { return real_.notes(id); }
    store::OutboxCounts counts() override { return real_.counts(); }
    void forEachItem(std::int64_t after,
                     const std::function<bool(const store::OutboxItem&)>& visit) override {
        real_.forEachItem(after, visit);
    }

  private:
    store::Outbox& real_;
};

// Each of another case, so that all of them head their queues.
void pile(House& house, const store::OutboxItem& pattern, std::size_t items) {
    store::Acceptance acceptance;
    for (std::size_t i = 0; i < items; ++i) {
        auto item = pattern;
        item.itemId = "dlv-" + std::to_string(i);
        item.caseId = "case-" + std::to_string(i);
        acceptance.outbox.push_back(item);
    }
    acceptance.message.agency = scenario::kCourt;
    acceptance.message.messageId = "many";
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house.store.ledger().accept(acceptance)));
}

TEST_F(DispatcherTest, AnOutageSpendsNoAttempts) {
    push(false);
    std::vector<PushOutcome> outages = {{Reach::NotSent, 0, "", "", "connection refused"},
                                        {Reach::Answered, 503, "text/plain", "bận", ""},
                                        {Reach::Answered, 429, "text/plain", "bận", ""}};
    for (std::size_t i = 0; i < 4 * house.limits.attempts; ++i) {
        house.transport.answer = [&](const Push&) { return outages[i % outages.size()]; };
        house.dispatcher.runOnce();
        EXPECT_EQ(item().state, OutboxState::Rendered) << "no doubt, even for this partner";
        house.clock.advance(house.limits.longestBackOff);
    }
    EXPECT_EQ(pushes(), 4 * house.limits.attempts);
    EXPECT_EQ(item().attempts, 0);
    house.transport.answer = [this](const Push& push) { return word(push); };
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Delivered);
}

TEST_F(DispatcherTest, ADoorWhoseServiceIsAwayLeavesADoubtAndSpendsNoAttempts) {
    push(true);
    for (const int status : {502, 504}) {
        house.transport.answer = [&](const Push&) {
            return PushOutcome{Reach::Answered, status, "text/html", "?", ""};
        };
        house.dispatcher.runOnce();
        EXPECT_EQ(item().state, OutboxState::Maybe);
        EXPECT_EQ(item().attempts, 0);
        EXPECT_EQ(item().lastError, "answer " + std::to_string(status));
        house.clock.advance(house.limits.longestBackOff);
    }
}

TEST_F(DispatcherTest, ASignedWordCountsEvenWhenTheStatusSaysAway) {
    house.transport.answer = [this](const Push& push) { return word(push, {}, 503); };
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Delivered);
}

TEST_F(DispatcherTest, RetryAfterIsKeptWithinOurBounds) {
    const std::pair<std::chrono::seconds, std::chrono::milliseconds> asked[] = {
        {1'800s, 1'800s}, {0s, house.limits.firstBackOff}, {1'000'000s, store::kFarthestDue}};
    for (const auto& [after, pause] : asked) {
        house.transport.answer = [&](const Push&) {
            PushOutcome busy{Reach::Answered, 503, "text/plain", "bận", ""};
            busy.retryAfter = after;
            return busy;
        };
        const auto before = pushes();
        EXPECT_TRUE(house.dispatcher.runOnce());
        EXPECT_EQ(pushes(), before + 1);
        EXPECT_EQ(item().dueAt, house.clock.now() + pause);
        house.clock.advance(pause - 1ms);
        EXPECT_FALSE(house.dispatcher.runOnce()) << "not before its time";
        house.clock.advance(1ms);
    }
}

TEST_F(DispatcherTest, ANightOfRefusedConnectionsEndsInOrder) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).status, 200);
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf(kNumber, "TB-1")).status, 200);
    for (const auto* number : {"0", "1", "2", "3", "4"})
        ASSERT_EQ(house.send(house.committee, scenario::statusOf(kNumber, number)).status, 200);
    for (int minute = 0; minute < 8 * 60; ++minute) {
        house.dispatcher.runOnce();
        house.clock.advance(1min);
    }
    const auto attempted = pushes();
    EXPECT_LT(attempted, 60U);
    EXPECT_EQ(house.store.outbox().counts().dead, 0);
    house.transport.answer = [this](const Push& push) { return word(push); };
    house.clock.advance(house.limits.longestBackOff);
    while (house.dispatcher.runOnce()) {
    }
    std::vector<std::int64_t> order;
    for (auto i = attempted; i < pushes(); ++i)
        order.push_back(house.store.outbox().find(house.transport.pushed[i].itemId)->sequence);
    EXPECT_EQ(order.size(), 6U) << "the transfer and five reports";
    EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST_F(DispatcherTest, AfterItsTermADeliveryIsGivenUpAndHoldsItsCase) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).status, 200);
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf(kNumber, "TB-1")).status, 200);
    ASSERT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "1")).status, 200);
    const auto first = only();
    DeliveryTerms terms;
    terms.set("JudgmentTransfer", std::chrono::days(1));
    Dispatcher dispatcher({"thahc", "test"}, house.snapshots, house.rendering, house.verdict,
                          house.transport, house.store.outbox(), house.ends, house.bell,
                          house.clock, house.limits, terms);
    const auto hours = [&](int count) {
        for (int hour = 0; hour < count; ++hour) {
            dispatcher.runOnce();
            house.clock.advance(1h);
        }
    };
    hours(24);
    EXPECT_EQ(house.store.outbox().counts().dead, 0);
    hours(3);
    const auto dead = house.store.outbox().find(first).value();
    ASSERT_EQ(dead.state, OutboxState::Dead);
    EXPECT_EQ(dead.lastError, "the term for trying is over; last: connection refused");
    EXPECT_EQ(dead.attempts, 0);
    EXPECT_EQ(house.store.outbox().counts().dead, 1);
    house.transport.answer = [this](const Push& push) { return word(push); };
    EXPECT_FALSE(dispatcher.runOnce()) << "nothing of its case overtakes it";
    ASSERT_TRUE(house.acts.resend("lan/1000", first, "đã nối lại"));
    const auto before = pushes();
    while (dispatcher.runOnce()) {
    }
    ASSERT_EQ(pushes(), before + 2) << house.store.outbox().find(first)->lastError;
    EXPECT_EQ(house.transport.pushed[before].itemId, first);
}

TEST_F(DispatcherTest, AClockThatRanAheadEndsNoTerm) {
    house.dispatcher.runOnce();
    house.clock.jump(24h * 30);
    house.clock.advance(1min);
    house.dispatcher.runOnce();
    EXPECT_EQ(pushes(), 2U);
    EXPECT_EQ(item().state, OutboxState::Rendered);
    house.clock.jump(-24h * 30);
    house.transport.answer = [this](const Push& push) { return word(push); };
    house.clock.advance(1min);
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Delivered);
}

TEST_F(DispatcherTest, AnAbsentPartnersHeapCostsOneProbeAtATimeAndOthersNothing) {
    pile(house, house.store.outbox().find(only()).value(), 20'000);
    WrittenOutbox outbox(house.store.outbox());
    Dispatcher dispatcher({"thahc", "test"}, house.snapshots, house.rendering, house.verdict,
                          house.transport, outbox, house.ends, house.bell, house.clock,
                          house.limits);
    for (int round = 0; round < 30; ++round) {
        dispatcher.runOnce();
        dispatcher.runOnce();
        house.clock.advance(house.limits.longestBackOff);
    }
    EXPECT_EQ(pushes(), 30U) << "one for all, after each pause";
    EXPECT_LE(outbox.writes, 3 * pushes()) << "rendered, sent, put off";
    // What others are told does not stand behind the heap.
    house.change(scenario::kCourt,
                 [](trust::Partner& partner) { partner.pushUrl = "https://localhost:1/inbox"; });
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).status, 200);
    const auto before = pushes();
    house.transport.answer = [this](const Push& push) {
        const auto to = house.store.outbox().find(push.itemId)->recipient;
        if (to != scenario::kCourt)
            return PushOutcome{Reach::NotSent, 0, "", "", "connection refused"};
        const auto said = house.court.word(push.itemId, push.bytes);
        return PushOutcome{Reach::Answered, 200, said.mediaType, said.body, ""};
    };
    dispatcher.runOnce();
    EXPECT_LE(pushes(), before + 2);
    EXPECT_EQ(house.store.outbox().counts().delivered, 1);
}

TEST_F(DispatcherTest, LettersOfOneSenderDoNotDelayAnothers) {
    auto pattern = house.store.outbox().find(only()).value();
    pattern.messageType = "DocumentTransfer";
    pattern.caseId.clear();
    store::Acceptance acceptance;
    for (int i = 0; i < 20; ++i) {
        auto item = pattern;
        item.itemId = "dlv-" + std::to_string(i);
        item.sourceAgency = i < 18 ? scenario::kCourt : scenario::kCommittee;
        item.dueAt = house.clock.now() + std::chrono::milliseconds(i);
        item.renderedBytes = item.renderedSha256 = "x";
        item.state = OutboxState::Rendered;
        acceptance.outbox.push_back(item);
    }
    acceptance.message.agency = scenario::kCourt;
    acceptance.message.messageId = "many";
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house.store.ledger().accept(acceptance)));
    house.clock.advance(1s);
    const auto dueNow = [&] {
        return house.store.outbox().due(house.clock.now(), 1, {scenario::kEnforcement});
    };
    std::vector<std::string> sources;
    store::OutboxMove delivered;
    delivered.to = OutboxState::Delivered;
    while (sources.size() < 6) {
        const auto next = dueNow().at(0);
        house.clock.advance(1s);
        delivered.at = house.clock.now();
        ASSERT_TRUE(house.store.outbox().move(next.itemId, next.state, delivered));
        if (next.caseId.empty()) sources.push_back(next.sourceAgency);
    }
    const std::vector<std::string> fair{scenario::kCourt, scenario::kCommittee,
                                        scenario::kCourt, scenario::kCommittee,
                                        scenario::kCourt, scenario::kCourt};
    EXPECT_EQ(sources, fair);
}

}  // namespace
}  // namespace gateway::exchange::fixture
