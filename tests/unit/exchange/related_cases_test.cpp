// What a court says beside its ruling: whom it has sent it, and what it does to earlier rulings.

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_events.h"
#include "gateway/law/conditions/calendar.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

constexpr const char *kOld = "1/2026/HC-ST", *kNew = "2/2026/HC-ST";

base::Date day(const char* text) { return base::parseDate(text).value(); }

class BesideARuling : public testing::Test {
  protected:
    [[nodiscard]] model::CaseFile file(const char* number) {
        return caseFileOf(house.caseNumbered(number));
    }
    [[nodiscard]] document::Node lastOf(const std::string& recipient, const std::string& type) {
        document::Node content;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.recipient == recipient && item.messageType == type) {
                EXPECT_TRUE(scenario::sealIsGood(
                    house.rendering.rendered(*house.snapshots.current(), item).renderedBytes,
                    house.snapshots.current()->seal->certificate(), &content));
            }
            return true;
        });
        return content;
    }
    [[nodiscard]] std::vector<std::string> differences() {
        return rebuild(house.store.cases(), house.store.outbox()).differences;
    }
    const std::vector<std::string> none;
    House house;
};

TEST_F(BesideARuling, WhomTheCourtHasSentItIsAFactAndTravelsOn) {
    auto transfer = transferOf(kOld);
    transfer.ruling.deliveredToObligatedOn.reset();
    transfer.sentTo.push_back({model::SentToRole::Obligated, "UBND", day("2026-03-03"),
                               model::SendingForm::Post, day("2026-03-06")});
    ASSERT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    const auto facts = file(kOld).facts;
    const auto delivered = std::ranges::find(facts, model::FactKind::Delivered, &model::Fact::kind);
    ASSERT_NE(delivered, facts.end());
    EXPECT_EQ(delivered->on, day("2026-03-06"));
    const auto told = lastOf(scenario::kEnforcement, "JudgmentTransfer");
    EXPECT_EQ(scenario::valueAt(told, "judgmentTransfer/sentTo/0/form"), "post");
    EXPECT_EQ(scenario::valueAt(told, "judgmentTransfer/sentTo/0/receivedOn"), "2026-03-06");
    EXPECT_EQ(differences(), none);
}

TEST_F(BesideARuling, IsJudgedLikeTheRuling) {
    auto transfer = transferOf(kOld);
    transfer.sentTo.push_back({model::SentToRole::Thads, "", {}, {}, {}});
    transfer.sentTo.front().receivedOn =
        law::dayAfter(base::vietnamDate(house.clock.now() + house.limits.messageAheadOfClock), 1);
    auto reply = house.send(house.court, transfer);
    EXPECT_EQ(reply.code(), "MAPPING_VALUE") << reply.body;
    EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/judgmentTransfer/sentTo/0/receivedOn");
    transfer = transferOf(kOld);
    transfer.relations.push_back(
        {model::RelationKind::Upholds, "Z99.99", "1/2020/HC-ST", day("2020-01-02")});
    reply = house.send(house.court, transfer);
    EXPECT_EQ(reply.code(), "AGENCY_UNKNOWN") << reply.body;
    EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/judgmentTransfer/relations/0/court");
}

class ALaterRuling : public BesideARuling {
  protected:
    [[nodiscard]] static model::JudgmentTransfer replacing(const char* number) {
        auto transfer = transferOf(number);
        transfer.relations.push_back(
            {model::RelationKind::Replaces, scenario::kCourt, kOld, day("2026-03-02")});
        return transfer;
    }
    [[nodiscard]] scenario::Reply annul() {
        model::DeclaredAct decision;
        decision.type = "CassationDecision";
        decision.caseReference = scenario::caseOf(kOld);
        decision.content = document::objectNode();
        for (const auto& [member, text] : {std::pair{"number", "3/2026/HC-GĐT"},
                                           {"issuedOn", "2026-06-01"},
                                           {"outcome", "272.3"}})
            document::addText(decision.content, member, text);
        return house.send(house.court, std::move(decision));
    }
    [[nodiscard]] std::vector<std::string> marksIn(const char* number) {
        std::vector<std::string> marks;
        for (const auto& message :
             house.store.cases().messagesOf(house.caseNumbered(number).caseId))
            for (const auto& event : eventsOf(message))
                if (event.decided)
                    std::ranges::copy(event.decided->marks, std::back_inserter(marks));
        std::erase(marks, "EFFECT_UNKNOWN");  // of every ruling here
        return marks;
    }
    using Marks = std::vector<std::string>;
};

TEST_F(ALaterRuling, SupersedesTheOneThatWasAnnulledAndIsToldThere) {
    ASSERT_EQ(house.send(house.court, transferOf(kOld)).verdict(), "accepted");
    ASSERT_EQ(annul().verdict(), "accepted");
    ASSERT_EQ(house.caseNumbered(kOld).stage, "ANNULLED");
    const auto reply = house.send(house.court, replacing(kNew));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/caseId"), house.caseNumbered(kNew).caseId);
    EXPECT_EQ(house.caseNumbered(kOld).stage, "SUPERSEDED");
    EXPECT_EQ(house.caseNumbered(kNew).stage, "RECEIVED");
    for (const auto& agency : {scenario::kEnforcement, scenario::kCourt, scenario::kProcuracy}) {
        SCOPED_TRACE(agency);
        const auto told = lastOf(agency, "LaterRuling");
        EXPECT_EQ(scenario::valueAt(told, "laterRuling/case/ruling/number"), kOld);
        EXPECT_EQ(scenario::valueAt(told, "laterRuling/kind"), "replaces");
        EXPECT_EQ(scenario::valueAt(told, "laterRuling/later/number"), kNew);
        // Our own word; what the court has signed of another case is not shown with it.
        EXPECT_EQ(scenario::valueAt(told, "delivery/sourceAgency"), scenario::kAddress);
    }
    EXPECT_EQ(differences(), none);
}

// The decision that annuls may come later than the judgment of the retrial.
TEST_F(ALaterRuling, MayComeBeforeTheDecisionThatAnnuls) {
    ASSERT_EQ(house.send(house.court, transferOf(kOld)).verdict(), "accepted");
    ASSERT_EQ(house.send(house.court, replacing(kNew)).verdict(), "accepted");
    EXPECT_EQ(house.caseNumbered(kOld).stage, "RECEIVED");
    EXPECT_EQ(marksIn(kOld), Marks{"REPLACED_NOT_ANNULLED"});
    ASSERT_EQ(annul().verdict(), "accepted");
    EXPECT_EQ(house.caseNumbered(kOld).stage, "SUPERSEDED");
    EXPECT_EQ(differences(), none);
}

TEST_F(ALaterRuling, ChangesNothingByWhatItUpholds) {
    ASSERT_EQ(house.send(house.court, transferOf(kOld)).verdict(), "accepted");
    ASSERT_EQ(annul().verdict(), "accepted");
    auto later = replacing(kNew);
    later.relations.front().kind = model::RelationKind::Amends;
    ASSERT_EQ(house.send(house.court, later).verdict(), "accepted");
    EXPECT_EQ(house.caseNumbered(kOld).stage, "ANNULLED");
    EXPECT_EQ(marksIn(kOld), Marks{"CHANGED_BY_LATER_RULING"});
    EXPECT_EQ(differences(), none);
}

TEST_F(ALaterRuling, OfOneThatIsNotKnownIsTakenAndMarked) {
    auto later = replacing(kNew);
    later.relations.push_back({model::RelationKind::Upholds, {}, {}, {}});
    const auto reply = house.send(house.court, later);
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/notes/0"), "mark:RELATION_UNKNOWN");
    EXPECT_EQ(marksIn(kNew), Marks{"RELATION_UNKNOWN"});
    EXPECT_EQ(differences(), none);
}

// A court that has forgotten it says it by sending the ruling once more.
TEST_F(ALaterRuling, IsSaidOnceHoweverOftenItIsSent) {
    ASSERT_EQ(house.send(house.court, transferOf(kOld)).verdict(), "accepted");
    ASSERT_EQ(house.send(house.court, transferOf(kNew)).verdict(), "accepted");
    const auto before = house.caseNumbered(kOld).version;
    for (int i = 0; i < 2; ++i)
        ASSERT_EQ(house.send(house.court, replacing(kNew)).verdict(), "linked");
    EXPECT_EQ(house.caseNumbered(kOld).version, before + 1);
    EXPECT_EQ(differences(), none);
}

// Both cases or none: what moved the older one meanwhile is seen.
TEST_F(ALaterRuling, IsJudgedAgainWhenTheOlderCaseMoves) {
    ASSERT_EQ(house.send(house.court, transferOf(kOld)).verdict(), "accepted");
    bool moved = false;
    house.ledger.onAccept = [&](const store::Acceptance&) -> std::optional<store::AcceptOutcome> {
        if (!std::exchange(moved, true)) {
            EXPECT_EQ(annul().verdict(), "accepted");
        }
        return std::nullopt;
    };
    ASSERT_EQ(house.send(house.court, replacing(kNew)).verdict(), "accepted");
    EXPECT_EQ(house.caseNumbered(kOld).stage, "SUPERSEDED");
    EXPECT_EQ(marksIn(kOld), Marks{}) << "it was annulled by then";
    EXPECT_EQ(differences(), none);
}

}  // namespace
}  // namespace gateway::exchange::fixture
