#pragma once
// A house whose enforcement authority takes pushes, with one delivery for it.

#include <string>

#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {

inline constexpr const char* kNumber = "1/2026/HC-ST";

class DispatcherTest : public testing::Test {
  protected:
    void SetUp() override {
        push(true);
        ASSERT_EQ(house.send(house.court, scenario::transferOf(kNumber)).status, 200);
        house.transport.answer = [](const Push&) {
            return PushOutcome{Reach::NotSent, 0, "", "", "connection refused"};
        };
    }
    void push(bool idempotent, bool canBeAsked = false) {
        house.change(scenario::kEnforcement, [=](trust::Partner& partner) {
            partner.pushUrl = "https://localhost:1/inbox";
            partner.pushIdempotent = idempotent;
            partner.pushStatusUrl.reset();
            if (canBeAsked) partner.pushStatusUrl = "https://localhost:1/inbox/{item}";
        });
    }
    // An attempt that may have arrived, and the time to do something about it.
    void doubt() {
        house.transport.answer = [](const Push&) {
            return PushOutcome{Reach::Maybe, 0, "", "", "cut"};
        };
        house.dispatcher.runOnce();
        EXPECT_EQ(item().state, OutboxState::Maybe);
        house.clock.advance(house.limits.longestBackOff);
    }
    PushOutcome word(const Push& push, const std::string& because = {}, int status = 200) {
        const auto said = house.enforcement.word(push.itemId, push.bytes, because);
        return {Reach::Answered, status, said.mediaType, said.body, ""};
    }
    store::OutboxItem item() {
        const auto id = house.transport.pushed.empty() ? only() : house.transport.pushed[0].itemId;
        return house.store.outbox().find(id).value();
    }
    std::string only() {
        return house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0).itemId;
    }
    std::size_t pushes() const { return house.transport.pushed.size(); }
    std::size_t questions() const { return house.transport.asked.size(); }

    House house;
};

}  // namespace gateway::exchange::fixture
