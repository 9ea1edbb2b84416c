// What waits in vain for its ruling leaves after its term, and its sender is told.

#include "gateway/exchange/acts/parking_term.h"

#include <set>

#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";

class ParkingTermTest : public testing::Test {
  protected:
    void TearDown() override {
        house.ledger.onAccept = nullptr;
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    std::size_t waiting() { return house.store.cases().parkedCount({}); }
    std::vector<store::OutboxItem> toldTo(const std::string& agency) {
        return house.store.outbox().mailbox(agency, 10);
    }

    int letters = 0;
    House house{[](base::Limits& limits) { limits.parkedKept = 90min; }};
    ParkingTerm term{{"thahc", "test"}, house.snapshots, house.ledger, house.store.cases(),
                     house.bell,        house.clock,     house.limits};
};

TEST_F(ParkingTermTest, ItLeavesOnTheDayAndItsSenderIsTold) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "12")).verdict(),
              "parked");
    house.clock.advance(90min - 1s);
    EXPECT_EQ(term.endOverdue(), 0U);
    EXPECT_EQ(waiting(), 1U);
    house.clock.advance(1s);
    EXPECT_EQ(term.endOverdue(), 1U);
    EXPECT_EQ(waiting(), 0U);
    EXPECT_EQ(term.endOverdue(), 0U);
    const auto told = toldTo(scenario::kEnforcement);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].messageType, "DocumentTransfer");
    EXPECT_NE(told[0].content.find("hết thời hạn chờ"), std::string::npos);
    const auto rendered = house.rendering.rendered(*house.snapshots.current(), told[0]);
    EXPECT_TRUE(house.read({200, rendered.renderedMediaType, rendered.renderedBytes}).sealed);
    // Its ruling comes after all: it is not applied any more.
    ASSERT_EQ(house.send(house.court, scenario::transferOf(kNumber)).verdict(), "accepted");
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "RECEIVED");
}

// ADR 0016: what is unknown and what is somebody else's are one answer, at the end as well.
TEST_F(ParkingTermTest, UnknownAndForeignAreToldAlike) {
    auto elsewhere = scenario::transferOf(kNumber);
    elsewhere.ruling.obligations.front().obligatedAgency.clear();
    elsewhere.ruling.obligations.front().obligatedParty = "Ủy ban nhân dân phường Khác";
    ASSERT_EQ(house.send(house.court, elsewhere).verdict(), "accepted");
    for (const char* number : {kNumber, "2/2026/HC-ST"})
        ASSERT_EQ(house.send(house.committee, scenario::noticeSeen(number, "TB-1")).verdict(),
                  "parked")
            << number;
    house.clock.advance(90min);
    EXPECT_EQ(term.endOverdue(), 2U);
    std::set<std::string> words;
    for (auto told = toldTo(scenario::kCommittee); !told.empty();
         told = toldTo(scenario::kCommittee)) {
        const auto message = document::readJson(told[0].content).value();
        words.insert(message.root.child("documentTransfer")->child("content")->value);
        store::OutboxMove move;
        move.to = OutboxState::Delivered;
        move.at = house.clock.now();
        ASSERT_TRUE(house.store.outbox().move(told[0].itemId, told[0].state, move));
        ++letters;
    }
    EXPECT_EQ(letters, 2);
    EXPECT_EQ(words.size(), 1U);
}

TEST_F(ParkingTermTest, ARulingThatComesMeanwhileWins) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "12")).verdict(),
              "parked");
    house.clock.advance(90min);
    bool meanwhile = false;
    house.ledger.onAccept =
        [&](const store::Acceptance& acceptance) -> std::optional<store::AcceptOutcome> {
        if (meanwhile || acceptance.message.channel != "gateway") return std::nullopt;
        meanwhile = true;
        EXPECT_EQ(house.send(house.court, scenario::transferOf(kNumber)).verdict(), "accepted");
        return std::nullopt;
    };
    EXPECT_EQ(term.endOverdue(), 0U);
    EXPECT_TRUE(meanwhile);
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "REGISTERED");
    EXPECT_TRUE(toldTo(scenario::kEnforcement).size() <= 1);
}

TEST_F(ParkingTermTest, TheOldestGoFirstAndTheYoungStay) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).verdict(),
              "parked");
    house.clock.advance(1min);
    ASSERT_EQ(
        house.send(house.enforcement, scenario::registrationOf("2/2026/HC-ST", "2")).verdict(),
        "parked");
    house.clock.advance(89min);
    EXPECT_EQ(term.endOverdue(), 1U);
    EXPECT_EQ(waiting(), 1U);
    ASSERT_EQ(house.send(house.court, scenario::transferOf("2/2026/HC-ST")).verdict(), "accepted");
    EXPECT_EQ(house.caseNumbered("2/2026/HC-ST").stage, "REGISTERED");
}

}  // namespace
}  // namespace gateway::exchange::fixture
