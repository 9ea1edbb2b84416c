// What finds no room in the memory account is done later, and says nothing about the message.

#include "gateway/exchange/delivery/dispatcher.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using base::MemoryAccount;
using base::MemoryHolder;
using scenario::transferOf;

class MemoryShareTest : public testing::Test {
  protected:
    // As if the agency's other renderings and answers stood in memory.
    MemoryAccount::Hold fill(const std::string& agency) {
        auto held = house.memory.open({MemoryHolder::Kind::Agency, agency});
        EXPECT_EQ(held.grow(house.memory.share() - 100), MemoryAccount::Verdict::Held);
        return held;
    }
    std::size_t listed() {
        const auto reply = house.read(
            house.mailbox.list(house.snapshots, scenario::kEnforcement, 0ms, std::stop_token()));
        return scenario::nodeAt(reply.content, "items")->children.size();
    }
    store::OutboxItem item() {
        return house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
    }

    House house;
};

TEST_F(MemoryShareTest, AMailboxItemWaitsForRoomAndSpendsNoAttempt) {
    ASSERT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).status, 200);
    auto held = fill(scenario::kEnforcement);
    const auto id = item().itemId;
    const auto snapshot = house.snapshots.current();
    const auto* channel = snapshot->registry->channelById("ch-" + scenario::kEnforcement);
    EXPECT_EQ(listed(), 0U);
    EXPECT_EQ(house.mailbox.fetch(*snapshot, *channel, scenario::kEnforcement, id).status, 503);
    EXPECT_EQ(item().attempts, 0);
    held = {};
    EXPECT_EQ(listed(), 1U);
    EXPECT_EQ(house.memory.held(), 0U) << "nothing is held for what is stored";
    EXPECT_GT(house.memory.peak(), item().renderedBytes.size());
}

TEST_F(MemoryShareTest, APushWaitsForRoomAndSpendsNoAttempt) {
    house.change(scenario::kEnforcement,
                 [](trust::Partner& partner) { partner.pushUrl = "https://localhost:1/inbox"; });
    house.transport.answer = [](const Push&) {
        return PushOutcome{Reach::NotSent, 0, "", "", "connection refused"};
    };
    ASSERT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).status, 200);
    auto held = fill(scenario::kEnforcement);
    house.dispatcher.runOnce();
    EXPECT_TRUE(house.transport.pushed.empty());
    EXPECT_EQ(item().attempts, 0);
    held = {};
    house.dispatcher.runOnce();
    EXPECT_TRUE(house.transport.pushed.empty()) << "it was put off";
    house.clock.advance(kMemoryPause);
    house.dispatcher.runOnce();
    EXPECT_EQ(house.transport.pushed.size(), 1U);
}

TEST_F(MemoryShareTest, AnotherRecipientsFullShareDelaysNobody) {
    ASSERT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).status, 200);
    const auto held = fill(scenario::kProcuracy);
    EXPECT_EQ(listed(), 1U);
}

TEST_F(MemoryShareTest, AnItemHeavierThanAShareIsRenderedAllTheSame) {
    House small([](base::Limits& limits) { limits.memoryBytesPerHolder = 1'000; });
    ASSERT_EQ(small.send(small.court, transferOf("1/2026/HC-ST")).status, 200);
    const auto reply = small.read(
        small.mailbox.list(small.snapshots, scenario::kEnforcement, 0ms, std::stop_token()));
    EXPECT_EQ(scenario::nodeAt(reply.content, "items")->children.size(), 1U);
}

TEST_F(MemoryShareTest, AnAnswerThatFindsNoRoomIsPutOffUnsigned) {
    ASSERT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).status, 200);
    const auto question =
        house.procuracy.json(house.message(house.procuracy, model::MonitoringQuery{}));
    auto inbound = house.inbound(scenario::kProcuracy, question);
    auto held = house.memory.open({MemoryHolder::Kind::Channel, inbound.channel->id});
    inbound.memory = &held;
    {
        const auto others = fill(scenario::kProcuracy);
        const auto refused = house.inquiry.ask(inbound);
        EXPECT_EQ(refused.status, 429);
        EXPECT_EQ(refused.bytes, "");
        EXPECT_EQ(refused.retryAfter, kMemoryPause);
    }
    // The question was not used up.
    EXPECT_EQ(house.inquiry.ask(inbound).status, 200);
    EXPECT_GT(held.bytes(), 0U);
    ASSERT_EQ(house.memory.holders().size(), 1U);
    EXPECT_EQ(house.memory.holders()[0].first,
              (MemoryHolder{MemoryHolder::Kind::Agency, scenario::kProcuracy}));
}

}  // namespace
}  // namespace gateway::exchange::fixture
