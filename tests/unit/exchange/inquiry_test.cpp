#include "gateway/exchange/answers/inquiry.h"

#include "gateway/exchange/answers/cursor.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

void transferMany(House& house, int count) {
    for (int n = 1; n <= count; ++n)
        ASSERT_EQ(house.send(house.court, transferOf(std::to_string(n) + "/2026/HC-ST")).status,
                  200);
}

std::size_t casesIn(const scenario::Reply& reply) {
    const auto* list = scenario::nodeAt(reply.content, "queryAnswer/cases");
    return list ? list->children.size() : 0;
}

TEST(Inquiry, OneCaseWithItsHistory) {
    House house;
    house.bringToNotice("1/2026/HC-ST");
    const auto reply = house.ask(house.procuracy, scenario::questionFor("01/2026/HC-ST"));
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_TRUE(reply.sealed);
    ASSERT_EQ(casesIn(reply), 1U);
    EXPECT_EQ(reply.at("queryAnswer/cases/0/stage"), "VOLUNTARY");
    EXPECT_EQ(reply.at("queryAnswer/cases/0/history/0/event"), "JudgmentTransferred");
    EXPECT_EQ(reply.at("queryAnswer/cases/0/history/2/event"), "NoticeIssued");
    EXPECT_EQ(reply.at("queryAnswer/cases/0/history/2/actor"), scenario::kEnforcement);
}

TEST(Inquiry, AuditIsKeptOfEveryAnswer) {
    House house;
    transferMany(house, 1);
    const auto question = house.message(house.procuracy, scenario::questionFor("1/2026/HC-ST"));
    const auto sent = house.procuracy.json(question);
    const auto reply = house.ask(house.procuracy, sent);
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto reads = house.ledger.reads({.agency = scenario::kProcuracy}, 0, 10);
    ASSERT_EQ(reads.size(), 1U);
    EXPECT_EQ(reads.front().queryId, question.envelope.id);
    EXPECT_EQ(reads.front().answerSha256, document::sha256(reply.body).hex());
    EXPECT_EQ(reads.front().caseIds, "[\"" + house.caseNumbered("1/2026/HC-ST").caseId + "\"]");
    EXPECT_EQ(reply.at("queryAnswer/questionSha256"), reads.front().questionSha256);
    EXPECT_EQ(reply.at("envelope/inReplyTo"), question.envelope.id);

    const auto replayed = house.ask(house.procuracy, sent);
    EXPECT_EQ(replayed.code(), "REPLAY");
    EXPECT_EQ(replayed.body.find("queryAnswer"), std::string::npos);
}

// Each kind by its own file: what it may ask is answered, in every form that it has.
TEST(Inquiry, EveryKindMayAskBothQuestions) {
    House house;
    transferMany(house, 1);
    for (const auto* agency :
         {&house.procuracy, &house.court, &house.enforcement, &house.committee}) {
        const auto cases = house.ask(*agency, scenario::questionFor("1/2026/HC-ST"));
        EXPECT_EQ(cases.status, 200) << agency->code() << cases.body;
        EXPECT_EQ(cases.at("queryAnswer/cases/0/caseId"),
                  house.caseNumbered("1/2026/HC-ST").caseId);
        const auto counts = house.ask(*agency, model::StatisticsQuery{});
        EXPECT_EQ(counts.status, 200) << agency->code() << counts.body;
        EXPECT_EQ(counts.at("statisticsAnswer/total"), "1") << agency->code();
    }
}

TEST(Inquiry, WhatIsAskedCountsAgainstTheAskersQuota) {
    House house([](base::Limits& limits) { limits.storedBytesPerAgency = 20'000; });
    scenario::Reply last;
    int answered = 0;
    const auto question = [] { return scenario::questionFor("1/2026/HC-ST"); };
    while (answered < 100 && (last = house.ask(house.procuracy, question())).status == 200)
        ++answered;
    EXPECT_EQ(answered, 20'000 / (2 + 512)) << "lines of no case";
    EXPECT_EQ(last.code(), "QUOTA_EXCEEDED") << last.body;
    EXPECT_EQ(last.body.find("queryAnswer"), std::string::npos);
    EXPECT_EQ(house.ledger.storedBytes(scenario::kProcuracy), answered * 514);
}

TEST(Inquiry, DryRunIsNoWayAroundTheAudit) {
    House house;
    transferMany(house, 1);
    const auto question =
        house.procuracy.json(house.message(house.procuracy, scenario::questionFor("1/2026/HC-ST")));
    const auto reply = house.ask(house.procuracy, question, true);
    EXPECT_EQ(casesIn(reply), house.ledger.reads({.agency = scenario::kProcuracy}, 0, 10).size());
}

TEST(Inquiry, OneSeesOnlyItsOwnCases) {
    House house;
    transferMany(house, 1);
    model::MonitoringQuery all;
    EXPECT_EQ(casesIn(house.ask(house.court, all)), 1U);
    EXPECT_EQ(casesIn(house.ask(house.otherCourt, all)), 0U);
    all.select.caseId = house.caseNumbered("1/2026/HC-ST").caseId;
    EXPECT_EQ(casesIn(house.ask(house.otherCourt, all)), 0U) << "not even by its id";
}

TEST(Inquiry, SelectionTakesCodesAndNumbersAsTheyAreWritten) {
    House house;
    transferMany(house, 2);
    model::MonitoringQuery query;
    query.select.number = "02 / 2026/HC-ST";
    EXPECT_EQ(casesIn(house.ask(house.procuracy, query)), 1U);
    query = {};
    query.select.committee = scenario::kCommittee;
    query.select.stage = model::Stage::Received;
    EXPECT_EQ(casesIn(house.ask(house.procuracy, query)), 2U);
    query.select.stage = model::Stage::Completed;
    EXPECT_EQ(casesIn(house.ask(house.procuracy, query)), 0U);
}

TEST(Inquiry, WhatDoesNotExistIsNotAnsweredWithNone) {
    House house;
    transferMany(house, 1);
    model::MonitoringQuery query;
    query.select.province = "Gia Lai";
    const auto province = house.ask(house.procuracy, query);
    EXPECT_EQ(province.code(), "MAPPING_CODE");
    EXPECT_TRUE(province.at("refusal/reasons/0/path").ends_with("province")) << province.body;
    for (auto* code : {&query.select.court, &query.select.committee}) {
        query.select = {};
        *code = "X99.X99";
        EXPECT_EQ(house.ask(house.procuracy, query).code(), "AGENCY_UNKNOWN");
    }
    model::StatisticsQuery counts;
    counts.select.province = "52-p34";
    EXPECT_EQ(house.ask(house.procuracy, counts).code(), "MAPPING_CODE");
    counts.select.province = "p34-52";
    EXPECT_EQ(house.ask(house.procuracy, counts).status, 200);
}

TEST(Inquiry, PagesFollowOneAnotherWithoutGap) {
    House house;
    transferMany(house, 5);
    model::MonitoringQuery query;
    query.pageSize = 2;
    std::set<std::string> seen;
    int pages = 0;
    do {
        const auto reply = house.ask(house.procuracy, query);
        ASSERT_EQ(reply.status, 200) << reply.body;
        for (std::size_t i = 0; i < casesIn(reply); ++i)
            EXPECT_TRUE(
                seen.insert(reply.at("queryAnswer/cases/" + std::to_string(i) + "/caseId")).second);
        query.cursor = reply.at("queryAnswer/nextCursor");
        ++pages;
    } while (!query.cursor.empty() && pages < 10);
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(seen.size(), 5U);
}

TEST(Inquiry, APageEndsByBytesToo) {
    House house([](base::Limits& limits) { limits.queryPageBytes = 1; });
    transferMany(house, 3);
    model::MonitoringQuery query;
    int pages = 0;
    do {
        const auto reply = house.ask(house.procuracy, query);
        EXPECT_EQ(casesIn(reply), 1U) << reply.body;
        query.cursor = reply.at("queryAnswer/nextCursor");
        ++pages;
    } while (!query.cursor.empty() && pages < 10);
    EXPECT_EQ(pages, 3);
}

TEST(Inquiry, CursorBelongsToItsQuestionAndAsker) {
    House house;
    transferMany(house, 3);
    model::MonitoringQuery query;
    query.pageSize = 1;
    query.cursor = house.ask(house.procuracy, query).at("queryAnswer/nextCursor");
    ASSERT_NE(query.cursor, "");
    EXPECT_EQ(house.ask(house.court, query).code(), "CURSOR_INVALID") << "another asker";
    auto other = query;
    other.select.stage = model::Stage::Received;
    EXPECT_EQ(house.ask(house.procuracy, other).code(), "CURSOR_INVALID") << "another question";
    other = query;
    other.cursor = "bm90IG91cnM";
    EXPECT_EQ(house.ask(house.procuracy, other).code(), "CURSOR_INVALID");
    house.clock.advance(1h + 1ms);
    EXPECT_EQ(house.ask(house.procuracy, query).code(), "CURSOR_INVALID") << "too late";
}

TEST(Inquiry, HistoryIsBoundedByPage) {
    std::size_t bytes = 0;
    {
        House house;
        transferMany(house, 3);
        house.store.cases().forEachMessage(
            0, [&](const auto& message) { return bytes = message.events.size(), false; });
    }
    const auto ask = [](std::size_t most, bool withHistory) {
        House house([&](base::Limits& limits) { limits.queryHistoryBytes = most; });
        transferMany(house, 3);
        model::MonitoringQuery query;
        query.withHistory = withHistory;
        return house.ask(house.procuracy, query);
    };
    EXPECT_EQ(ask(1, true).code(), "QUERY_TOO_COSTLY") << "not even the first case fits";
    EXPECT_EQ(casesIn(ask(1, false)), 3U);
    const auto page = ask(bytes + bytes / 2, true);
    EXPECT_EQ(casesIn(page), 1U);
    EXPECT_NE(page.at("queryAnswer/nextCursor"), "");
}

TEST(Inquiry, PageIsBounded) {
    House house([](base::Limits& limits) { limits.queryPage = 2; });
    transferMany(house, 3);
    model::MonitoringQuery query;
    query.pageSize = 1'000'000;
    EXPECT_EQ(casesIn(house.ask(house.procuracy, query)), 2U);
}

TEST(Inquiry, CountsByProvinceAndStage) {
    House house;
    house.bringToNotice("9/2026/HC-ST");
    transferMany(house, 2);
    const auto reply = house.ask(house.procuracy, model::StatisticsQuery{});
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.at("statisticsAnswer/total"), "3");
    EXPECT_EQ(house.ask(house.otherCourt, model::StatisticsQuery{}).at("statisticsAnswer/total"),
              "0");
}

TEST(Inquiry, QuestionsAreAnsweredFreshOnly) {
    House house;
    for (const auto skew : {-(5min + 1ms), 5min + 1ms}) {
        auto message = house.message(house.procuracy, scenario::questionFor("1/2026/HC-ST"));
        message.envelope.created += skew;
        const auto reply = house.ask(house.procuracy, house.procuracy.json(message));
        EXPECT_EQ(reply.code(), skew < 0ms ? "MESSAGE_TOO_OLD" : "MESSAGE_FROM_FUTURE");
        EXPECT_NE(reply.at("refusal/reasons/0/vi").find("5 phút"), std::string::npos);
        EXPECT_NE(reply.at("refusal/reasons/0/en").find("5 minutes"), std::string::npos);
        EXPECT_NE(reply.at("refusal/reasons/0/remedyVi").find("đồng hồ"), std::string::npos);
    }
    EXPECT_EQ(house.ask(house.court, transferOf("1/2026/HC-ST")).code(), "WRONG_ADDRESS");
    EXPECT_TRUE(house.ledger.reads({.agency = scenario::kProcuracy}, 0, 10).empty());
}

TEST(Cursor, ReadsBackWhatItWrote) {
    const Cursor cursor{"case-1", "abc", base::Timestamp(1234567ms)};
    const auto again = Cursor::decode(cursor.encode());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->after, "case-1");
    EXPECT_EQ(again->binding, "abc");
    EXPECT_EQ(again->givenAt, cursor.givenAt);
    for (const char* bad : {"", "####", "YQ", "YQpi", "YQpiCmM"})
        EXPECT_FALSE(Cursor::decode(bad)) << bad;
}

}  // namespace
}  // namespace gateway::exchange::fixture
