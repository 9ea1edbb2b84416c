#include "gateway/exchange/reference/number_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/exchange/house.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange::fixture {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// As transferred: issued on 2026-03-02, a judgment of first instance.
constexpr const char* kNumber = "1/2026/HC-ST";

const NumberRules& rules() {
    static const auto data = projectData();
    return data->plausibility().numbers();
}

model::JudgmentTransfer numbered(const std::string& number) { return scenario::transferOf(number); }

std::string refusedAt(const model::Payload& payload) {
    const auto verdict = rules().judge(payload);
    if (!verdict.refusal) return "taken";
    EXPECT_EQ(verdict.refusal->code, base::ErrorCode::MAPPING_VALUE);
    return verdict.refusal->path;
}

TEST(NumberRules, WhatIsUsualIsNobodysDoubt) {
    EXPECT_THAT(rules().judge(numbered(kNumber)).notes, IsEmpty());
    EXPECT_EQ(refusedAt(numbered(kNumber)), "taken");
    EXPECT_THAT(rules().judge(numbered("1 / 2026 HC – ST")).notes, IsEmpty());
}

TEST(NumberRules, DoubtsAreNotedWithTheirPlace) {
    EXPECT_THAT(rules().judge(numbered("1/HC-ST")).notes,
                ElementsAre("number:no-year:ruling/reference/number"));
    EXPECT_THAT(rules().judge(numbered("３/2025/HS-ST")).notes,
                ElementsAre("number:other-signs:ruling/reference/number",
                            "number:earlier-year:ruling/reference/number",
                            "number:other-field:ruling/reference/number"));
    EXPECT_THAT(rules().judge(numbered("12a/2026")).notes,
                ElementsAre("number:unknown-form:ruling/reference/number"));
}

TEST(NumberRules, WhatCannotBeIsRefusedAtItsPlace) {
    EXPECT_EQ(refusedAt(numbered("1/2026/HC-PT")), "ruling/reference/number");
    EXPECT_EQ(refusedAt(numbered("1/2027/HC-ST")), "ruling/reference/number");
    EXPECT_EQ(refusedAt(numbered("1/2026/TLST-HC")), "ruling/reference/number");
    auto related = numbered(kNumber);
    related.relations.push_back({model::RelationKind::Amends, "D01.26.K1", "7/2026/HC-ST", {}});
    EXPECT_EQ(refusedAt(related), "taken");
    related.relations.front().issuedOn = 2025y / 12 / 30;
    EXPECT_EQ(refusedAt(related), "relations/0/number");
    EXPECT_EQ(refusedAt(scenario::registrationOf("1/2027/HC-ST", "12")), "case/ruling/number");
}

// An act that brings a ruling says it in its content, also inside a record.
TEST(NumberRules, ContentOfActsIsLookedThrough) {
    const auto brings = [](const std::string& number) {
        return R"({"ruling":{"kind":"BA","instance":"ST","reference":{"court":"D01.26.K1",)"
               R"("number":")" +
               number + R"(","issuedOn":"2026-03-02"}}})";
    };
    EXPECT_EQ(refusedAt(scenario::actOf("MonitoringRequest", brings(kNumber))), "taken");
    EXPECT_EQ(refusedAt(scenario::actOf("MonitoringRequest", brings("1/2026/HC-PT"))),
              "ruling/reference/number");
    EXPECT_EQ(refusedAt(scenario::actOf("RecordedOnBehalf",
                                        R"({"content":)" + brings("1/2027/HC-ST") + "}")),
              "content/ruling/reference/number");
    const auto listed = scenario::actOf(
        "CourtTransferList", R"({"lines":[{},{"ruling":{"court":"D01.26.K1","number":"1/HC-ST",)"
                             R"("issuedOn":"2026-03-02"}}]})");
    EXPECT_THAT(rules().judge(listed).notes, ElementsAre("number:no-year:lines/1/ruling/number"));
}

// An office that has another mind writes it into the file.
TEST(NumberRules, ConsequencesAreThoseOfTheFile) {
    const auto with = [](const std::string& good, const std::string& bad) {
        const TemporaryData copy;
        copy.replace("case-model/plausibility.xml", good, bad);
        return copy.load();
    };
    auto data = with("doubt=\"later-year\" then=\"refuse\"", "doubt=\"later-year\" then=\"note\"");
    auto verdict = data->plausibility().numbers().judge(numbered("1/2027/HC-ST"));
    EXPECT_FALSE(verdict.refusal);
    EXPECT_THAT(verdict.notes, ElementsAre("number:later-year:ruling/reference/number"));
    data = with("doubt=\"no-year\" then=\"note\"", "doubt=\"no-year\" then=\"refuse\"");
    EXPECT_TRUE(data->plausibility().numbers().judge(numbered("1/HC-ST")).refusal);
    data = with("doubt=\"no-year\" then=\"note\"", "doubt=\"no-year\" then=\"accept\"");
    verdict = data->plausibility().numbers().judge(numbered("1/HC-ST"));
    EXPECT_FALSE(verdict.refusal);
    EXPECT_THAT(verdict.notes, IsEmpty());
    EXPECT_THROW(with("doubt=\"no-year\"", "doubt=\"no-yea\""), base::Fault);
    EXPECT_THROW(with("doubt=\"no-year\"", "doubt=\"later-year\""), base::Fault) << "twice";
}

// On the whole road: the receipt tells, the case is one, the original stays.
TEST(NumberRules, DirtyNumbersLinkAndAreNotedOnTheReceipt) {
    House house;
    const auto first = house.send(house.court, numbered("05/2026/HC-ST"));
    EXPECT_EQ(first.verdict(), "accepted") << first.body;
    EXPECT_EQ(first.at("receipt/notes/0"), "");
    const auto again = house.send(house.court, numbered("５/2026/\u041D\u0421 – ST"));
    EXPECT_EQ(again.verdict(), "linked") << again.body;
    EXPECT_EQ(again.at("receipt/caseId"), first.at("receipt/caseId"));
    EXPECT_EQ(again.at("receipt/notes/0"), "number:other-signs:ruling/reference/number");
    const auto yearless = house.send(house.court, numbered("5/HCST"));
    EXPECT_EQ(yearless.at("receipt/caseId"), first.at("receipt/caseId")) << yearless.body;
    EXPECT_EQ(yearless.at("receipt/notes/0"), "number:no-year:ruling/reference/number");
    const auto shortened = house.send(house.court, numbered("5/26/HC-ST"));
    EXPECT_EQ(shortened.at("receipt/caseId"), first.at("receipt/caseId")) << shortened.body;
    EXPECT_EQ(shortened.at("receipt/notes/0"), "number:short-year:ruling/reference/number");
    const auto later = house.send(house.court, numbered("5/27/HC-ST"));
    EXPECT_EQ(later.code(), "MAPPING_VALUE") << "no number of a year after that of its day";
    EXPECT_EQ(house.caseNumbered("05/2026/HC-ST").number, "05/2026/HC-ST");
    const auto act = house.send(house.enforcement, scenario::registrationOf("5/HC-ST", "12"));
    EXPECT_EQ(act.verdict(), "accepted") << act.body;
}

TEST(NumberRules, ARefusalNamesPlaceAndReasonInBothLanguages) {
    House house;
    const auto reply = house.send(house.court, numbered("5/2027/HC-ST"));
    EXPECT_EQ(reply.code(), "MAPPING_VALUE") << reply.body;
    EXPECT_TRUE(reply.at("refusal/reasons/0/path").ends_with("reference/number")) << reply.body;
    EXPECT_NE(reply.at("refusal/reasons/0/line"), "");
    EXPECT_THAT(reply.at("refusal/reasons/0/en"), HasSubstr("no year later"));
    EXPECT_THAT(reply.at("refusal/reasons/0/vi"), HasSubstr("năm của số không sau"));
}

}  // namespace
}  // namespace gateway::exchange::fixture
