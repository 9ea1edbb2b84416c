// The fold: of what acts are recorded as today, and of what was recorded before facts were.
#include "gateway/model/cases/case_file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"

namespace gateway::model {
namespace {

base::Date day(const char* text) { return base::parseDate(text).value(); }

Event event(EventType type, const char* id) {
    Event made;
    made.type = type;
    made.messageId = id;
    made.actor = "H01.02";
    made.caseId = "case-1";
    made.recordedAt = base::parseTimestamp("2026-03-05T02:00:00.000Z").value();
    made.happenedOn = day("2026-03-05");
    return made;
}

Event transfer() {
    Event made = event(EventType::JudgmentTransferred, "t");
    Ruling ruling;
    ruling.firstInstanceCourt = "D01.1";
    for (const auto& [no, category] : {std::pair{1, Category::B}, std::pair{2, Category::H}}) {
        Obligation one;
        one.no = no;
        one.category = category;
        one.obligatedAgency = "H01.03";
        ruling.obligations.push_back(one);
    }
    ruling.deliveredToObligatedOn = day("2026-03-01");
    made.ruling = ruling;
    made.routing.emplace();
    return made;
}

Event decided(Event made, std::vector<Fact> facts) {
    made.decided.emplace().facts = std::move(facts);
    return made;
}

Fact fact(FactKind kind, const char* source, const char* on, std::int64_t obligation = 0) {
    Fact made;
    made.kind = kind;
    made.source = source;
    made.on = day(on);
    made.obligation = obligation;
    return made;
}

// As the log's reader gives an event that was recorded before acts were declared.
Event old(EventType type, const char* id, const char* content) {
    auto made = event(type, id);
    made.act.emplace().type = actOfEvent(type);
    made.act->content = document::readJson(content).value().root;
    return made;
}

CaseFile opened() {
    CaseFile file;
    fold(file, decided(transfer(), {}));
    return file;
}

bool has(const CaseFile& file, FactKind kind) {
    return std::ranges::any_of(file.facts,
                               [kind](const Fact& one) { return one.kind == kind && !one.struck; });
}

TEST(CaseFile, ShowsWhatFactsSay) {
    auto file = opened();
    auto entry = fact(FactKind::Registered, "H01.02 r", "2026-03-06");
    entry.number = "12/2026";
    auto notice = fact(FactKind::Notice, "H01.02 n", "2026-03-07", 1);
    notice.number = "TB-1";
    notice.party = "H01.04";
    auto seen = fact(FactKind::NoticeRead, "H01.04 s", "2026-03-08");
    seen.about = "TB-1";
    fold(file, decided(event(EventType::ActRecorded, "x"), {entry, notice, seen}));
    EXPECT_EQ(file.registerNumber, "12/2026");
    EXPECT_EQ(file.state(1)->obligatedAgency, "H01.04") << "whom the notice is addressed to";
    EXPECT_EQ(file.state(2)->obligatedAgency, "H01.03");
    ASSERT_EQ(file.notices.size(), 1U);
    EXPECT_EQ(file.notices.front().acknowledgedOn, day("2026-03-08"));
}

TEST(CaseFile, AStruckFactIsKeptAndShowsNothing) {
    auto file = opened();
    auto entry = fact(FactKind::Registered, "H01.02 r", "2026-03-06");
    entry.number = "12/2026";
    fold(file, decided(event(EventType::ActRecorded, "r"), {entry}));
    auto correction = event(EventType::ActRecorded, "c");
    entry.number = "13/2026";
    correction = decided(correction, {entry});
    correction.decided->struck = {"H01.02 r"};
    fold(file, correction);
    EXPECT_EQ(file.registerNumber, "13/2026");
    EXPECT_EQ(std::ranges::count(file.facts, FactKind::Registered, &Fact::kind), 2);
    correction.decided->facts.clear();
    fold(file, correction);
    EXPECT_EQ(file.registerNumber, "");
    EXPECT_FALSE(file.registeredOn);
}

TEST(CaseFile, KeepsOneStateOfEachTerm) {
    auto file = opened();
    auto first = event(EventType::ActRecorded, "a");
    Term term;
    term.rule = "thads-register";
    term.obligation = 1;
    term.due = day("2026-03-09");
    first.decided.emplace().terms = {term};
    fold(file, first);
    term.passed = true;
    auto clock = event(EventType::TermsTold, "b");
    clock.decided.emplace().terms = {term};
    fold(file, clock);
    ASSERT_EQ(file.terms.size(), 1U);
    EXPECT_TRUE(file.terms.front().passed);
    term.obligation = 2;
    clock.decided->terms = {term};
    fold(file, clock);
    EXPECT_EQ(file.terms.size(), 2U);
}

TEST(CaseFile, ACorrectedRulingKeepsStages) {
    auto file = opened();
    auto reached = event(EventType::ActRecorded, "a");
    reached.decided.emplace().stages = {{1, Stage::Voluntary}};
    fold(file, reached);
    auto corrected = event(EventType::ActRecorded, "c");
    corrected.decided.emplace();
    corrected.ruling = file.ruling;
    corrected.ruling->obligations.front().text = "đã sửa";
    fold(file, corrected);
    EXPECT_EQ(file.state(1)->stage, Stage::Voluntary);
    EXPECT_EQ(file.obligation(1)->text, "đã sửa");
}

// What was recorded before acts were declared means what it meant.
TEST(CaseFile, OldEventsLeaveTheSameFacts) {
    CaseFile file;
    fold(file, transfer());
    EXPECT_TRUE(has(file, FactKind::Known));
    EXPECT_TRUE(has(file, FactKind::Delivered));
    EXPECT_EQ(file.state(1)->stage, Stage::Received);
    EXPECT_EQ(file.state(2)->stage, Stage::NotMonitored);
    fold(file, old(EventType::Registered, "r",
                   R"({"registerNumber":"7","registeredOn":"2026-03-06","receivedOn":"2026-03-05",
                       "formOfReceipt":"post"})"));
    EXPECT_EQ(file.state(1)->stage, Stage::Registered);
    EXPECT_EQ(file.registerNumber, "7");
    EXPECT_EQ(file.facts.back().received, day("2026-03-05"));
    EXPECT_EQ(file.facts.back().code, "post");
    fold(file, old(EventType::NoticeIssued, "n",
                   R"({"number":"TB-1","issuedOn":"2026-03-07","addressee":"H01.04",
                       "obligations":[1]})"));
    EXPECT_EQ(file.state(1)->stage, Stage::Voluntary);
    EXPECT_EQ(file.state(1)->obligatedAgency, "H01.04");
    EXPECT_EQ(file.state(2)->stage, Stage::NotMonitored);
    fold(file, old(EventType::NoticeAcknowledged, "s",
                   R"({"noticeNumber":"TB-1","receivedOn":"2026-03-08",
                       "judgmentReceivedOn":"2026-03-03"})"));
    EXPECT_EQ(file.notice("TB-1")->acknowledgedOn, day("2026-03-08"));
    EXPECT_EQ(file.notice("TB-1")->judgmentReceivedOn, day("2026-03-03"));
    fold(file, old(EventType::StatusReported, "p",
                   R"({"number":"BC-1","reportedOn":"2026-03-20",
                       "items":[{"obligation":1,"progress":"partly"}]})"));
    EXPECT_EQ(file.state(1)->lastProgress, Progress::Partly);
    EXPECT_EQ(file.facts.back().number, "BC-1");
    // Reports said so before the law was asked; it was never what makes a case complete.
    fold(file, old(EventType::StatusReported, "q",
                   R"({"number":"BC-2","reportedOn":"2026-03-21",
                       "items":[{"obligation":1,"progress":"done"}]})"));
    EXPECT_EQ(file.state(1)->lastProgress, Progress::Done);
    EXPECT_NE(file.state(1)->stage, Stage::Completed);
    fold(file, old(EventType::CompletionReported, "d",
                   R"({"number":"KQ-1","reportedOn":"2026-04-02",
                       "items":[{"obligation":1,"completedOn":"2026-04-01",
                                 "minutes":{"number":"BB-1"}}]})"));
    EXPECT_EQ(file.facts.back().received, day("2026-04-02"));
    EXPECT_EQ(file.facts.back().number, "KQ-1");
    EXPECT_EQ(file.state(1)->stage, Stage::Completed);
    EXPECT_EQ(file.state(1)->completedOn, day("2026-04-01"));
    ASSERT_EQ(file.acts.size(), 7U);
    EXPECT_EQ(file.acts.back().type, "CompletionReport");
    EXPECT_TRUE(std::ranges::all_of(file.facts, [](const Fact& one) {
        return one.source == sourceOf("H01.02", std::string(messageIdOf(one.source)));
    }));
}

TEST(CaseFile, AParkedMessageChangesNothing) {
    auto file = opened();
    fold(file,
         old(EventType::Parked, "p", R"({"registerNumber":"7","registeredOn":"2026-03-06"})"));
    EXPECT_EQ(file.registerNumber, "");
}

// The log is judged elsewhere; what is no act of then must not bring the fold down.
TEST(CaseFile, WhatAnOldEventDoesNotSayIsNoFact) {
    auto file = opened();
    const auto before = file.facts.size();
    fold(file, event(EventType::Registered, "r"));
    fold(file, old(EventType::NoticeIssued, "n", R"({"number":"TB-1","obligations":[1]})"));
    fold(file, old(EventType::CompletionReported, "d", R"({"items":[{"completedOn":"x"}]})"));
    fold(file,
         old(EventType::NoticeIssued, "n2", R"({"issuedOn":"2026-03-07","obligations":[9]})"));
    EXPECT_EQ(file.facts.size(), before + 1) << "of an obligation that the case does not have";
}

}  // namespace
}  // namespace gateway::model
