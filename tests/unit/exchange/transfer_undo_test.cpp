// An operator strikes a transfer: the case closes, its name is free, everybody in it is told.

#include "gateway/exchange/acts/transfer_undo.h"

#include <algorithm>

#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

constexpr const char* kNumber = "1/2026/HC-ST";
constexpr const char* kReason = "Tòa án gửi nhầm bản án của Tòa án khác";

class TransferUndoTest : public testing::Test {
  protected:
    void SetUp() override {
        house.bringToNotice(kNumber);
        wrong = house.caseNumbered(kNumber).caseId;
    }
    void TearDown() override {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    // Works off a mailbox, oldest first; what was in it.
    std::vector<store::OutboxItem> takeAll(const std::string& agency) {
        std::vector<store::OutboxItem> all;
        for (auto items = house.store.outbox().mailbox(agency, 10); !items.empty();
             items = house.store.outbox().mailbox(agency, 10))
            for (const auto& item : items) {
                all.push_back(item);
                store::OutboxMove move;
                move.to = OutboxState::Delivered;
                move.at = house.clock.now();
                EXPECT_TRUE(house.store.outbox().move(item.itemId, item.state, move));
            }
        return all;
    }
    store::CaseRecord struck() { return house.store.cases().find(wrong).value(); }

    House house;
    TransferUndo act{{"thahc", "test"},   house.snapshots, house.ledger,
                     house.store.cases(), house.bell,      house.clock};
    std::string wrong;
};

TEST_F(TransferUndoTest, TheCaseClosesAndShowsWhy) {
    const auto done = act.undo("lan/1000", wrong, kReason);
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(struck().stage, "NOT_MONITORED");
    EXPECT_EQ(struck().version, 4);
    const auto recorded = house.store.ledger().findWhole("thahc/test", done.value().actId).value();
    EXPECT_EQ(recorded.messageType, "OperatorAct");
    EXPECT_EQ(recorded.caseId, wrong);
    const auto event = eventsOf(recorded).at(0);
    EXPECT_EQ(event.type, model::EventType::TransferUndone);
    EXPECT_EQ(event.undo.value().reason, kReason);
    EXPECT_TRUE(caseFileOf(struck()).undoneOn.has_value());
}

TEST_F(TransferUndoTest, WhoWasToldIsToldInOrder) {
    ASSERT_TRUE(act.undo("lan/1000", wrong, kReason));
    for (const auto& agency :
         {scenario::kCourt, scenario::kEnforcement, scenario::kProcuracy, scenario::kCommittee}) {
        const auto told = takeAll(agency);
        ASSERT_FALSE(told.empty()) << agency;
        EXPECT_EQ(told.back().messageType, "DocumentTransfer") << agency;
        EXPECT_NE(told.back().content.find(kReason), std::string::npos);
        EXPECT_NE(told.back().content.find(wrong), std::string::npos);
        EXPECT_EQ(told.back().content.find("lan/1000"), std::string::npos);
        EXPECT_EQ(std::ranges::count(told, "DocumentTransfer", &store::OutboxItem::messageType), 1);
    }
    EXPECT_TRUE(takeAll(scenario::kOtherCourt).empty());
}

TEST_F(TransferUndoTest, TheLetterCarriesNoNameOfOurs) {
    ASSERT_TRUE(act.undo("lan/1000", wrong, kReason));
    const auto letter = house.store.outbox().mailbox(scenario::kProcuracy, 1).at(0);
    const auto rendered = house.rendering.rendered(*house.snapshots.current(), letter);
    const auto seen = house.read({200, rendered.renderedMediaType, rendered.renderedBytes});
    EXPECT_TRUE(seen.sealed);
    EXPECT_EQ(seen.at("delivery/original"), "") << "it would name the operator";
    // A letter of its own; nothing that was sent is taken back by it.
    EXPECT_EQ(seen.at("documentTransfer/business"), nameOf(model::DocumentBusiness::New));
}

TEST_F(TransferUndoTest, TheTrueRulingOpensACaseOfItsOwn) {
    ASSERT_TRUE(act.undo("lan/1000", wrong, kReason));
    // Who names the ruling waits for its transfer, as if it had never come.
    EXPECT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "99")).verdict(),
              "parked");
    auto right = transferOf(kNumber);
    right.ruling.parties.front().name = "Người Khác";
    ASSERT_EQ(house.send(house.court, right).verdict(), "accepted");
    const auto opened = house.caseNumbered(kNumber);
    EXPECT_NE(opened.caseId, wrong);
    EXPECT_EQ(opened.stage, "REGISTERED");
    EXPECT_EQ(caseFileOf(opened).registerNumber, "99");
    EXPECT_EQ(struck().stage, "NOT_MONITORED");
    EXPECT_EQ(house.send(house.court, right).verdict(), "linked");
    // And a second time.
    ASSERT_TRUE(act.undo("lan/1000", opened.caseId, kReason));
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).verdict(), "accepted");
    EXPECT_NE(house.caseNumbered(kNumber).caseId, opened.caseId);
    EXPECT_NE(house.caseNumbered(kNumber).caseId, wrong);
}

TEST_F(TransferUndoTest, NothingMoreHappensInIt) {
    ASSERT_TRUE(act.undo("lan/1000", wrong, kReason));
    auto report = scenario::statusOf(kNumber, "BC-1");
    report.caseReference.caseId = wrong;
    report.caseReference.ruling.reset();
    EXPECT_EQ(house.send(house.committee, report).code(), "CONFLICT_STATE");
    auto again = scenario::registrationOf(kNumber, "13");
    again.caseReference = report.caseReference;
    EXPECT_EQ(house.send(house.enforcement, again).code(), "CONFLICT_STATE");
    EXPECT_EQ(act.undo("lan/1000", wrong, kReason).error(), "its transfer was undone before");
    EXPECT_EQ(act.undo("lan/1000", "case-none", kReason).error(), "no such case");
}

TEST_F(TransferUndoTest, WhatCameMeanwhileIsNotLost) {
    bool meanwhile = false;
    house.ledger.onAccept =
        [&](const store::Acceptance& acceptance) -> std::optional<store::AcceptOutcome> {
        if (meanwhile || acceptance.message.channel != "operator") return std::nullopt;
        meanwhile = true;
        EXPECT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "BC-1")).verdict(),
                  "accepted");
        return std::nullopt;
    };
    ASSERT_TRUE(act.undo("lan/1000", wrong, kReason));
    EXPECT_TRUE(meanwhile);
    EXPECT_EQ(struck().version, 5);
}

// Anybody may have written of a ruling that was in the wrong hands: it is theirs when it comes.
TEST_F(TransferUndoTest, RebuildMissesALetterAndAFreeName) {
    ASSERT_TRUE(act.undo("lan/1000", wrong, kReason));
    House other;  // whose log lacks the act
    const auto report = rebuild(house.store.cases(), other.store.outbox());
    EXPECT_TRUE(std::ranges::any_of(report.differences, [](const std::string& difference) {
        return difference.find("DocumentTransfer to " + std::string(scenario::kProcuracy)) !=
               std::string::npos;
    }));
}

}  // namespace
}  // namespace gateway::exchange::fixture
