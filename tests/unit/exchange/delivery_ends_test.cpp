// What becomes known of a delivery that its recipient has not accepted: in the case, and to its
// author.

#include "gateway/exchange/delivery/delivery_ends.h"

#include "gateway/exchange/delivery/kept_reason.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

constexpr const char* kNumber = "1/2026/HC-ST";

class DeliveryEndsTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(house.send(house.court, transferOf(kNumber)).status, 200);
        item_ = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0).itemId;
    }
    void TearDown() override {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    store::OutboxItem find(const std::string& id) { return house.store.outbox().find(id).value(); }
    void end(const std::string& id, OutboxState to, const std::string& why, bool holds = false) {
        store::OutboxMove move;
        move.to = to;
        move.at = house.clock.now();
        move.error = why;
        move.holds = holds;
        ASSERT_TRUE(house.store.outbox().move(id, find(id).state, move));
    }
    // What the court finds in its mailbox, as the gateway's model says it.
    std::vector<store::OutboxItem> toCourt() {
        return house.store.outbox().mailbox(scenario::kCourt, 10);
    }
    std::vector<model::Event> history() {
        std::vector<model::Event> events;
        for (const auto& message :
             house.store.cases().messagesOf(house.caseNumbered(kNumber).caseId))
            for (auto& event : eventsOf(message)) events.push_back(std::move(event));
        return events;
    }

    House house;
    std::string item_;
};

TEST_F(DeliveryEndsTest, TheAuthorIsToldAndTheCaseShowsIt) {
    EXPECT_FALSE(house.ends.tellAuthors());
    end(item_, OutboxState::Refused, "không thuộc thẩm quyền");
    EXPECT_TRUE(house.ends.tellAuthors());
    EXPECT_FALSE(house.ends.tellAuthors()) << "once";
    const auto told = toCourt();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].messageType, "MonitoringResult");
    EXPECT_NE(told[0].content.find("\"event\":\"DeliveryFailed\""), std::string::npos);
    EXPECT_NE(told[0].content.find("từ chối (có ký số)"), std::string::npos);
    EXPECT_NE(told[0].content.find("không thuộc thẩm quyền"), std::string::npos);
    const auto events = history();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[1].type, model::EventType::DeliveryFailed);
    const auto& said = events[1].delivery.value();
    EXPECT_EQ(said.item, item_);
    EXPECT_EQ(said.recipient, scenario::kEnforcement);
    EXPECT_EQ(said.messageType, "JudgmentTransfer");
    EXPECT_EQ(said.sourceAgency, scenario::kCourt);
    EXPECT_EQ(said.outcome, model::DeliveryOutcome::Refused);
    EXPECT_EQ(said.reason, "không thuộc thẩm quyền");
    EXPECT_EQ(said.told, scenario::kCourt);
    EXPECT_EQ(house.caseNumbered(kNumber).version, 2);
    // It can be rendered and is sealed in the court's own format.
    const auto rendered = house.rendering.rendered(*house.snapshots.current(), told[0]);
    EXPECT_TRUE(house.read({200, rendered.renderedMediaType, rendered.renderedBytes}).sealed);
}

TEST_F(DeliveryEndsTest, EveryFormatOfAnAuthorCanSayIt) {
    end(item_, OutboxState::Refused,
        keptReason("sai \"số\" <&>\n  và ngày " + std::string(9'000, 'x')));
    EXPECT_TRUE(house.ends.tellAuthors());
    const auto told = toCourt().at(0);
    for (const auto* format :
         {"case-model-json", "case-model-xml", "court-json", "court-xml", "committee-json",
          "committee-xml", "procuracy-json", "procuracy-xml"}) {
        house.change(scenario::kCourt, [&](trust::Partner& partner) {
            partner.formatsOut["MonitoringResult"] = std::string(format) + "/monitoring-result";
        });
        auto copy = told;
        copy.itemId = std::string("dlv-") + format;
        store::Acceptance acceptance;
        acceptance.outbox = {copy};
        acceptance.message.agency = scenario::kCourt;
        acceptance.message.messageId = format;
        House other;  // the forged items are none of this house's log
        other.snapshots.replace(house.snapshots.current());
        ASSERT_TRUE(std::holds_alternative<store::Stored>(other.store.ledger().accept(acceptance)));
        const auto kept = other.store.outbox().find(copy.itemId).value();
        const auto rendered = other.rendering.rendered(*house.snapshots.current(), kept);
        EXPECT_NE(rendered.renderedBytes, "") << format;
    }
}

TEST_F(DeliveryEndsTest, GivenUpSaysWhyAndAfterAReSendTheNextEndIsToldToo) {
    end(item_, OutboxState::Dead, "connection refused", true);
    EXPECT_TRUE(house.ends.tellAuthors());
    EXPECT_EQ(history().back().delivery->outcome, model::DeliveryOutcome::GivenUp);
    ASSERT_TRUE(house.acts.resend("lan/1000", item_, "đã nối lại"));
    house.clock.advance(1s);
    end(item_, OutboxState::Dead, "connection refused", true);
    EXPECT_TRUE(house.ends.tellAuthors());
    EXPECT_EQ(history().size(), 3U);
}

TEST_F(DeliveryEndsTest, ACrashBetweenRecordAndMarkRecordsNothingTwice) {
    end(item_, OutboxState::Dead, "connection refused", true);
    EXPECT_TRUE(house.ends.tellAuthors());
    const auto before = history().size();
    // As after a crash: the item bears no mark, and ends at the very same time.
    store::OutboxMove open;
    open.to = OutboxState::Waiting;
    open.at = house.clock.now();
    ASSERT_TRUE(house.store.outbox().move(item_, OutboxState::Dead, open));
    end(item_, OutboxState::Dead, "connection refused", true);
    EXPECT_TRUE(house.ends.tellAuthors());
    EXPECT_EQ(history().size(), before);
    EXPECT_EQ(toCourt().size(), 1U);
    EXPECT_TRUE(house.store.outbox().untold(10).empty());
}

TEST_F(DeliveryEndsTest, ALettersAuthorGetsALetterAndItsOwnEndIsToldToNobody) {
    model::DocumentTransfer letter;
    letter.documentId = "G1";
    letter.number = "10";
    letter.notation = "BC";
    letter.subject = "Về việc thi hành án";
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = scenario::kCommittee;
    letter.recipients.emplace_back().code = scenario::kEnforcement;
    ASSERT_EQ(house.send(house.committee, letter).status, 200);
    const auto sent = house.store.outbox().mailbox(scenario::kEnforcement, 10).back();
    ASSERT_EQ(sent.messageType, "DocumentTransfer");
    end(sent.itemId, OutboxState::Dead, "connection refused", true);
    EXPECT_TRUE(house.ends.tellAuthors());
    const auto told = house.store.outbox().mailbox(scenario::kCommittee, 10);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].messageType, "DocumentTransfer");
    EXPECT_NE(told[0].content.find("Không chuyển được thông điệp"), std::string::npos);
    EXPECT_NE(told[0].content.find("\"subject\":\"Thông điệp không chuyển được đến nơi nhận\""),
              std::string::npos)
        << told[0].content;
    EXPECT_NE(told[0].content.find(sent.sourceMessageId), std::string::npos);
    end(told[0].itemId, OutboxState::Refused, "sai");
    EXPECT_TRUE(house.ends.tellAuthors());
    EXPECT_TRUE(house.store.outbox().untold(10).empty());
    EXPECT_TRUE(house.store.outbox().mailbox(scenario::kCommittee, 10).empty());
}

TEST_F(DeliveryEndsTest, AnOperatorClosesItWithAReasonAndTheCaseGoesOn) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).status, 200);
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf(kNumber, "TB-1")).status, 200);
    ASSERT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "1/BC")).status, 200);
    const auto waiting = [&] { return house.store.outbox().mailbox(scenario::kEnforcement, 10); };
    end(item_, OutboxState::Dead, "connection refused", true);
    EXPECT_TRUE(house.ends.tellAuthors());
    EXPECT_TRUE(waiting().empty()) << "held";
    ASSERT_TRUE(house.acts.settle("lan/1000", item_, model::DeliveryOutcome::ServedOtherwise,
                                  "giao trực tiếp, biên bản 5"));
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].messageType, "StatusReport");
    EXPECT_EQ(find(item_).state, OutboxState::Settled);
    const auto last = history().back();
    EXPECT_EQ(last.type, model::EventType::DeliverySettled);
    EXPECT_EQ(last.delivery->outcome, model::DeliveryOutcome::ServedOtherwise);
    EXPECT_EQ(last.delivery->reason, "giao trực tiếp, biên bản 5");
    const auto notes = house.store.outbox().notes(item_);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].operatorName, "lan/1000");
    EXPECT_EQ(notes[0].text, "served-otherwise: giao trực tiếp, biên bản 5");
    EXPECT_FALSE(house.acts.settle("lan/1000", item_, model::DeliveryOutcome::Dismissed, "?"));
    EXPECT_FALSE(house.acts.resend("lan/1000", item_, "?")) << "closed for good";
    // The court has been told of both, in order.
    std::vector<std::string> told;
    for (auto next = toCourt(); !next.empty(); next = toCourt()) {
        told.push_back(next[0].content);
        end(next[0].itemId, OutboxState::Delivered, "");
    }
    ASSERT_GE(told.size(), 3U);
    EXPECT_NE(told[told.size() - 1].find("\"event\":\"DeliverySettled\""), std::string::npos);
    EXPECT_NE(told[told.size() - 1].find("Đã giao bằng cách khác"), std::string::npos);
    EXPECT_NE(told[told.size() - 2].find("\"event\":\"DeliveryFailed\""), std::string::npos);
}

TEST_F(DeliveryEndsTest, ManyAreSentAgainInOrderOfTheirCaseByOneAct) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).status, 200);
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf(kNumber, "TB-1")).status, 200);
    std::vector<std::string> dead{item_};
    for (const auto* number : {"0", "1", "2"})
        ASSERT_EQ(house.send(house.committee, scenario::statusOf(kNumber, number)).status, 200);
    house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
        if (item.recipient == scenario::kEnforcement && item.itemId != item_)
            dead.push_back(item.itemId);
        return true;
    });
    ASSERT_EQ(dead.size(), 4U);
    for (const auto& id : {dead[2], dead[0], dead[3], dead[1]})
        end(id, OutboxState::Dead, "cut", true);
    const auto other = toCourt().at(0).itemId;
    end(other, OutboxState::Dead, "cut");
    store::DeadLetterFilter filter;
    filter.recipient = scenario::kEnforcement;
    EXPECT_EQ(house.acts.resendAll("lan/1000", filter, "đường truyền đã thông").items, 4U);
    EXPECT_EQ(find(other).state, OutboxState::Dead) << "not asked for";
    std::vector<std::string> order;
    for (;;) {
        const auto next = house.store.outbox().mailbox(scenario::kEnforcement, 10);
        if (next.empty()) break;
        ASSERT_EQ(next.size(), 1U);
        order.push_back(next[0].itemId);
        end(next[0].itemId, OutboxState::Delivered, "");
    }
    EXPECT_EQ(order, dead);
    end(other, OutboxState::Waiting, "");
}

TEST_F(DeliveryEndsTest, RebuildSeesANoticeThatWasTakenAwayOrThatNobodyWasPromised) {
    end(item_, OutboxState::Dead, "connection refused", true);
    EXPECT_TRUE(house.ends.tellAuthors());
    auto forged = toCourt().at(0);
    forged.itemId = "dlv-forged";
    store::Acceptance acceptance;
    acceptance.outbox = {forged};
    acceptance.message.agency = "x";
    acceptance.message.messageId = "y";
    House other;
    ASSERT_EQ(other.send(other.court, transferOf(kNumber)).status, 200);
    ASSERT_TRUE(std::holds_alternative<store::Stored>(other.store.ledger().accept(acceptance)));
    const auto report = rebuild(other.store.cases(), other.store.outbox());
    EXPECT_FALSE(report.clean());
    EXPECT_TRUE(std::ranges::any_of(report.differences, [](const auto& difference) {
        return difference.find("no recorded act implies it") != std::string::npos;
    }));
}

}  // namespace
}  // namespace gateway::exchange::fixture
