// What the log says of a case, for the figures: each fact with since when and until when.
#include "gateway/exchange/records/recorded_history.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";

model::DeclaredAct actOf(const char* type, const std::string& content) {
    return scenario::actOf(type, content, kNumber);
}

TEST(RecordedHistory, KnowsSinceWhenAndUntilWhen) {
    House house;
    house.bringToNotice(kNumber);
    const auto today = base::formatDate(base::vietnamDate(house.clock.now()));
    const auto sent =
        house.message(house.court, actOf("CompelOrder", R"({"number":"01/QĐ","issuedOn":")" +
                                                            today + R"(","obligations":[1]})"));
    ASSERT_EQ(house.send(house.court, house.court.json(sent)).verdict(), "accepted");
    const auto ordered = house.clock.now();
    house.clock.advance(1h);
    ASSERT_EQ(house
                  .send(house.court,
                        actOf("ActCorrection",
                              R"({"act":")" + sent.envelope.id +
                                  R"(","changes":[{"field":"number","is":"02/QĐ"}],"reason":"x"})"))
                  .verdict(),
              "accepted");
    const auto id = house.caseNumbered(kNumber).caseId;
    const auto history = recordedHistory(house.store.cases(), id);
    ASSERT_TRUE(history);
    EXPECT_EQ(history->thads, scenario::kEnforcement);
    EXPECT_EQ(history->court, scenario::kCourt);
    const auto orderAt = [&](base::Timestamp at) {
        std::vector<std::string> numbers;
        for (const auto& one : history->facts)
            if (one.fact.kind == model::FactKind::Order && one.known.at(at))
                numbers.push_back(one.fact.number);
        return numbers;
    };
    EXPECT_EQ(orderAt(ordered), std::vector<std::string>{"01/QĐ"});
    EXPECT_EQ(orderAt(house.clock.now()), std::vector<std::string>{"02/QĐ"});
    std::vector<std::string> said;
    for (const auto& act : history->acts)
        if (act.type == "CompelOrder" && act.known.at(house.clock.now()))
            said.push_back(act.content.child("number")->value);
    EXPECT_EQ(said, std::vector<std::string>{"02/QĐ"});
    EXPECT_EQ(history->acts.front().type, "JudgmentTransfer");
    EXPECT_FALSE(recordedHistory(house.store.cases(), "case-of-nobody"));
}

}  // namespace
}  // namespace gateway::exchange::fixture
