// What the domain demands and a slip in the code could take away unseen: whom the law tells, whose
// act it is, what waits and is applied, and which day a term starts from.

#include <gtest/gtest.h>

#include <functional>

#include "gateway/base/log.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange::fixture {
namespace {

using namespace std::chrono_literals;
using scenario::transferOf;

constexpr const char* kNumber = "1/2026/HC-ST";

std::vector<store::OutboxItem> itemsFor(House& house, const std::string& agency,
                                        const std::string& type) {
    std::vector<store::OutboxItem> found;
    for (auto items = house.store.outbox().mailbox(agency, 100); !items.empty();
         items = house.store.outbox().mailbox(agency, 100))
        for (const auto& item : items) {
            store::OutboxMove move;
            move.to = OutboxState::Delivered;
            move.at = house.clock.now();
            EXPECT_TRUE(house.store.outbox().move(item.itemId, item.state, move));
            if (item.messageType == type) found.push_back(item);
        }
    return found;
}

void expectClean(House& house) {
    const auto report = rebuild(house.store.cases(), house.store.outbox());
    EXPECT_TRUE(report.clean()) << report.differences.front();
}

void useData(House& house, const TemporaryData& data) {
    auto next = *house.snapshots.current();
    next.reference = data.load();
    house.snapshots.replace(std::make_shared<const Snapshot>(std::move(next)));
}

TEST(DomainRules, ParkedMessagesOfEveryTypeAreApplied) {
    House house;
    auto seen = scenario::noticeSeen(kNumber, "TB-1");
    scenario::say(seen, "judgmentReceivedOn", 2026y / 4 / 7);
    // In the order of the law, each before its ruling.
    EXPECT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "12")).verdict(),
              "parked");
    EXPECT_EQ(house.send(house.enforcement, scenario::noticeOf(kNumber, "TB-1")).verdict(),
              "parked");
    EXPECT_EQ(house.send(house.committee, seen).verdict(), "parked");
    EXPECT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "BC-1")).verdict(), "parked");
    EXPECT_EQ(house.send(house.committee, scenario::completionOf(kNumber, "BC-2")).verdict(),
              "parked");
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).verdict(), "accepted");

    const auto file = caseFileOf(house.caseNumbered(kNumber));
    EXPECT_EQ(file.registerNumber, "12");
    ASSERT_EQ(file.notices.size(), 1U);
    EXPECT_EQ(file.notices.front().acknowledgedOn, base::Date(2026y / 4 / 6));
    EXPECT_EQ(file.notices.front().judgmentReceivedOn, base::Date(2026y / 4 / 7));
    EXPECT_EQ(file.stage(), model::Stage::Completed);
    const auto messages = house.store.cases().messagesOf(file.caseId);
    ASSERT_EQ(messages.size(), 1U);
    std::vector<std::string_view> events;
    for (const auto& event : eventsOf(messages.front())) events.push_back(nameOf(event.type));
    EXPECT_EQ(events, (std::vector<std::string_view>{"JudgmentTransferred", "Registered",
                                                     "NoticeIssued", "NoticeAcknowledged",
                                                     "StatusReported", "CompletionReported"}));
    EXPECT_EQ(house.store.cases().parkedCount(scenario::kEnforcement), 0U);
    EXPECT_EQ(house.store.cases().parkedCount(scenario::kCommittee), 0U);
    EXPECT_EQ(itemsFor(house, scenario::kCommittee, "VoluntaryNotice").size(), 1U);
    EXPECT_EQ(itemsFor(house, scenario::kCourt, "MonitoringResult").size(), 2U);
    expectClean(house);
}

TEST(DomainRules, AReportNeedsNoRegistration) {
    House house;
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).verdict(), "accepted");
    EXPECT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "BC-1")).verdict(),
              "accepted");
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "RECEIVED");
    EXPECT_EQ(house.send(house.committee, scenario::completionOf(kNumber, "BC-2")).verdict(),
              "accepted");
    EXPECT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "12")).verdict(),
              "accepted");
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "COMPLETED");
    EXPECT_EQ(itemsFor(house, scenario::kCourt, "MonitoringResult").size(), 2U);
    expectClean(house);
}

// Results go to the court of first instance alone (NĐ 71/2016 Đ.10.2, 12.3).
TEST(DomainRules, TheAppellateCourtIsNotToldTheResult) {
    House house;
    const std::string lower = "D01.26.K1";
    const std::string number = "1/2026/HC-PT";
    auto appeal = transferOf(number);
    appeal.ruling.reference.court = scenario::kOtherCourt;
    appeal.ruling.instance = model::Instance::Appeal;
    appeal.ruling.firstInstanceCourt = lower;
    ASSERT_EQ(house.send(house.otherCourt, appeal).verdict(), "accepted");
    auto status = scenario::statusOf(number, "BC-1");
    status.caseReference.ruling->court = scenario::kOtherCourt;
    ASSERT_EQ(house.send(house.committee, status).verdict(), "accepted");
    auto done = scenario::completionOf(number, "BC-2");
    done.caseReference = status.caseReference;
    ASSERT_EQ(house.send(house.committee, done).verdict(), "accepted");
    EXPECT_EQ(itemsFor(house, scenario::kOtherCourt, "MonitoringResult").size(), 0U);
    EXPECT_EQ(itemsFor(house, lower, "MonitoringResult").size(), 2U);
    expectClean(house);
}

TEST(DomainRules, WhoFollowedAnEndedAgencyIsToldInItsPlace) {
    House house;
    house.bringToNotice(kNumber);
    const TemporaryData data;
    data.replace("agencies/courts-provinces.xml",
                 "code=\"D01.21\" status=\"provisional\" kind=\"court\" level=\"province\" "
                 "territory=\"p63-64\">",
                 "code=\"D01.21\" status=\"provisional\" kind=\"court\" level=\"province\" "
                 "territory=\"p63-64\" until=\"2026-05-01\">");
    data.replace("agencies/courts-provinces.xml", "<name>Tòa án nhân dân tỉnh Gia Lai</name>",
                 "<name>Tòa án nhân dân tỉnh Gia Lai</name>\n    <successor code=\"" +
                     scenario::kOtherCourt + "\" on=\"2026-05-01\" type=\"whole\"/>");
    useData(house, data);
    static_cast<void>(itemsFor(house, scenario::kCourt, "TransferAcknowledgement"));
    ASSERT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "BC-1")).verdict(),
              "accepted");
    EXPECT_TRUE(itemsFor(house, scenario::kCourt, "MonitoringResult").empty()) << "it has ended";
    EXPECT_EQ(itemsFor(house, scenario::kOtherCourt, "MonitoringResult").size(), 1U);
}

TEST(DomainRules, PropertyPartsAreNotReportedOn) {
    House house;
    auto transfer = transferOf(kNumber);
    auto property = transfer.ruling.obligations.front();
    property.no = 2;
    property.category = model::Category::H;
    transfer.ruling.obligations.push_back(property);
    ASSERT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "12")).verdict(),
              "accepted");
    auto status = scenario::statusOf(kNumber, "BC-1");
    scenario::firstItem(status).child("obligation")->value = "2";
    EXPECT_EQ(house.send(house.committee, status).code(), "CONFLICT_STATE");
    auto done = scenario::completionOf(kNumber, "BC-2");
    scenario::firstItem(done).child("obligation")->value = "2";
    EXPECT_EQ(house.send(house.committee, done).code(), "CONFLICT_STATE");
    auto notice = scenario::noticeOf(kNumber, "TB-1");
    notice.content.child("obligations")->children.push_back(document::numberNode({}, "2"));
    const auto refused = house.send(house.enforcement, notice);
    EXPECT_EQ(refused.code(), "ACT_REFUSED");
    EXPECT_NE(refused.at("refusal/reasons/0/vi").find("điểm h"), std::string::npos);
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "REGISTERED");
}

// What is done has a day and minutes, which a status report has no place for.
TEST(DomainRules, WhatIsDoneIsToldByACompletionReport) {
    House house;
    house.bringToNotice(kNumber);
    auto report = scenario::statusOf(kNumber, "BC-1");
    scenario::say(scenario::firstItem(report), "progress", "done");
    const auto refused = house.send(house.committee, report);
    EXPECT_EQ(refused.code(), "ACT_REFUSED");
    EXPECT_TRUE(refused.at("refusal/reasons/0/path").ends_with("items/0/progress")) << refused.body;
    EXPECT_NE(refused.at("refusal/reasons/0/en").find("CompletionReport"), std::string::npos);
    scenario::say(scenario::firstItem(report), "progress", "partly");
    EXPECT_EQ(house.send(house.committee, report).verdict(), "accepted");
}

// What only the declarations had, in the canonical form of these acts.
TEST(DomainRules, OldActsSayAllThatTheirDeclarationsHave) {
    House house;
    house.bringToNotice(kNumber);
    auto report = scenario::statusOf(kNumber, "BC-1");
    scenario::say(report, "ground", std::string("9.9"));
    scenario::say(scenario::firstItem(report), "cause", "chờ hướng dẫn");
    const auto wrong = house.send(house.committee, report);
    EXPECT_TRUE(wrong.at("refusal/reasons/0/path").ends_with("ground")) << wrong.body;
    scenario::say(report, "ground", std::string("6.2c"));
    EXPECT_EQ(house.send(house.committee, report).verdict(), "accepted");
    auto notice = house.noticeOf(kNumber, "TB-1");
    EXPECT_EQ(house.send(house.enforcement, notice).code(), "CONFLICT_STATE") << "there is one";
    scenario::say(notice, "replaces", std::string("TB-1"));
    EXPECT_EQ(house.send(house.enforcement, notice).verdict(), "accepted");
}

// The recorded event carries the article by which the court sends that ruling.
TEST(DomainRules, EveryTransferIsRecordedUnderItsArticle) {
    struct Row {
        model::Instance instance;
        model::Category category;
        const char* basis;
    };
    using enum model::Instance;
    using enum model::Category;
    for (const auto& row :
         {Row{First, B, "Luật TTHC Đ.196.3"}, Row{Appeal, B, "Luật TTHC Đ.244.1"},
          Row{Cassation, B, "Luật TTHC Đ.279"}, Row{Reopening, B, "Luật TTHC Đ.279, 286"},
          Row{First, G, "Luật TTHC Đ.75.2"}, Row{First, E, "Luật TTHC Đ.202.2"},
          Row{Appeal, G, "Luật TTHC Đ.75.2"}}) {
        model::Ruling ruling;
        ruling.instance = row.instance;
        model::Obligation obligation;
        obligation.category = row.category;
        ruling.obligations.push_back(obligation);
        const model::Act act{scenario::kCourt, "m", "digest", base::SystemClock().now()};
        EXPECT_EQ(transferEvent(act, ruling, {}, "case").legalBasis, row.basis);
    }
}

TEST(DomainRules, EveryActIsRecordedUnderItsArticle) {
    House house;
    house.bringToNotice(kNumber);
    ASSERT_EQ(house.send(house.committee, house.noticeSeen(kNumber, "TB-1")).status, 200);
    ASSERT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "BC-1")).status, 200);
    ASSERT_EQ(house.send(house.committee, scenario::completionOf(kNumber, "BC-2")).status, 200);
    std::vector<std::string> bases;
    for (const auto& message : house.store.cases().messagesOf(house.caseNumbered(kNumber).caseId))
        for (const auto& event : eventsOf(message)) bases.push_back(event.legalBasis);
    EXPECT_EQ(bases, (std::vector<std::string>{"Luật TTHC Đ.196.3", "NĐ 71/2016 Đ.14.1",
                                               "NĐ 71/2016 Đ.14.2", "NĐ 30/2020 Đ.21.2",
                                               "NĐ 71/2016 Đ.10.2", "NĐ 71/2016 Đ.10.2"}))
        << "12.3 is the article of a completion after a compelling decision";
}

TEST(DomainRules, TheDayThatStartsTheTermIsKept) {
    House house;
    house.bringToNotice(kNumber);
    auto seen = house.noticeSeen(kNumber, "TB-1");
    scenario::say(seen, "judgmentReceivedOn", 2026y / 4 / 5);
    ASSERT_EQ(house.send(house.committee, seen).verdict(), "accepted");
    const auto file = caseFileOf(house.caseNumbered(kNumber));
    EXPECT_EQ(file.notices.front().judgmentReceivedOn, base::Date(2026y / 4 / 5));
    EXPECT_EQ(file.notices.front().acknowledgedOn, base::vietnamDate(house.clock.now()));
    const auto told = itemsFor(house, scenario::kEnforcement, "NoticeAcknowledgement");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_NE(told.front().content.find("\"judgmentReceivedOn\":\"2026-04-05\""), std::string::npos)
        << "the officer counts from it";
}

// Whose act it is stands in its declaration, for every act: another role there, another verdict.
TEST(DomainRules, TheRightsOfTheDataAreTheRightsApplied) {
    struct Row {
        const char *type, *good, *bad, *refused;
        std::function<scenario::Reply(House&)> act;
    };
    const Row rows[] = {
        {"TransferAcknowledgement", "thads", "department", "FORBIDDEN_TYPE",
         [](House& h) {
             return h.send(h.enforcement, scenario::registrationOf("3/2026/HC-ST", "13"));
         }},
        {"VoluntaryNotice", "thads", "procuracy-first", "FORBIDDEN_TYPE",
         [](House& h) { return h.send(h.enforcement, h.noticeOf("4/2026/HC-ST", "TB-4")); }},
        {"NoticeAcknowledgement", "obligated", "court-first", "FORBIDDEN_TYPE",
         [](House& h) { return h.send(h.committee, h.noticeSeen(kNumber, "TB-1")); }},
        {"StatusReport", "obligated", "superior-defendant", "FORBIDDEN_CASE",
         [](House& h) { return h.send(h.committee, scenario::statusOf(kNumber, "BC-1")); }}};
    for (const auto& row : rows) {
        SCOPED_TRACE(row.type);
        House house;
        house.bringToNotice(kNumber);
        ASSERT_EQ(house.send(house.court, transferOf("3/2026/HC-ST")).status, 200);
        ASSERT_EQ(house.send(house.court, transferOf("4/2026/HC-ST")).status, 200);
        const auto good = house.snapshots.current();
        const TemporaryData data;
        data.replace(std::string("acts/") + row.type + ".xml",
                     std::string("<sender role=\"") + row.good + "\"",
                     std::string("<sender role=\"") + row.bad + "\"");
        useData(house, data);
        EXPECT_EQ(row.act(house).code(), row.refused) << "a role that its kind can hold, or none";
        house.snapshots.replace(good);
        EXPECT_EQ(row.act(house).verdict(), "accepted");
    }
}

// A transfer's right stands with its court's kind.
TEST(DomainRules, WhoMayTransferIsTheKindsToSay) {
    House house;
    const TemporaryData data;
    data.replace("connectors/court/kind.xml",
                 "<sends type=\"JudgmentTransfer\" as=\"court first-instance-court\"",
                 "<sends type=\"JudgmentTransfer\" as=\"procuracy\"");
    useData(house, data);
    EXPECT_EQ(house.send(house.court, transferOf(kNumber)).code(), "FORBIDDEN_CASE");
}

TEST(DomainRules, AnActInACaseNeedsARoleInTheData) {
    const TemporaryData silent;
    silent.replace("connectors/court/kind.xml",
                   "type=\"JudgmentTransfer\" as=\"court first-instance-court\"",
                   "type=\"JudgmentTransfer\"");
    EXPECT_THROW(static_cast<void>(silent.load()), base::Fault);
    const TemporaryData twice;
    twice.replace("connectors/peoples_committee/kind.xml", "<sends type=\"Ping\"",
                  "<sends type=\"StatusReport\"");
    EXPECT_THROW(static_cast<void>(twice.load()), base::Fault) << "mappings/acts says it";
    const TemporaryData idle;
    idle.replace("connectors/peoples_committee/kind.xml", "<sends type=\"Ping\"",
                 "<sends type=\"Ping\" as=\"obligated\"");
    EXPECT_THROW(static_cast<void>(idle.load()), base::Fault);
}

// One name, composed and decomposed (Unicode NFC and NFD).
TEST(DomainRules, OneTextInAnyUnicodeFormIsOneText) {
    House house;
    auto composed = transferOf(kNumber);
    composed.ruling.parties.front().name = "Ông L\xC3\xAA V\xC4\x83n Th\xE1\xBB\xAD";
    auto decomposed = composed;
    decomposed.ruling.parties.front().name = "Ông Le\xCC\x82 Va\xCC\x86n Thu\xCC\x9B\xCC\x89";
    ASSERT_EQ(house.send(house.court, composed).verdict(), "accepted");
    const auto second = house.send(house.court, decomposed);
    EXPECT_EQ(second.verdict(), "linked") << second.body;
    EXPECT_EQ(caseFileOf(house.caseNumbered(kNumber)).ruling.parties.front().name,
              composed.ruling.parties.front().name);
    auto other = composed;
    other.ruling.parties.front().name = "Ông Le Van Thu";
    EXPECT_EQ(house.send(house.court, other).code(), "CONFLICT_CASE") << "marks are letters";
}

TEST(DomainRules, NumbersAreFoundInAnyUnicodeForm) {
    House house;
    const std::string composed = "5/2026/Q\xC4\x90-P\xE1\xBA\xBF";
    const std::string decomposed = "5/2026/Q\xC4\x90-Pe\xCC\x82\xCC\x81";
    ASSERT_EQ(house.send(house.court, transferOf(composed)).verdict(), "accepted");
    EXPECT_EQ(house.send(house.enforcement, scenario::registrationOf(decomposed, "12")).verdict(),
              "accepted");
    const std::string notice = "TB-\xE1\xBA\xBF", asTyped = "TB-e\xCC\x82\xCC\x81";
    ASSERT_EQ(house.send(house.enforcement, scenario::noticeOf(composed, notice)).status, 200);
    EXPECT_EQ(house.send(house.committee, scenario::noticeSeen(decomposed, asTyped)).verdict(),
              "accepted");
    model::MonitoringQuery query;
    query.select.number = decomposed;
    EXPECT_NE(house.ask(house.court, query).at("queryAnswer/cases/0/caseId"), "");
    expectClean(house);
}

TEST(DomainRules, ATrialLeavesALine) {
    House house;
    const auto linesOf = [&](const scenario::Agency& from, model::Payload payload) {
        testing::internal::CaptureStderr();
        static_cast<void>(
            house.send(from, from.json(house.message(from, std::move(payload))), true));
        base::flushLog(5s);
        return testing::internal::GetCapturedStderr();
    };
    const auto good = linesOf(house.court, transferOf(kNumber));
    EXPECT_NE(good.find("message.dry_run"), std::string::npos) << good;
    EXPECT_NE(good.find("would-accept"), std::string::npos) << good;
    EXPECT_NE(good.find(scenario::kCourt), std::string::npos) << good;
    const auto foreign = linesOf(house.otherCourt, transferOf(kNumber));
    EXPECT_NE(foreign.find("message.dry_run"), std::string::npos) << foreign;
    EXPECT_NE(foreign.find("FORBIDDEN_CASE"), std::string::npos) << foreign;
    EXPECT_EQ(house.store.cases().parkedCount(scenario::kOtherCourt), 0U);
}

TEST(DomainRules, ClosedSetsAreClosed) {
    House house;
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).status, 200);
    const auto bent = [&](const scenario::Agency& from, model::Payload payload,
                          const std::string& good, const std::string& bad) {
        auto text =
            document::writeJson(mapping::unbindMessage(house.message(from, std::move(payload))));
        const auto at = text.find(good);
        EXPECT_NE(at, std::string::npos) << good;
        return from.signJson(text.replace(at, good.size(), bad));
    };
    const auto entry = house.send(house.enforcement,
                                  bent(house.enforcement, scenario::registrationOf(kNumber, "12"),
                                       "\"electronic\"", "\"banana\""));
    EXPECT_EQ(entry.code(), "MAPPING_VALUE") << entry.body;
    EXPECT_TRUE(entry.at("refusal/reasons/0/path").ends_with("formOfReceipt")) << entry.body;
    EXPECT_NE(entry.at("refusal/reasons/0/en").find("electronic, direct, post, other"),
              std::string::npos);
    model::MonitoringQuery query;
    query.select.stage = model::Stage::Received;
    const auto asked =
        house.ask(house.court, bent(house.court, query, "\"RECEIVED\"", "\"RECIEVED\""));
    EXPECT_EQ(asked.code(), "MAPPING_VALUE") << asked.body;
    EXPECT_TRUE(asked.at("refusal/reasons/0/path").ends_with("stage")) << asked.body;
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "RECEIVED");
}

}  // namespace
}  // namespace gateway::exchange::fixture
