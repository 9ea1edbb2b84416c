// Sheets of the joint statistics between offices: one file a period, judged under its version.
// Law: TTLT 12/2021/TTLT-BTP-VKSNDTC-TANDTC Đ.6-10.
#include "gateway/exchange/acts/period_clock.h"

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/acts/case_clock.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/office_figures.h"
#include "gateway/law/figures/figures.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

const Identity kIdentity{"thahc", "test"};
constexpr const char* kNumber = "1/2026/HC-ST";

using scenario::actOf;

const std::string kPeriod = R"("period":{"from":"2025-10-01","until":"2026-09-30","kind":"12"})";

class SheetsTest : public testing::Test {
  protected:
    scenario::Reply lock() {
        house.clock.advance(1min);
        auto reply = house.send(
            house.enforcement,
            actOf("PeriodLocked", R"({"office":"G15.90.21",)" + kPeriod +
                                      R"(,"cutoff":"2026-10-01T17:00:00+07:00","snapshot":"ab"})"));
        if (reply.status == 200) lock_ = reply.at("receipt/messageId");
        return reply;
    }
    scenario::Reply send(int version, const std::string& cells = R"([{"column":"A1","value":0}])",
                         const std::string& lines = {}) {
        house.clock.advance(1min);
        auto reply = house.send(
            house.enforcement,
            actOf("ReconciliationSheet",
                  R"({"form":"03",)" + kPeriod +
                      R"(,"lead":"G15.90.21","counterpart":"D01.21","version":)" +
                      std::to_string(version) + R"(,"cells":)" + cells +
                      (lines.empty() ? "" : R"(,"lines":)" + lines) + R"(,"lock":{"message":")" +
                      lock_ + R"("},"signers":[{"name":"Ông Mẫu","position":"Trưởng"}]})"));
        if (reply.status == 200) {
            sheet_ = reply.at("receipt/messageId");
            sha256_ = reply.at("receipt/contentSha256");
        }
        return reply;
    }
    [[nodiscard]] std::string naming() const {
        return R"("sheet":{"message":")" + sheet_ + R"(","sha256":")" + sha256_ + R"("})";
    }
    scenario::Reply sign(const scenario::Agency& who) {
        house.clock.advance(1min);
        return house.send(who, actOf("SheetCounterSignature",
                                     "{" + naming() +
                                         R"(,"signers":[{"name":"Bà Mẫu","position":"Chánh án"}],
                                             "on":"2026-11-01"})"));
    }
    scenario::Reply differ() {
        house.clock.advance(1min);
        return house.send(house.court,
                          actOf("SheetMismatch", "{" + naming() +
                                                     R"(,"lines":[{"column":"A1","leadValue":0,
                                           "counterpartValue":1}],"on":"2026-11-01"})"));
    }
    scenario::Reply list(const std::string& number) {
        house.clock.advance(1min);
        return house.send(
            house.court,
            actOf("CourtTransferList",
                  R"({"court":"D01.21","enforcement":"G15.90.21",)" +
                      std::string(R"("period":{"from":"2025-10-01","until":"2026-09-30"})") +
                      R"(,"lines":[{"ruling":{"court":"D01.21","number":")" + number +
                      R"(","issuedOn":"2026-03-02"},"class":"first-instance",
                          "sentOn":"2026-04-02","form":"electronic"}]})"));
    }
    [[nodiscard]] model::CaseFile file() {
        return caseFileOf(
            house.store.cases().find(matterId(law::kPeriod, "G15.90.21 2026-09-30")).value());
    }
    [[nodiscard]] std::string state() {
        const auto kept = file();
        for (const auto& part : kept.matter->parts)
            if (part.kind == "03" && part.agencies == std::vector<std::string>{"D01.21"})
                return part.state;
        return "none";
    }
    [[nodiscard]] static bool hasNote(const scenario::Reply& reply, const std::string& note) {
        for (int i = 0; i < 9; ++i)
            if (reply.at("receipt/notes/" + std::to_string(i)) == note) return true;
        return false;
    }
    /// Rules of what the agency itself owes, by its work list.
    [[nodiscard]] std::vector<std::string> owedBy(const scenario::Agency& agency) {
        model::WorkListQuery query;
        query.ownOnly = true;
        const auto reply = house.ask(agency, query);
        EXPECT_EQ(reply.status, 200) << reply.body;
        std::vector<std::string> rules;
        const auto* list = scenario::nodeAt(reply.content, "termList");
        if (!list) return rules;
        const auto found = mapping::fromNode<model::TermList>(*list).value();
        for (const auto& line : found.lines) {
            EXPECT_EQ(line.subject, "period");
            EXPECT_EQ(line.owedBy, agency.code());
            rules.push_back(line.rule);
        }
        return rules;
    }
    void expectClean() {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    House house;
    std::string lock_, sheet_, sha256_;
};

TEST_F(SheetsTest, WhatIsOwedStandsInTheWorkListOfWhomOwesIt) {
    ASSERT_EQ(lock().verdict(), "accepted");
    const auto theirs = owedBy(house.enforcement);
    EXPECT_EQ(std::ranges::count(theirs, "stat-send-for-signature"), 1);
    EXPECT_TRUE(owedBy(house.court).empty());
    ASSERT_EQ(send(1).verdict(), "accepted");
    EXPECT_EQ(owedBy(house.court), std::vector<std::string>{"stat-countersign"});
    EXPECT_EQ(std::ranges::count(owedBy(house.enforcement), "stat-send-for-signature"), 0);
    ASSERT_EQ(sign(house.court).verdict(), "accepted");
    EXPECT_TRUE(owedBy(house.court).empty());
    expectClean();
}

TEST_F(SheetsTest, FromTheLockToTheSignatureWithOneMismatch) {
    ASSERT_EQ(lock().verdict(), "accepted");
    EXPECT_EQ(state(), "LOCKED");
    ASSERT_EQ(send(1).verdict(), "accepted");
    EXPECT_EQ(state(), "SENT");
    const auto old = naming();
    ASSERT_EQ(differ().verdict(), "accepted");
    EXPECT_EQ(state(), "DISPUTED");
    ASSERT_EQ(lock().verdict(), "accepted");
    ASSERT_EQ(send(2).verdict(), "accepted");
    const auto late = house.send(
        house.court,
        actOf("SheetCounterSignature", "{" + old + R"(,"signers":[{"name":"B","position":"C"}],
                                           "on":"2026-11-01"})"));
    EXPECT_EQ(late.code(), "ACT_REFUSED");
    EXPECT_NE(late.at("refusal/reasons/0/en").find("OTHER_VERSION"), std::string::npos);
    ASSERT_EQ(sign(house.court).verdict(), "accepted");
    EXPECT_EQ(state(), "COUNTERSIGNED");
    const auto again = send(3);
    EXPECT_EQ(again.code(), "CONFLICT_STATE");
    const auto en = again.at("refusal/reasons/0/en"), vi = again.at("refusal/reasons/0/vi");
    EXPECT_NE(vi.find("Đã ký xác nhận"), std::string::npos) << "names the state: " << vi;
    EXPECT_NE(en.find("SheetForwarded"), std::string::npos) << "and what is legal now: " << en;
    expectClean();
}

TEST_F(SheetsTest, ACorrectionIsToldToAllOfTheSheetButItsAuthor) {
    lock();
    send(1);
    ASSERT_EQ(sign(house.court).verdict(), "accepted");
    house.clock.advance(1min);
    const auto corrected =
        house.send(house.enforcement,
                   actOf("SheetCorrection",
                         "{" + naming() +
                             R"(,"lines":[{"column":"A1","was":0,"is":1,"reason":"ghi thiếu"}],
                      "intoPeriod":{"from":"2026-10-01","until":"2026-12-31","kind":"3"}})"));
    ASSERT_EQ(corrected.verdict(), "accepted") << corrected.at("refusal/reasons/0/en");
    std::map<std::string, int> told;
    house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
        if (item.messageType == "SheetCorrection") ++told[item.recipient];
        return true;
    });
    EXPECT_EQ(told["D01.21"], 1);
    EXPECT_EQ(told.count("G15.90.21"), 0U);
    for (const auto& message : house.store.cases().messagesOf(file().caseId))
        for (const auto& event : eventsOf(message))
            for (const auto& one : event.decided->told) EXPECT_NE(one.agency, event.actor);
}

TEST_F(SheetsTest, OnlyTheOfficesOfTheSheetSpeakOfIt) {
    lock();
    ASSERT_EQ(send(1).verdict(), "accepted");
    EXPECT_EQ(sign(house.otherCourt).code(), "FORBIDDEN_CASE");
    EXPECT_EQ(sign(house.enforcement).code(), "FORBIDDEN_CASE") << "nobody signs for the other";
    EXPECT_EQ(sign(house.procuracy).code(), "FORBIDDEN_CASE");
    EXPECT_EQ(state(), "SENT");
}

TEST_F(SheetsTest, FiguresThatContradictThemselvesAreNotTaken) {
    lock();
    const auto broken = send(1, R"([{"column":"B6","value":3},{"column":"B7","value":1},
                                    {"column":"B8","value":0},{"column":"B9","value":1}])");
    EXPECT_EQ(broken.code(), "ACT_REFUSED");
    EXPECT_NE(broken.at("refusal/reasons/0/en").find("IDENTITY"), std::string::npos);
    EXPECT_EQ(broken.at("refusal/reasons/0/path"), "/reconciliationSheet/cells");
    const auto lines = std::string(R"([{"ruling":{"court":"D01.21","number":"1/2026/HC-ST",
                                       "issuedOn":"2026-03-02"},"columns":["A2"]}])");
    EXPECT_EQ(send(1, R"([{"column":"A2","value":2}])", lines).code(), "ACT_REFUSED");
    EXPECT_EQ(send(1, R"([{"column":"Z9","value":2}])").code(), "ACT_REFUSED");
    EXPECT_EQ(send(1, R"([{"column":"A2","value":1}])", lines).verdict(), "accepted");
}

// Of two that are judged on one state only one is taken as it was judged.
TEST_F(SheetsTest, TwoAnswersOnOneStateAreNotBothTaken) {
    lock();
    ASSERT_EQ(send(1).verdict(), "accepted");
    bool raced = false;
    house.ledger.onAccept =
        [&](const store::Acceptance& acceptance) -> std::optional<store::AcceptOutcome> {
        if (raced || acceptance.message.messageType != "SheetCounterSignature") return {};
        raced = true;
        EXPECT_EQ(differ().verdict(), "accepted");  // between judgement and commit
        return {};
    };
    const auto reply = sign(house.court);
    EXPECT_EQ(reply.code(), "CONFLICT_STATE") << reply.body;
    EXPECT_EQ(state(), "DISPUTED");
    expectClean();
}

TEST_F(SheetsTest, ACourtsListIsReadIntoTheFiguresAndWarnsAtTheLock) {
    ASSERT_EQ(list("9/2026/HC-ST").verdict(), "accepted");
    const law::figures::Period period{law::figures::Months::Twelve, 2026};
    const auto& reference = *house.snapshots.current()->reference;
    const auto histories = officeHistories(reference, house.store.cases(), "G15.90.21", period);
    const auto table =
        law::figures::Figures(reference.figures()).count(histories, period, house.clock.now());
    EXPECT_EQ(table.column("A1")->whole.value(), 1);
    EXPECT_EQ(table.column("A2")->whole.value(), 0);
    EXPECT_EQ(table.column("A3")->whole.value(), 1) << "sent, not received";
    EXPECT_TRUE(table.holds()) << "A1 - A3 = A2 - A4";
    const auto before =
        law::figures::Figures(reference.figures()).count(histories, period, house.clock.now() - 1h);
    EXPECT_EQ(before.column("A1")->whole.value(), 0) << "it was not known then";
    const auto reply = lock();
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_TRUE(hasNote(reply, "mark:SENT_NOT_RECEIVED")) << reply.body;
    ASSERT_EQ(send(1, R"([{"column":"A1","value":1},{"column":"A2","value":0},
                          {"column":"A3","value":1},{"column":"A4","value":0}])")
                  .verdict(),
              "accepted");
    EXPECT_EQ(sign(house.court).code(), "ACT_REFUSED") << "A3 without an agreed reason";
}

// Case by case: which rulings only one side has, held against the lines of the sheet.
TEST_F(SheetsTest, AMismatchSaysWhatTheSheetSaysAndNamesTheRulings) {
    lock();
    const auto ruling = [](const char* number) {
        return R"({"court":"D01.21","number":")" + std::string(number) +
               R"(","issuedOn":"2026-03-02"})";
    };
    ASSERT_EQ(send(1, R"([{"column":"A2","value":1}])",
                   R"([{"ruling":)" + ruling("1/2026/HC-ST") + R"(,"columns":["A2"]}])")
                  .verdict(),
              "accepted");
    const auto mismatch = [&](const std::string& line) {
        house.clock.advance(1min);
        return house.send(house.court,
                          actOf("SheetMismatch", "{" + naming() + R"(,"lines":[{)" + line +
                                                     R"(}],"on":"2026-11-01"})"));
    };
    const auto rulings = [&](const std::string& named) { return R"(,"rulings":[)" + named + "]"; };
    const std::string differs = R"("column":"A2","leadValue":1,"counterpartValue":2)";
    for (const auto& [line, code] :
         {std::pair{std::string(R"("column":"A2","leadValue":3,"counterpartValue":2)"),
                    "OTHER_FIGURE"},
          {R"("column":"A2","leadValue":1,"counterpartValue":1)", "OTHER_FIGURE"},
          {R"("column":"A1","leadValue":0,"counterpartValue":1)", "OTHER_FIGURE"},
          {differs, "UNNAMED"},
          {differs + rulings(ruling("1/2026/HC-ST")), "UNNAMED"},
          {differs + rulings(ruling("2/2026/HC-ST") + "," + ruling("3/2026/HC-ST")), "UNNAMED"}}) {
        const auto reply = mismatch(line);
        EXPECT_EQ(reply.code(), "ACT_REFUSED") << line << reply.body;
        EXPECT_NE(reply.at("refusal/reasons/0/en").find(code), std::string::npos) << line;
        EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/sheetMismatch/lines");
    }
    EXPECT_EQ(state(), "SENT");
    // Two that the court has alone, one that only the sheet has.
    EXPECT_EQ(mismatch(differs + rulings(ruling("1/2026/HC-ST") + "," + ruling("2/2026/HC-ST") +
                                         "," + ruling("3/2026/HC-ST")))
                  .verdict(),
              "accepted");
    EXPECT_EQ(state(), "DISPUTED");
    expectClean();
}

// TTLT 12/2021 9.1c: what the department reports is what the offices have signed and sent up.
TEST_F(SheetsTest, AJointReportIsTheSumOfWhatWasSentUp) {
    const scenario::Agency department(world(), "G15.90");
    const auto joint = [&](int value) {
        house.clock.advance(1min);
        return house.send(
            department,
            actOf("PeriodReport",
                  R"({"period":{"from":"2025-10-01","until":"2026-09-30","kind":"joint"},)" +
                      std::string(R"("cells":[{"column":"A2","value":)") + std::to_string(value) +
                      "}]}"));
    };
    lock();
    ASSERT_EQ(send(1, R"([{"column":"A2","value":1}])").verdict(), "accepted");
    ASSERT_EQ(sign(house.court).verdict(), "accepted");
    const auto early = joint(1);
    EXPECT_EQ(early.code(), "ACT_REFUSED") << "signed, not sent up: " << early.body;
    EXPECT_NE(early.at("refusal/reasons/0/en").find("OTHER_SUM"), std::string::npos);
    EXPECT_EQ(early.at("refusal/reasons/0/path"), "/periodReport/cells");
    const auto sent =
        house.send(house.enforcement,
                   actOf("SheetForwarded",
                         "{" + naming() + R"(,"to":"G15.90","channel":"electronic-signed"})"));
    ASSERT_EQ(sent.verdict(), "accepted") << sent.body;
    EXPECT_EQ(joint(2).code(), "ACT_REFUSED");
    const auto taken = joint(1);
    EXPECT_EQ(taken.verdict(), "accepted") << taken.body;
    expectClean();
}

// A court that sends its list again says what it has sent, not what it has sent besides.
TEST_F(SheetsTest, ANewerListOfACourtTakesThePlaceOfTheOlder) {
    ASSERT_EQ(list("9/2026/HC-ST").verdict(), "accepted");
    const auto first = house.clock.now();
    ASSERT_EQ(list("10/2026/HC-ST").verdict(), "accepted");
    const law::figures::Period period{law::figures::Months::Twelve, 2026};
    const auto& reference = *house.snapshots.current()->reference;
    const auto histories = officeHistories(reference, house.store.cases(), "G15.90.21", period);
    const auto listedAt = [&](base::Timestamp at) {
        std::vector<std::string> numbers;
        const auto table = law::figures::Figures(reference.figures()).count(histories, period, at);
        for (const auto& history : histories)
            for (const auto& line : history.listed)
                if (line.knownAt(at))
                    numbers.push_back(history.versions.front().ruling.reference.number);
        EXPECT_EQ(table.column("A1")->whole.value(), std::ssize(numbers));
        EXPECT_EQ(table.column("A3")->whole.value(), std::ssize(numbers));
        EXPECT_TRUE(table.holds());
        return numbers;
    };
    EXPECT_EQ(listedAt(house.clock.now()), std::vector<std::string>{"10/2026/HC-ST"});
    EXPECT_EQ(listedAt(first), std::vector<std::string>{"9/2026/HC-ST"}) << "as it was known";
}

TEST_F(SheetsTest, TheClockOpensThePeriodsFilesOnceAndTellsOnce) {
    // The log knows the period: something was recorded before it ended.
    EXPECT_EQ(house.send(house.court, scenario::transferOf(kNumber)).status, 200);
    const auto until = law::figures::Period{law::figures::Months::Three, 2027}.last();
    const auto day = std::chrono::sys_days(until) + std::chrono::days(1);
    PeriodClock ticking(kIdentity, house.snapshots, house.ledger, house.store.cases(), house.bell,
                        house.clock);
    EXPECT_FALSE(ticking.tick());
    house.clock.advance(std::chrono::duration_cast<std::chrono::milliseconds>(base::Timestamp(day) -
                                                                              house.clock.now()) +
                        2h);
    while (ticking.tick()) {
    }
    const auto id = matterId(law::kPeriod, "G15.90.21 " + base::formatDate(until));
    const auto opened = house.store.cases().find(id);
    ASSERT_TRUE(opened);
    const auto file = caseFileOf(*opened);
    ASSERT_GE(file.matter->parts.size(), 2U);
    EXPECT_EQ(file.matter->parts[1].state, "OPEN");
    ASSERT_EQ(file.terms.size(), 1U);
    EXPECT_EQ(file.terms.front().rule, "stat-lock");
    const auto told = [&](const std::string& agency, const char* type) {
        int count = 0;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            count += item.recipient == agency && item.messageType == type ? 1 : 0;
            return true;
        });
        return count;
    };
    // As the lead of one file, and as who has to do with the procuracy's.
    EXPECT_EQ(told("G15.90.21", "PeriodEnded"), 2);
    EXPECT_GE(told("D01.21", "PeriodEnded"), 1);
    PeriodClock again(kIdentity, house.snapshots, house.ledger, house.store.cases(), house.bell,
                      house.clock);
    while (again.tick()) {
    }
    EXPECT_EQ(told("G15.90.21", "PeriodEnded"), 2);
    house.clock.advance(24h * 9);
    CaseClock terms(kIdentity, house.snapshots, house.ledger, house.store.cases(), house.bell,
                    house.clock);
    while (terms.tick()) {
    }
    EXPECT_TRUE(caseFileOf(*house.store.cases().find(id)).terms.front().passed);
    EXPECT_GE(told("G15.90.21", "DeadlineNotice"), 1);
    expectClean();
}

TEST_F(SheetsTest, FilesOfSheetsAreNoCases) {
    lock();
    EXPECT_TRUE(house.store.cases().select({}, {}, 10).empty());
    EXPECT_TRUE(house.store.cases().count({}).empty());
    store::CaseFilter every;
    every.subject = store::kAnySubject;
    EXPECT_EQ(house.store.cases().select(every, {}, 10).size(), 1U);
}

}  // namespace
}  // namespace gateway::exchange::fixture
