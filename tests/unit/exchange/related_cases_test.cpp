// What a court says beside its ruling: whom it has sent it, and what it does to earlier rulings.

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
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

}  // namespace
}  // namespace gateway::exchange::fixture
