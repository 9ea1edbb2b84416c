// Results flow back: what becomes of a letter that its recipient refuses, or never takes, is told
// to whoever wrote it, and stands in the case.
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";

/// A notice of the enforcement authority on its way to a committee that is pushed to.
class ResultsFlow : public testing::Test {
  protected:
    ResultsFlow() {
        house.change(scenario::kCommittee, [](trust::Partner& partner) {
            partner.pushUrl = "https://localhost:1/inbox";
            partner.pushIdempotent = true;
        });
        EXPECT_EQ(house.send(house.court, scenario::transferOf(kNumber)).verdict(), "accepted");
        EXPECT_EQ(
            house.send(house.enforcement, scenario::registrationOf(kNumber, "12/2026")).verdict(),
            "accepted");
    }
    /// Tells the id of the notice that was sent.
    std::string notice() {
        const auto sent = house.message(house.enforcement, house.noticeOf(kNumber, "TB-1"));
        EXPECT_EQ(house.send(house.enforcement, house.enforcement.json(sent)).verdict(),
                  "accepted");
        return sent.envelope.id;
    }
    /// What an agency has been told of an end of a delivery, as the gateway has signed it.
    std::vector<document::Node> toldOfEnds(const std::string& agency) {
        std::vector<document::Node> told;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.recipient != agency ||
                item.content.find("DeliveryFailed") == std::string::npos)
                return true;
            const auto snapshot = house.snapshots.current();
            const auto rendered = house.rendering.rendered(*snapshot, item);
            document::Node content;
            EXPECT_TRUE(scenario::sealIsGood(rendered.renderedBytes, snapshot->seal->certificate(),
                                             &content));
            told.push_back(std::move(content));
            return true;
        });
        return told;
    }
    /// Of everybody but the author.
    std::size_t othersTold() {
        std::size_t found = 0;
        for (const auto& agency : {scenario::kCourt, scenario::kOtherCourt, scenario::kProcuracy,
                                   scenario::kCommittee, std::string("G15.90")})
            found += toldOfEnds(agency).size();
        return found;
    }
    /// The last event of the case, as its court reads it in an answer.
    void expectShown(const std::string& id) {
        const auto answer = house.ask(house.court, scenario::questionFor(kNumber));
        EXPECT_EQ(answer.at("queryAnswer/cases/0/history/3/event"), "DeliveryFailed")
            << answer.body;
        EXPECT_EQ(answer.at("queryAnswer/cases/0/history/2/messageId"), id);
        EXPECT_EQ(answer.at("queryAnswer/cases/0/stage"), "VOLUNTARY")
            << "the notice is issued all the same";
    }
    model::DeliveryEnd end() {
        const auto messages = house.store.cases().messagesOf(house.caseNumbered(kNumber).caseId);
        return eventsOf(messages.back()).back().delivery.value();
    }
    void TearDown() override {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    House house;
};

TEST_F(ResultsFlow, ASignedRefusalIsToldToTheAuthorAndShownInTheCase) {
    house.transport.answer = [this](const Push& push) {
        const auto said = house.committee.word(push.itemId, push.bytes, "không thuộc thẩm quyền");
        return PushOutcome{Reach::Answered, 200, said.mediaType, said.body, ""};
    };
    const auto id = notice();
    house.dispatcher.runOnce();
    EXPECT_TRUE(house.ends.tellAuthors());
    const auto told = toldOfEnds(scenario::kEnforcement);
    ASSERT_EQ(told.size(), 1U);
    const auto words = document::writeJson(told.front());
    EXPECT_NE(words.find(id), std::string::npos) << "which letter: " << words;
    EXPECT_NE(words.find("từ chối (có ký số)"), std::string::npos);
    EXPECT_NE(words.find("không thuộc thẩm quyền"), std::string::npos) << "and why";
    EXPECT_EQ(othersTold(), 0U);
    EXPECT_EQ(end().outcome, model::DeliveryOutcome::Refused);
    EXPECT_EQ(end().recipient, scenario::kCommittee);
    expectShown(id);
    EXPECT_FALSE(house.ends.tellAuthors()) << "once";
}

TEST_F(ResultsFlow, WhatNobodyEverTakesIsGivenUpAndToldToo) {
    house.transport.answer = [](const Push&) {
        return PushOutcome{Reach::Answered, 500, "text/plain", "hỏng", ""};
    };
    const auto id = notice();
    for (std::size_t i = 0; i < house.limits.attempts; ++i) {
        EXPECT_FALSE(house.ends.tellAuthors()) << "not before it is over";
        house.dispatcher.runOnce();
        house.clock.advance(house.limits.longestBackOff);
    }
    EXPECT_TRUE(house.ends.tellAuthors());
    const auto told = toldOfEnds(scenario::kEnforcement);
    ASSERT_EQ(told.size(), 1U);
    const auto words = document::writeJson(told.front());
    EXPECT_NE(words.find(id), std::string::npos) << words;
    EXPECT_NE(words.find("Không chuyển được"), std::string::npos) << words;
    EXPECT_EQ(othersTold(), 0U);
    EXPECT_EQ(end().outcome, model::DeliveryOutcome::GivenUp);
    expectShown(id);
}

// The wire is silent, day after day: an outage costs no attempts, and ends after its own term.
TEST_F(ResultsFlow, WhoCannotBeReachedUntilTheTermOfTheDeliveryIsOverIsToldTheAuthor) {
    house.transport.answer = [](const Push&) {
        return PushOutcome{Reach::NotSent, 0, "", "", "connection refused"};
    };
    const auto id = notice();
    for (int day = 0; day < 60 && house.store.outbox().untold(10).empty(); ++day) {
        house.dispatcher.runOnce();
        house.clock.advance(24h);
    }
    EXPECT_TRUE(house.ends.tellAuthors());
    const auto told = toldOfEnds(scenario::kEnforcement);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_NE(document::writeJson(told.front()).find(id), std::string::npos);
    EXPECT_EQ(end().outcome, model::DeliveryOutcome::GivenUp);
    EXPECT_EQ(othersTold(), 0U);
}

// An act recorded for its author is the recorder's letter: it is the recorder who is told.
TEST_F(ResultsFlow, OfARecordedActItsRecorderIsTold) {
    house.transport.answer = [this](const Push& push) {
        const auto said = house.committee.word(push.itemId, push.bytes, "sai địa chỉ");
        return PushOutcome{Reach::Answered, 200, said.mediaType, said.body, ""};
    };
    model::DeclaredAct record;
    record.type = "RecordedOnBehalf";
    record.caseReference = scenario::caseOf(kNumber);
    record.content =
        document::readJson(R"({"type":"CompelOrder","content":{"number":"1/QĐ",)"
                           R"("issuedOn":"2026-05-04","obligations":[1]},"author":"D01.21",)"
                           R"("formOfReceipt":"oral","receivedOn":"2026-05-06",)"
                           R"("clerk":"Bà Mẫu","reason":"x"})")
            .value()
            .root;
    const auto reply = house.send(house.enforcement, record);
    ASSERT_EQ(reply.verdict(), "accepted") << reply.code();
    house.dispatcher.runOnce();
    EXPECT_TRUE(house.ends.tellAuthors());
    EXPECT_EQ(toldOfEnds(scenario::kEnforcement).size(), 1U);
    EXPECT_EQ(othersTold(), 0U);
}

}  // namespace
}  // namespace gateway::exchange::fixture
