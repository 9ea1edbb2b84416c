// Many cases pass from one officer to another: each by an act of its own, tried before, sent once,
// gone on with where it was broken off.
#include "gateway/app/client/hand_over.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using app::HandOverOutcome;

class HandOverTest : public testing::Test, protected app::HandOverGateway {
  protected:
    HandOverTest() {
        for (int n = 1; n <= 3; ++n) {
            EXPECT_EQ(house.send(house.court, scenario::transferOf(number(n))).status, 200);
            if (n < 3) assign(n, "Ông Cũ");
        }
        plan.gateway = "thahc/test";
        plan.from = "Ông Cũ";
        plan.to = "Bà Mới";
        plan.on = base::vietnamDate(house.clock.now());
        plan.reason = "Sắp xếp đơn vị";
    }
    static std::string number(int n) { return std::to_string(n) + "/2026/HC-ST"; }
    void assign(int n, const std::string& officer) {
        model::DeclaredAct act;
        act.type = "OfficerAssigned";
        act.caseReference = scenario::caseOf(number(n));
        act.content =
            document::readJson(R"({"officer":")" + officer + R"(","from":")" +
                               base::formatDate(base::vietnamDate(house.clock.now())) + R"("})")
                .value()
                .root;
        EXPECT_EQ(house.send(house.enforcement, act).verdict(), "accepted");
    }
    std::string officer(int n) { return caseFileOf(house.caseNumbered(number(n))).officer(1); }
    void chooseAll() {
        const auto reply = house.ask(house.enforcement, model::MonitoringQuery{});
        const auto answer =
            mapping::fromNode<model::QueryAnswer>(*scenario::nodeAt(reply.content, "queryAnswer"))
                .value();
        for (const auto& view : answer.cases) app::choose(view, {plan.from, {}, {}}, plan);
    }
    app::HandOverWord send(const model::Message& message, bool dryRun) override {
        using Kind = app::HandOverWord::Kind;
        if (!dryRun && failAfter-- == 0) return {Kind::Unknown, "the line is cut"};
        sent += dryRun ? 0 : 1;
        const auto reply = house.send(house.enforcement, house.enforcement.json(message), dryRun);
        if (reply.status == 200) return {Kind::Accepted, {}};
        return {Kind::Refused, reply.code()};
    }
    bool hasTaken(const std::string& id) override {
        return house.ledger.findByKey(scenario::kEnforcement, id).has_value();
    }
    bool run() {
        return app::apply(
            plan, *this, [this] { return house.clock.now(); },
            [this](const app::HandOverPlan& now) {
                kept = document::writeJson(mapping::toNode(now));
            });
    }

    House house;
    app::HandOverPlan plan;
    int failAfter = -1, sent = 0;
    std::string kept;
};

TEST_F(HandOverTest, EachCaseHasItsOwnFact) {
    chooseAll();
    ASSERT_EQ(plan.lines.size(), 2U) << "the third is nobody's";
    app::preview(plan, *this, house.clock.now());
    EXPECT_EQ(officer(1), "Ông Cũ") << "a preview changes nothing";
    for (const auto& line : plan.lines) EXPECT_EQ(line.outcome, HandOverOutcome::Planned);
    ASSERT_TRUE(run());
    for (const auto& line : plan.lines) EXPECT_EQ(line.outcome, HandOverOutcome::Accepted);
    EXPECT_EQ(officer(1), "Bà Mới");
    EXPECT_EQ(officer(2), "Bà Mới");
    EXPECT_EQ(officer(3), "");
    const auto file = caseFileOf(house.caseNumbered(number(1)));
    EXPECT_EQ(model::messageIdOf(file.facts.back().source),
              std::ranges::find(plan.lines, file.caseId, &app::HandOverLine::caseId)->messageId);
    EXPECT_TRUE(std::ranges::any_of(file.terms, [](const model::Term& term) {
        return term.rule == "thads-voluntary-notice" && term.outcome() == model::TermOutcome::Open;
    })) << "no term moves";
}

TEST_F(HandOverTest, ARunThatWasBrokenOffGoesOnAndSaysNothingTwice) {
    chooseAll();
    failAfter = 1;
    EXPECT_FALSE(run());
    plan = mapping::fromNode<app::HandOverPlan>(document::readJson(kept).value().root).value();
    EXPECT_EQ(plan.lines[0].outcome, HandOverOutcome::Accepted);
    EXPECT_EQ(plan.lines[1].outcome, HandOverOutcome::Sent);
    house.clock.advance(1h);
    failAfter = -1;
    ASSERT_TRUE(run());
    EXPECT_EQ(sent, 2);
    EXPECT_EQ(plan.lines[1].outcome, HandOverOutcome::Accepted);
    // The same once more: everything is done.
    ASSERT_TRUE(run());
    EXPECT_EQ(sent, 2);
}

TEST_F(HandOverTest, WhatWasTakenBeforeTheLineBrokeIsNotSentAgain) {
    chooseAll();
    ASSERT_TRUE(run());
    for (auto& line : plan.lines) line.outcome = HandOverOutcome::Sent;
    house.clock.advance(1h);
    ASSERT_TRUE(run());
    EXPECT_EQ(sent, 2);
    for (const auto& line : plan.lines) EXPECT_EQ(line.outcome, HandOverOutcome::Accepted);
}

TEST_F(HandOverTest, OneCaseIsRefusedWithItsReasonTheOthersPass) {
    chooseAll();
    plan.lines.front().caseId = "case-unknown";
    app::preview(plan, *this, house.clock.now());
    EXPECT_EQ(plan.lines.front().outcome, HandOverOutcome::Refused);
    EXPECT_EQ(plan.lines.front().reason, "CASE_UNKNOWN");
    ASSERT_TRUE(run());
    EXPECT_EQ(plan.lines.back().outcome, HandOverOutcome::Accepted);
    EXPECT_EQ(sent, 1);
}

// What somebody else has handed over meanwhile stays with whom it was given to.
TEST_F(HandOverTest, ACaseThatHasAnotherOfficerNowIsLeftAlone) {
    chooseAll();
    app::preview(plan, *this, house.clock.now());
    house.clock.advance(1min);
    assign(1, "Ông Ba");
    ASSERT_TRUE(run());
    EXPECT_EQ(officer(1), "Ông Ba");
    EXPECT_EQ(officer(2), "Bà Mới");
    const auto line = std::ranges::find(plan.lines, house.caseNumbered(number(1)).caseId,
                                        &app::HandOverLine::caseId);
    EXPECT_EQ(line->outcome, HandOverOutcome::Refused);
    EXPECT_EQ(line->reason, "ACT_REFUSED");
}

// One message hands over one case: what it names beside that would be left lying without a word.
TEST_F(HandOverTest, AnotherCaseNamedInTheActIsRefused) {
    const auto handOver = [&](const std::string& cases) {
        model::DeclaredAct act;
        act.type = "CaseHandOver";
        act.caseReference = scenario::caseOf(number(1));
        act.content =
            document::readJson(R"({"cases":)" + cases + R"(,"from":"Ông Cũ","to":"Bà Mới","on":")" +
                               base::formatDate(plan.on) + R"(","reason":"sắp xếp"})")
                .value()
                .root;
        return house.send(house.enforcement, act);
    };
    const auto named = [&](int n) {
        return R"({"ruling":{"court":"D01.21","number":")" + number(n) +
               R"(","issuedOn":"2026-03-02"}})";
    };
    const auto id = [&](int n) {
        return R"({"caseId":")" + house.caseNumbered(number(n)).caseId + R"("})";
    };
    for (const auto& cases : {"[" + named(1) + "," + named(2) + "]", "[" + id(2) + "]", id(2),
                              std::string(R"("2/2026/HC-ST")")}) {
        const auto reply = handOver(cases);
        EXPECT_EQ(reply.code(), "ACT_REFUSED") << reply.body;
        EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/caseHandOver/cases");
        EXPECT_NE(reply.at("refusal/reasons/0/en").find("OTHER_CASE"), std::string::npos);
    }
    EXPECT_EQ(officer(1), "Ông Cũ");
    EXPECT_EQ(handOver("[" + named(1) + "," + id(1) + "]").verdict(), "accepted");
    EXPECT_EQ(officer(1), "Bà Mới");
    EXPECT_EQ(officer(2), "Ông Cũ");
}

TEST_F(HandOverTest, ACaseOfTwoOfficersIsNotHandedOverAsAWhole) {
    model::CaseView view;
    view.caseId = "case-1";
    view.enforcement = "G15.1";
    view.obligations.resize(2);
    view.obligations[0].officer = "Ông Cũ";
    view.obligations[1].officer = "Bà Khác";
    app::choose(view, {"Ông Cũ", {}, {}}, plan);
    ASSERT_EQ(plan.lines.size(), 1U);
    EXPECT_EQ(plan.lines.front().outcome, HandOverOutcome::Refused);
    view.obligations[1].officer.clear();
    app::choose(view, {"Ông Cũ", {}, {}}, plan);
    EXPECT_EQ(plan.lines.back().outcome, HandOverOutcome::Planned);
    app::choose(view, {"Ông Cũ", "G15.2", {}}, plan);
    app::choose(view, {"", {}, {}}, plan);
    EXPECT_EQ(plan.lines.size(), 2U);
}

}  // namespace
}  // namespace gateway::exchange::fixture
