// A number of a register is one case's, in an office's statistics year (01/10 to 30/09): TT 04/2023
// Đ.30.4a.

#include <gtest/gtest.h>

#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using namespace std::chrono_literals;

constexpr const char *kOne = "1/2026/HC-ST", *kOther = "2/2026/HC-ST";

model::DeclaredAct registrationOn(const char* ruling, const std::string& number, base::Date day) {
    auto act = scenario::registrationOf(ruling, number);
    scenario::say(act, "registeredOn", day);
    return act;
}

class RegisterNumbers : public testing::Test {
  protected:
    RegisterNumbers() {
        for (const char* ruling : {kOne, kOther})
            EXPECT_EQ(house.send(house.court, scenario::transferOf(ruling)).verdict(), "accepted");
        first = house.message(house.enforcement, registrationOn(kOne, "12/2026", 2026y / 4 / 2));
        EXPECT_EQ(house.send(house.enforcement, house.enforcement.json(first)).verdict(),
                  "accepted");
    }
    ~RegisterNumbers() override {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    void expectTaken(const model::DeclaredAct& act) {
        const auto reply = house.send(house.enforcement, act);
        EXPECT_EQ(reply.code(), "ACT_REFUSED");
        EXPECT_NE(reply.at("refusal/reasons/0/en").find("take the next one"), std::string::npos)
            << reply.at("refusal/reasons/0/en");
    }
    std::string numberOf(const char* ruling) {
        return caseFileOf(house.caseNumbered(ruling)).registerNumber;
    }
    House house;
    model::Message first;
};

TEST_F(RegisterNumbers, AreOneCasesInTheStatisticsYear) {
    for (const char* same : {"12/2026", "012/2026", " 12/2026 "}) {
        SCOPED_TRACE(same);
        expectTaken(registrationOn(kOther, same, 2026y / 4 / 3));
    }
    EXPECT_EQ(numberOf(kOther), "");
    EXPECT_EQ(
        house.send(house.enforcement, registrationOn(kOther, "13/2026", 2026y / 4 / 3)).verdict(),
        "accepted");
    EXPECT_EQ(numberOf(kOther), "13/2026");
}

TEST_F(RegisterNumbers, BeginAnewInOctober) {
    expectTaken(registrationOn(kOther, "12/2026", 2026y / 9 / 30));
    EXPECT_EQ(
        house.send(house.enforcement, registrationOn(kOther, "12/2026", 2026y / 10 / 1)).verdict(),
        "accepted");
}

TEST_F(RegisterNumbers, AreNotCorrectedIntoAnotherCases) {
    auto second = house.message(house.enforcement, registrationOn(kOther, "13", 2026y / 4 / 3));
    ASSERT_EQ(house.send(house.enforcement, house.enforcement.json(second)).verdict(), "accepted");
    const auto correction = [&](const char* is) {
        return scenario::actOf(
            "ActCorrection",
            R"({"act":")" + second.envelope.id +
                R"(","reason":"ghi nhầm","changes":[{"field":"registerNumber",)" +
                R"("was":"13","is":")" + is + R"("}]})",
            kOther);
    };
    expectTaken(correction("12/2026"));
    EXPECT_EQ(house.send(house.enforcement, correction("14")).verdict(), "accepted");
    EXPECT_EQ(numberOf(kOther), "14");
}

TEST_F(RegisterNumbers, AreFreeAgainWhenWithdrawn) {
    const auto withdrawal = scenario::actOf(
        "ActWithdrawal", R"({"act":")" + first.envelope.id + R"(","reason":"vào sổ nhầm vụ việc"})",
        kOne);
    ASSERT_EQ(house.send(house.enforcement, withdrawal).verdict(), "accepted");
    EXPECT_EQ(
        house.send(house.enforcement, registrationOn(kOther, "12/2026", 2026y / 4 / 3)).verdict(),
        "accepted");
    EXPECT_EQ(numberOf(kOne), "");
}

}  // namespace
}  // namespace gateway::exchange::fixture
