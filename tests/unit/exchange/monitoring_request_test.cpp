// E03: who is entitled asks for monitoring of a ruling that the court has not sent.

#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

constexpr const char* kNumber = "1/2026/HC-ST";

class MonitoringRequest : public testing::TestWithParam<bool> {
  protected:
    [[nodiscard]] model::DeclaredAct request() const {
        model::DeclaredAct act;
        act.type = "MonitoringRequest";
        act.content = document::objectNode();
        auto entitled = document::objectNode("entitled");
        document::addText(entitled, "name", "Bà Nguyễn Thị Mẫu");
        act.content.children.push_back(std::move(entitled));
        document::addText(act.content, "receivedOn", "2026-04-01");
        document::addText(act.content, "form", "direct");
        return act;
    }
    [[nodiscard]] scenario::Reply send(const scenario::Agency& agency, model::DeclaredAct act) {
        const auto message = house.message(agency, std::move(act));
        return house.send(agency, GetParam() ? agency.xml(message) : agency.json(message));
    }
    [[nodiscard]] static model::DeclaredAct withCopy(model::DeclaredAct act,
                                                     const model::Ruling& ruling) {
        act.content.children.push_back(mapping::nodeOf("ruling", ruling));
        return act;
    }
    House house;
};

TEST_P(MonitoringRequest, OpensTheCaseByACopyAndTheCourtsOwnWordsFollow) {
    const auto transfer = transferOf(kNumber);
    const auto reply = send(house.enforcement, withCopy(request(), transfer.ruling));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    const auto file = caseFileOf(house.caseNumbered(kNumber));
    EXPECT_EQ(file.stage(), model::Stage::Received);
    EXPECT_EQ(std::ranges::count(file.facts, model::FactKind::Missing, &model::Fact::kind), 1);
    EXPECT_EQ(file.ruling.obligations.size(), transfer.ruling.obligations.size());
    EXPECT_EQ(toldTo(house, scenario::kCourt), std::vector<std::string>{"MonitoringRequest"});
    ASSERT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    EXPECT_EQ(send(house.enforcement, withCopy(request(), transfer.ruling)).code(),
              "CONFLICT_STATE");
    EXPECT_TRUE(rebuild(house.store.cases(), house.store.outbox()).clean());
}

TEST_P(MonitoringRequest, WaitsWithoutACopyAndNamesWhatACopyLacks) {
    auto named = request();
    named.caseReference = scenario::caseOf(kNumber);
    EXPECT_EQ(send(house.enforcement, named).verdict(), "parked");
    EXPECT_EQ(send(house.enforcement, request()).code(), "MAPPING_REQUIRED");
    auto torn = withCopy(request(), transferOf(kNumber).ruling);
    std::erase_if(torn.content.child("ruling")->children,
                  [](const auto& member) { return member.name == "parties"; });
    const auto reply = send(house.enforcement, torn);
    EXPECT_EQ(reply.code(), "MAPPING_REQUIRED") << reply.body;
    EXPECT_NE(reply.at("refusal/reasons/0/path").find(GetParam() ? "Ruling/Parties" : "parties"),
              std::string::npos)
        << reply.body;
}

// The law names enforcement, the court and who is entitled (NĐ 71/2016 Đ.5.1e); a procuracy has
// acts of its own.
TEST_P(MonitoringRequest, IsNoProcuracysToSend) {
    const auto reply = send(house.procuracy, withCopy(request(), transferOf(kNumber).ruling));
    EXPECT_EQ(reply.code(), "FORBIDDEN_TYPE") << reply.body;
}

INSTANTIATE_TEST_SUITE_P(Both, MonitoringRequest, testing::Bool(),
                         [](const auto& xml) { return xml.param ? "xml" : "json"; });

}  // namespace
}  // namespace gateway::exchange::fixture
