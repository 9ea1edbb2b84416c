#include "gateway/exchange/reference/plausibility.h"

#include <gtest/gtest.h>

#include <set>

#include "gateway/base/time_format.h"
#include "tests/unit/exchange/house.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange::fixture {
namespace {

using namespace std::chrono_literals;
using model::MessageType;

constexpr const char* kNumber = "1/2026/HC-ST";
const base::Date kToday = 2026y / 6 / 15;

const Plausibility& rules() {
    static const auto data = projectData();
    return data->plausibility();
}

std::string placeOf(const model::Payload& payload) {
    const auto problem = rules().implausible(payload, kToday);
    if (!problem) return "plausible";
    EXPECT_EQ(problem->code, base::ErrorCode::MAPPING_VALUE);
    return problem->path;
}

// That each of their days and numbers has a row is demanded when the file is loaded.
TEST(Plausibility, EveryMessageThatAPartnerSendsHasBounds) {
    using enum MessageType;
    std::set<MessageType> bounded;
    for (const auto& row : rules().bounds()) bounded.insert(row.type);
    const std::set<MessageType> sent = {JudgmentTransfer, DeclaredAct,     DocumentTransfer,
                                        MonitoringQuery,  StatisticsQuery, WorkListQuery,
                                        BreachQuery};
    EXPECT_EQ(bounded, sent);
}

// An office that states other bounds gets other verdicts, without a line of code.
TEST(Plausibility, TheBoundsAreThoseOfTheFile) {
    const TemporaryData copy;
    copy.replace("case-model/plausibility.xml", "is=\"1880\"", "is=\"1990\"");
    auto transfer = scenario::transferOf(kNumber);
    transfer.ruling.parties.front().birthYear = 1950;
    EXPECT_EQ(placeOf(transfer), "plausible");
    const auto problem = copy.load()->plausibility().implausible(transfer, kToday);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->path, "ruling/parties/0/birthYear");
}

TEST(Plausibility, WhatHappensIsPlausible) {
    EXPECT_EQ(placeOf(scenario::transferOf(kNumber)), "plausible");
    EXPECT_EQ(placeOf(scenario::registrationOf(kNumber, "12")), "plausible");
    EXPECT_EQ(placeOf(scenario::noticeOf(kNumber, "TB-1")), "plausible");
    EXPECT_EQ(placeOf(scenario::noticeSeen(kNumber, "TB-1")), "plausible");
    EXPECT_EQ(placeOf(scenario::statusOf(kNumber, "BC-1")), "plausible");
    EXPECT_EQ(placeOf(scenario::completionOf(kNumber, "BC-2")), "plausible");
}

TEST(Plausibility, RulingsHaveTheirDaysInOrder) {
    const auto with = [](const auto& bend) {
        auto transfer = scenario::transferOf(kNumber);
        bend(transfer.ruling);
        return placeOf(transfer);
    };
    using R = model::Ruling;
    EXPECT_EQ(with([](R& r) { r.reference.issuedOn = 2026y / 6 / 16; }),
              "ruling/reference/issuedOn");
    EXPECT_EQ(with([](R& r) { r.reference.issuedOn = 206y / 3 / 2; }), "ruling/reference/issuedOn");
    EXPECT_EQ(with([](R& r) { r.effectiveOn = 2026y / 3 / 1; }), "ruling/effectiveOn");
    EXPECT_EQ(with([](R& r) { r.effectiveOn = 2126y / 3 / 1; }), "ruling/effectiveOn");
    EXPECT_EQ(with([](R& r) { r.effectiveOn = 2026y / 3 / 2; }), "plausible") << "at once";
    EXPECT_EQ(with([](R& r) { r.deliveredToObligatedOn = 2026y / 3 / 1; }),
              "ruling/deliveredToObligatedOn");
    EXPECT_EQ(with([](R& r) { r.deliveredToObligatedOn = 2026y / 6 / 16; }),
              "ruling/deliveredToObligatedOn");
    EXPECT_EQ(with([](R& r) { r.obligations.front().amountVnd = -1; }),
              "ruling/obligations/0/amountVnd");
    EXPECT_EQ(with([](R& r) { r.obligations.front().amountVnd = 0; }), "plausible");
    EXPECT_EQ(with([](R& r) { r.obligations.front().no = 0; }), "ruling/obligations/0/no");
    EXPECT_EQ(with([](R& r) { r.parties.front().birthYear = 2027; }), "ruling/parties/0/birthYear");
    EXPECT_EQ(with([](R& r) { r.parties.front().birthYear = 198; }), "ruling/parties/0/birthYear");
}

TEST(Plausibility, WhatStandsBesideAnActIsBounded) {
    auto seen = scenario::noticeSeen(kNumber, "TB-1");
    seen.caseReference.ruling->issuedOn = 206y / 3 / 2;
    EXPECT_EQ(placeOf(seen), "case/ruling/issuedOn") << "of every act that is declared";
}

TEST(Plausibility, ABlankIsNoName) {
    for (const char* blank :
         {" ", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\t\n", "\xE3\x80\x80"}) {
        auto transfer = scenario::transferOf(kNumber);
        transfer.ruling.parties.front().name = blank;
        EXPECT_EQ(placeOf(transfer), "ruling/parties/0/name");
        transfer = scenario::transferOf(kNumber);
        transfer.ruling.presidingJudge = blank;
        EXPECT_EQ(placeOf(transfer), "ruling/presidingJudge");
        auto entry = scenario::registrationOf(kNumber, blank);
        EXPECT_EQ(placeOf(entry), "registerNumber");
    }
}

TEST(Plausibility, QuestionsGoForwardInTime) {
    model::MonitoringQuery query;
    query.select.issuedFrom = 2026y / 3 / 2;
    query.select.issuedUntil = 2026y / 3 / 1;
    EXPECT_EQ(placeOf(query), "select/issuedUntil");
    query.select.issuedUntil = query.select.issuedFrom;
    EXPECT_EQ(placeOf(query), "plausible");
    query.select.number = "\xC2\xA0";
    EXPECT_EQ(placeOf(query), "select/number") << "it would select every case";
}

// On the whole road: the place in the sender's document, and nothing is recorded.
TEST(Plausibility, IsJudgedWithWhatTheCaseKnows) {
    House house;
    house.bringToNotice(kNumber);
    auto byId = scenario::completionOf(kNumber, "BC-2");
    byId.caseReference = {house.caseNumbered(kNumber).caseId, {}};
    scenario::say(scenario::firstItem(byId), "completedOn", "2026-03-01");
    const auto reply = house.send(house.committee, byId);
    EXPECT_EQ(reply.code(), "ACT_REFUSED") << reply.body;
    EXPECT_TRUE(reply.at("refusal/reasons/0/path").ends_with("completedOn")) << reply.body;
    EXPECT_NE(reply.at("refusal/reasons/0/en").find("completed before the ruling"),
              std::string::npos);
    auto seen = scenario::noticeSeen(kNumber, "TB-1");
    scenario::say(seen, "receivedOn", 2026y / 4 / 2);
    const auto early = house.send(house.committee, seen);
    EXPECT_EQ(early.code(), "ACT_REFUSED");
    EXPECT_TRUE(early.at("refusal/reasons/0/path").ends_with("receivedOn")) << early.body;
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "VOLUNTARY");
    scenario::say(scenario::firstItem(byId), "completedOn", "2026-03-02");
    EXPECT_EQ(house.send(house.committee, byId).verdict(), "accepted");
}

// Every free text of every message: names, subjects, file names.
TEST(Plausibility, WhatIsNotFitToReadIsNotPassedOn) {
    auto transfer = scenario::transferOf(kNumber);
    transfer.ruling.parties.front().name = "Nguy\xEF\xBF\xBDn Văn A";
    EXPECT_EQ(placeOf(transfer), "ruling/parties/0/name");
    transfer = scenario::transferOf(kNumber);
    transfer.ruling.subject = "B\u00B6n \u00B8n";
    EXPECT_EQ(placeOf(transfer), "ruling/subject");
    const auto problem = rules().implausible(transfer, kToday);
    EXPECT_NE(base::render(*problem).vi.find("TCVN3"), std::string::npos);
    model::DocumentTransfer letter;
    letter.documentId = "d1";
    letter.number = "1";
    letter.notation = "UBND";
    letter.subject = "Báo cáo\u202Efdp.exe";
    EXPECT_EQ(placeOf(letter), "subject");
    EXPECT_EQ(base::render(*rules().implausible(letter, kToday)).en.find("\u202E"),
              std::string::npos);
}

TEST(Plausibility, AFileNameHasNoPath) {
    const auto placeNamed = [](const std::string& name) {
        auto transfer = scenario::transferOf(kNumber);
        model::Attachment file;
        file.fileName = name;
        file.mediaType = "application/pdf";
        transfer.ruling.attachments = {file};
        return placeOf(transfer);
    };
    EXPECT_EQ(placeNamed("Bản án 05-2026.pdf"), "plausible");
    EXPECT_EQ(placeNamed(std::string(251, 'a') + ".pdf"), "plausible");
    for (const std::string& bad :
         {std::string("../../etc/passwd"), std::string("C:\\a.pdf"), std::string("a/b.pdf"),
          std::string(".."), std::string("."), std::string("a\nb.pdf"), std::string("a\tb"),
          std::string("fdp.\u202Eexe"), std::string(252, 'a') + ".pdf"})
        EXPECT_EQ(placeNamed(bad), "ruling/attachments/0/fileName") << bad;
}

}  // namespace
}  // namespace gateway::exchange::fixture
