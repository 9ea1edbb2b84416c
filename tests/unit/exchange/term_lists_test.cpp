// What is owed by whom by when, and what was not done in time: who sees which line, and nobody
// else's.
#include "gateway/exchange/answers/term_lists.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/acts/case_clock.h"
#include "gateway/exchange/answers/cursor.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

const Identity kIdentity{"thahc", "test"};
// Of such a ruling the notice is due at once, within the life of the seals of a test.
constexpr auto kAtOnce = model::Category::E;

class TermListsTest : public testing::Test {
  protected:
    void transfer(const std::string& number, model::Category category = model::Category::B) {
        ASSERT_EQ(house.send(house.court, scenario::transferOf(number, category)).status, 200);
    }
    void tick() {
        CaseClock(kIdentity, house.snapshots, house.ledger, house.store.cases(), house.bell,
                  house.clock)
            .tick();
    }
    void passDays(int days) {
        house.clock.advance(24h * days);
        tick();
    }
    model::TermList listFor(const scenario::Agency& agency, model::Payload question) {
        const auto reply = house.ask(agency, std::move(question));
        EXPECT_EQ(reply.status, 200) << reply.body;
        EXPECT_TRUE(reply.sealed);
        const auto* list = scenario::nodeAt(reply.content, "termList");
        if (!list) return {};
        return mapping::fromNode<model::TermList>(*list).value();
    }
    static std::vector<std::string> owners(const model::TermList& list) {
        std::vector<std::string> found;
        for (const auto& line : list.lines)
            if (std::ranges::find(found, line.owedBy) == found.end()) found.push_back(line.owedBy);
        std::ranges::sort(found);
        return found;
    }
    static const model::TermLine* lineOf(const model::TermList& list, const char* rule) {
        const auto found = std::ranges::find(list.lines, rule, &model::TermLine::rule);
        return found == list.lines.end() ? nullptr : &*found;
    }
    model::DeclaredAct act(const char* type, const std::string& number,
                           const std::string& content) {
        model::DeclaredAct made;
        made.type = type;
        made.caseReference = scenario::caseOf(number);
        made.content = document::readJson(content).value().root;
        return made;
    }
    [[nodiscard]] std::string today() const {
        return base::formatDate(base::vietnamDate(house.clock.now()));
    }
    void expectClean() {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    House house;
};

TEST_F(TermListsTest, SaysWhatIsOwedByWhomByWhenByWhichArticle) {
    transfer("1/2026/HC-ST");
    const auto list = listFor(house.enforcement, model::WorkListQuery{});
    const auto* notice = lineOf(list, "thads-voluntary-notice");
    ASSERT_NE(notice, nullptr);
    EXPECT_EQ(notice->owedBy, scenario::kEnforcement);
    EXPECT_EQ(notice->owes, "thads");
    EXPECT_EQ(notice->outcome, model::TermOutcome::Open);
    ASSERT_TRUE(notice->ruling);
    EXPECT_EQ(notice->ruling->number, "1/2026/HC-ST");
    EXPECT_EQ(notice->caseId, house.caseNumbered("1/2026/HC-ST").caseId);
    ASSERT_TRUE(notice->dueOn);
    EXPECT_NE(notice->explanation.find("ngày làm việc"), std::string::npos);
    EXPECT_NE(notice->legalBasis.find("Đ.14.2"), std::string::npos);
    EXPECT_EQ(list.total, static_cast<std::int64_t>(list.lines.size()));
    EXPECT_TRUE(std::ranges::is_sorted(list.lines, [](const auto& a, const auto& b) {
        return a.dueOn && (!b.dueOn || *a.dueOn < *b.dueOn);
    }));
    EXPECT_EQ(lineOf(list, "cassation-protest"), nullptr) << "a right, which nobody owes";
    expectClean();
}

TEST_F(TermListsTest, IsAnsweredWhenItIsDone) {
    transfer("1/2026/HC-ST");
    ASSERT_NE(lineOf(listFor(house.enforcement, model::WorkListQuery{}), "thads-register"),
              nullptr);
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf("1/2026/HC-ST", "7")).status,
              200);
    EXPECT_EQ(lineOf(listFor(house.enforcement, model::WorkListQuery{}), "thads-register"),
              nullptr);
    expectClean();
}

// Each kind by its rights: the court its cases, the committee what it owes, a stranger nothing.
TEST_F(TermListsTest, NobodySeesAnotherOnesLines) {
    house.bringToNotice("1/2026/HC-ST");
    ASSERT_EQ(
        house
            .send(house.procuracy, act("ProcuracyRequirement", "1/2026/HC-ST",
                                       R"({"kind":"a","number":"1/YC","issuedOn":")" + today() +
                                           R"(","addressee":")" + scenario::kCommittee +
                                           R"(","asks":"Thi hành bản án"})"))
            .verdict(),
        "accepted");
    constexpr const char* kRule = "procuracy-requirement-now";
    const auto committee = listFor(house.committee, model::WorkListQuery{});
    ASSERT_NE(lineOf(committee, kRule), nullptr);
    EXPECT_EQ(owners(committee), std::vector<std::string>{scenario::kCommittee});
    EXPECT_EQ(committee.total, std::ssize(committee.lines)) << "each line once";
    EXPECT_NE(lineOf(listFor(house.court, model::WorkListQuery{}), kRule), nullptr);
    EXPECT_NE(lineOf(listFor(house.procuracy, model::WorkListQuery{}), kRule), nullptr);
    const auto stranger = listFor(house.otherCourt, model::WorkListQuery{});
    EXPECT_TRUE(stranger.lines.empty());
    EXPECT_EQ(stranger.total, 0);
    // By name of the case, of the owner, of the officer: no way round the rights.
    model::WorkListQuery named;
    named.select.caseId = house.caseNumbered("1/2026/HC-ST").caseId;
    EXPECT_TRUE(listFor(house.otherCourt, named).lines.empty());
    model::WorkListQuery owed;
    owed.select.owedBy = scenario::kCommittee;
    EXPECT_TRUE(listFor(house.otherCourt, owed).lines.empty());
    EXPECT_FALSE(listFor(house.court, owed).lines.empty());
    model::WorkListQuery own;
    own.ownOnly = true;
    EXPECT_TRUE(listFor(house.procuracy, own).lines.empty());
    EXPECT_EQ(owners(listFor(house.enforcement, own)),
              std::vector<std::string>{scenario::kEnforcement});
}

TEST_F(TermListsTest, ByOfficerByRuleAndByDay) {
    transfer("1/2026/HC-ST");
    transfer("2/2026/HC-ST");
    ASSERT_EQ(
        house
            .send(house.enforcement, act("OfficerAssigned", "2/2026/HC-ST",
                                         R"({"officer":"Bà Mẫu","from":")" + today() + R"("})"))
            .status,
        200);
    model::WorkListQuery officer;
    officer.select.officer = "Bà Mẫu";
    const auto hers = listFor(house.enforcement, officer);
    ASSERT_FALSE(hers.lines.empty());
    for (const auto& line : hers.lines)
        EXPECT_EQ(line.caseId, house.caseNumbered("2/2026/HC-ST").caseId);
    EXPECT_TRUE(listFor(house.otherCourt, officer).lines.empty());
    model::WorkListQuery rule;
    rule.select.rule = "thads-voluntary-notice";
    EXPECT_EQ(listFor(house.enforcement, rule).total, 2);
    model::WorkListQuery overdue = rule;
    overdue.overdue = true;
    EXPECT_EQ(listFor(house.enforcement, overdue).total, 0);
    model::WorkListQuery soon = rule;
    soon.withinDays = 0;
    EXPECT_EQ(listFor(house.enforcement, soon).total, 0);
    soon.withinDays = 20;
    EXPECT_EQ(listFor(house.enforcement, soon).total, 2);
    passDays(4);
    overdue.select.rule = "thads-register";
    EXPECT_EQ(listFor(house.enforcement, overdue).total, 2);
    expectClean();
}

TEST_F(TermListsTest, PagesGiveEachLineOnce) {
    for (int n = 1; n <= 4; ++n) transfer(std::to_string(n) + "/2026/HC-ST");
    const auto whole = listFor(house.enforcement, model::WorkListQuery{});
    ASSERT_GE(whole.lines.size(), 8U);
    model::WorkListQuery query;
    query.pageSize = 3;
    std::vector<std::string> seen;
    std::string cursor;
    do {
        query.cursor = cursor;
        const auto page = listFor(house.enforcement, query);
        EXPECT_LE(page.lines.size(), 3U);
        EXPECT_EQ(page.total, whole.total) << "of the whole list, on every page";
        for (const auto& line : page.lines)
            seen.push_back(line.caseId + line.rule + std::to_string(line.obligation));
        cursor = page.nextCursor;
    } while (!cursor.empty());
    std::vector<std::string> wanted;
    for (const auto& line : whole.lines)
        wanted.push_back(line.caseId + line.rule + std::to_string(line.obligation));
    EXPECT_EQ(seen, wanted);
}

TEST_F(TermListsTest, ACursorIsOfOneQuestionOfOneAsker) {
    for (int n = 1; n <= 3; ++n) transfer(std::to_string(n) + "/2026/HC-ST");
    model::WorkListQuery query;
    query.pageSize = 2;
    query.cursor = listFor(house.enforcement, query).nextCursor;
    ASSERT_FALSE(query.cursor.empty());
    EXPECT_EQ(house.ask(house.procuracy, query).code(), "CURSOR_INVALID");
    auto other = query;
    other.ownOnly = true;
    EXPECT_EQ(house.ask(house.enforcement, other).code(), "CURSOR_INVALID");
    auto forged = Cursor::decode(query.cursor);
    ASSERT_TRUE(forged.has_value());
    forged->after.replace(0, 10, "no day");
    other = query;
    other.cursor = forged->encode();
    EXPECT_EQ(house.ask(house.enforcement, other).code(), "CURSOR_INVALID");
    house.clock.advance(2h);
    EXPECT_EQ(house.ask(house.enforcement, query).code(), "CURSOR_INVALID");
}

TEST_F(TermListsTest, WhatDoesNotExistIsNotAnEmptyList) {
    model::WorkListQuery query;
    query.select.rule = "thads-voluntary-notise";
    EXPECT_EQ(house.ask(house.enforcement, query).code(), "MAPPING_CODE");
    query.select = {};
    query.select.owes = "chu-tich";
    EXPECT_EQ(house.ask(house.enforcement, query).code(), "MAPPING_CODE");
    query.select = {};
    query.select.owedBy = "X99.1";
    EXPECT_EQ(house.ask(house.enforcement, query).code(), "AGENCY_UNKNOWN");
}

TEST_F(TermListsTest, BreachesAreForWhoSupervises) {
    transfer("1/2026/HC-ST", kAtOnce);
    passDays(4);
    for (const auto* agency : {&house.court, &house.enforcement, &house.committee})
        EXPECT_EQ(house.ask(*agency, model::BreachQuery{}).code(), "FORBIDDEN_TYPE")
            << agency->code();
    const auto list = listFor(house.procuracy, model::BreachQuery{});
    const auto* late = lineOf(list, "thads-voluntary-notice-now");
    ASSERT_NE(late, nullptr);
    EXPECT_EQ(late->outcome, model::TermOutcome::Passed);
    EXPECT_EQ(late->owedBy, scenario::kEnforcement);
    EXPECT_FALSE(late->answeredOn);
    ASSERT_TRUE(late->startedBy);
    EXPECT_EQ(late->startedBy->agency, scenario::kCourt) << "the transfer";
    ASSERT_TRUE(late->passedBy);
    EXPECT_EQ(late->passedBy->agency, kIdentity.address()) << "the clock's signed word";
    EXPECT_FALSE(late->answeredBy);
    EXPECT_TRUE(late->adoptedBy.empty());
    for (const auto& line : list.lines) {
        EXPECT_NE(line.outcome, model::TermOutcome::Open) << line.rule;
        EXPECT_NE(line.rule, "thads-assign-officer") << "a duty without a term is no breach";
    }
}

// A ministry is no inferior of a province's procuracy, though it is late in a case of that
// province.
TEST_F(TermListsTest, BreachesAboveTheLevelAreForTheProcuracyAbove) {
    auto message = scenario::transferOf("1/2026/HC-ST");
    message.ruling.obligations.front().obligatedSuperior = "G06";
    ASSERT_EQ(house.send(house.court, message).status, 200);
    const auto order = house.send(
        house.court, act("CompelOrder", "1/2026/HC-ST",
                         R"({"number":"1/QĐ-THA","issuedOn":"2026-06-01","obligations":[1],
                "sentTo":[{"role":"superior","receivedOn":"2026-06-02"},
                          {"role":"thads","receivedOn":"2026-06-02"}]})"));
    ASSERT_EQ(order.verdict(), "accepted") << order.body;
    constexpr const char* kRule = "superior-directive";
    const auto above = listFor(scenario::Agency(world(), "E01"), model::BreachQuery{});
    const auto* late = lineOf(above, kRule);
    ASSERT_NE(late, nullptr);
    EXPECT_EQ(late->owedBy, "G06");
    EXPECT_EQ(late->outcome, model::TermOutcome::Passed);
    const auto own = listFor(house.procuracy, model::BreachQuery{});
    EXPECT_EQ(lineOf(own, kRule), nullptr);
    EXPECT_NE(lineOf(own, "thads-work-with-obligated"), nullptr);
    EXPECT_EQ(own.total, std::ssize(own.lines)) << "nor counted";
    // Nor when the list is that of an earlier moment.
    model::BreachQuery then;
    then.asKnownAt = house.clock.now();
    EXPECT_EQ(lineOf(listFor(house.procuracy, then), kRule), nullptr);
}

TEST_F(TermListsTest, ABreachIsProvedByTheMessagesOfItsBeginningAndItsAnswer) {
    transfer("1/2026/HC-ST", kAtOnce);
    passDays(4);
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf("1/2026/HC-ST", "TB-1")).status, 200);
    const auto list = listFor(house.procuracy, model::BreachQuery{});
    const auto* late = lineOf(list, "thads-voluntary-notice-now");
    ASSERT_NE(late, nullptr) << "late is late, though it was done";
    EXPECT_EQ(late->outcome, model::TermOutcome::MetLate);
    ASSERT_TRUE(late->answeredOn);
    ASSERT_TRUE(late->answeredBy);
    EXPECT_EQ(late->answeredBy->agency, scenario::kEnforcement);
    const auto answer =
        house.ledger.findByKey(late->answeredBy->agency, late->answeredBy->messageId);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->contentSha256, late->answeredBy->contentSha256);
    EXPECT_EQ(
        lineOf(listFor(house.enforcement, model::WorkListQuery{}), "thads-voluntary-notice-now"),
        nullptr)
        << "nobody owes it any more";
    expectClean();
}

TEST_F(TermListsTest, AsItWasKnownThen) {
    transfer("1/2026/HC-ST", kAtOnce);
    const auto before = house.clock.now();
    passDays(4);
    const auto passed = house.clock.now();
    house.clock.advance(1h);
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf("1/2026/HC-ST", "TB-1")).status, 200);
    model::BreachQuery then;
    then.asKnownAt = before;
    EXPECT_EQ(lineOf(listFor(house.procuracy, then), "thads-voluntary-notice-now"), nullptr);
    then.asKnownAt = passed;
    const auto list = listFor(house.procuracy, then);
    const auto* late = lineOf(list, "thads-voluntary-notice-now");
    ASSERT_NE(late, nullptr);
    EXPECT_EQ(late->outcome, model::TermOutcome::Passed) << "the answer was not known yet";
    EXPECT_FALSE(late->answeredBy);
    ASSERT_TRUE(late->passedBy);
    then.asKnownAt = house.clock.now();
    EXPECT_EQ(lineOf(listFor(house.procuracy, then), "thads-voluntary-notice-now")->outcome,
              model::TermOutcome::MetLate);
}

TEST_F(TermListsTest, ABreachIsAdoptedByADocumentOfTheProcuracy) {
    transfer("1/2026/HC-ST", kAtOnce);
    passDays(4);
    ASSERT_EQ(
        house
            .send(house.procuracy, act("ProcuracyRecommendation", "1/2026/HC-ST",
                                       R"({"kind":"handling","number":"5/KN","issuedOn":")" +
                                           today() + R"(","addressee":")" + scenario::kEnforcement +
                                           R"(","foundBreaches":[{"obligation":1,"owes":"thads",)" +
                                           R"("rule":"thads-voluntary-notice-now"}]})"))
            .verdict(),
        "accepted");
    const auto list = listFor(house.procuracy, model::BreachQuery{});
    const auto* late = lineOf(list, "thads-voluntary-notice-now");
    ASSERT_NE(late, nullptr);
    ASSERT_EQ(late->adoptedBy.size(), 1U);
    EXPECT_EQ(late->adoptedBy.front().agency, scenario::kProcuracy);
    const auto* other = lineOf(list, "thads-register");
    ASSERT_NE(other, nullptr);
    EXPECT_TRUE(other->adoptedBy.empty());
    // The addressee owes an answer now, and nobody but the office that was addressed.
    const auto owed = listFor(house.enforcement, model::WorkListQuery{});
    const auto* answer = lineOf(owed, "procuracy-recommendation-answer");
    ASSERT_NE(answer, nullptr);
    EXPECT_EQ(answer->owedBy, scenario::kEnforcement);
    expectClean();
}

}  // namespace
}  // namespace gateway::exchange::fixture
