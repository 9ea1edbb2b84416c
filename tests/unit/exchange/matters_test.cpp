// Petitions, requests for guidance and inspections: files of their own, routed, answered, owed.
// Law: Luật Tiếp công dân 26-28, Luật Khiếu nại 27-28, QĐ 3011/QĐ-BTP I.1.7, Luật TC VKSND 28.2.
#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/acts/case_clock.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/matter_id.h"
#include "gateway/exchange/records/office_figures.h"
#include "gateway/law/figures/figures.h"
#include "gateway/law/reports/differences.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

const Identity kIdentity{"thahc", "test"};

class MattersTest : public testing::Test {
  protected:
    scenario::Reply say(const scenario::Agency& who, const char* type, const std::string& content) {
        house.clock.advance(1min);
        model::DeclaredAct act;
        act.type = type;
        act.content = document::readJson(content).value().root;
        auto reply = house.send(who, act);
        if (reply.status == 200) last_ = reply.at("receipt/messageId");
        return reply;
    }
    [[nodiscard]] std::string today(int ago = 0) const {
        return base::formatDate(
            base::vietnamDate(house.clock.now() - std::chrono::hours(24) * ago));
    }
    scenario::Reply receive(const scenario::Agency& who, const std::string& kind = "complaint",
                            int ago = 0, const std::string& more = R"(,"petitioner":"Bà Mẫu")") {
        auto reply = say(who, "PetitionReceived",
                         R"({"kind":")" + kind + R"(","against":"Chấp hành viên Mẫu","text":"chậm",
                             "receivedOn":")" +
                             today(ago) + "\"" + more + "}");
        opened_ = last_;
        file_ = matterId("petition", who.code() + " " + model::sourceOf(who.code(), last_));
        return reply;
    }
    scenario::Reply forward(const scenario::Agency& who, const std::string& to) {
        return say(who, "PetitionForwarded",
                   R"({"petition":{"message":")" + last_ + R"("},"to":")" + to +
                       R"(","issuedOn":")" + today() + R"("})");
    }
    scenario::Reply answer(const scenario::Agency& who, const std::string& message,
                           const std::string& stage) {
        return say(who, "PetitionAnswer",
                   R"({"petition":{"message":")" + message + R"("},"stage":")" + stage +
                       R"(","number":"21/TB","text":"…","issuedOn":")" + today() + R"("})");
    }
    [[nodiscard]] std::vector<std::string> states() {
        std::vector<std::string> found;
        const auto kept = house.store.cases().find(file_);
        if (!kept) return found;
        const auto file = caseFileOf(*kept);
        for (const auto& part : file.matter->parts) found.push_back(part.state);
        return found;
    }
    [[nodiscard]] std::vector<std::string> lines(const scenario::Agency& who,
                                                 model::Payload question) {
        const auto reply = house.ask(who, std::move(question));
        EXPECT_EQ(reply.status, 200) << reply.body;
        std::vector<std::string> found;
        const auto* list = scenario::nodeAt(reply.content, "termList");
        if (!list) return found;
        const auto read = mapping::fromNode<model::TermList>(*list).value();
        for (const auto& line : read.lines)
            found.push_back(line.rule + " " + line.owedBy + " " + line.subject);
        return found;
    }
    /// What the case query shows of the one case: its terms, and the acts of its history.
    struct Shown {
        std::vector<std::string> terms, acts;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    [[nodiscard]] Shown shown(const scenario::Agency& who, model::MonitoringQuery query = {}) {
        query.withHistory = true;
        const auto reply = house.ask(who, query);
        EXPECT_EQ(reply.status, 200) << reply.body;
        Shown found;
        const auto* answer = scenario::nodeAt(reply.content, "queryAnswer");
        if (!answer) return found;
        const auto read = mapping::fromNode<model::QueryAnswer>(*answer).value();
        for (const auto& view : read.cases) {
            for (const auto& term : view.terms)
                if (term.title.find("office") != std::string::npos)
                    found.terms.push_back(term.rule + " " + std::to_string(term.obligation) + " " +
                                          std::string(model::nameOf(term.outcome)));
            for (const auto& item : view.history)
                if (item.act.starts_with("Petition")) found.acts.push_back(item.act);
        }
        return found;
    }
    scenario::Reply receiveAbout(const scenario::Agency& who, const std::string& number) {
        house.clock.advance(1min);
        model::DeclaredAct act;
        act.type = "PetitionReceived";
        act.caseReference = scenario::caseOf(number);
        act.content = document::readJson(R"({"kind":"complaint","petitioner":"Bà Mẫu",)"
                                         R"("against":"…","text":"chậm","receivedOn":")" +
                                         today() + "\"}")
                          .value()
                          .root;
        auto reply = house.send(who, act);
        if (reply.status != 200) return reply;
        opened_ = last_ = reply.at("receipt/messageId");
        file_ = matterId("petition", who.code() + " " + model::sourceOf(who.code(), last_));
        return reply;
    }
    /// The signed state of the file, as one asks for it.
    [[nodiscard]] std::vector<std::string> stateFor(const scenario::Agency& who) {
        model::WorkListQuery query;
        query.select.caseId = file_;
        const auto reply = house.ask(who, query);
        EXPECT_EQ(reply.status, 200) << reply.body;
        std::vector<std::string> found;
        const auto* list = scenario::nodeAt(reply.content, "termList");
        if (!list) return found;
        const auto read = mapping::fromNode<model::TermList>(*list).value();
        for (const auto& part : read.parts)
            found.push_back(std::to_string(part.no) + " " + part.state + " " + part.title);
        return found;
    }
    [[nodiscard]] std::vector<std::string> owedBy(const scenario::Agency& who) {
        model::WorkListQuery query;
        query.ownOnly = true;
        return lines(who, query);
    }
    void expectClean() {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    using Texts = std::vector<std::string>;
    House house;
    std::string last_, opened_, file_;
};

TEST_F(MattersTest, APetitionGoesToWhomItConcernsAndIsAnsweredThere) {
    ASSERT_EQ(receive(house.court).verdict(), "accepted");
    EXPECT_EQ(states(), (Texts{"OPEN", "RECEIVED"}));
    EXPECT_EQ(owedBy(house.court), Texts{"complaint-accept D01.21 petition"});

    ASSERT_EQ(forward(house.court, "G15.90.21").verdict(), "accepted");
    const auto passedOn = last_;
    EXPECT_EQ(states(), (Texts{"OPEN", "FORWARDED", "RECEIVED"}));
    EXPECT_TRUE(owedBy(house.court).empty());
    EXPECT_EQ(owedBy(house.enforcement), Texts{"complaint-accept G15.90.21 petition"});
    EXPECT_EQ(toldTo(house, house.enforcement.code()), Texts{"PetitionForwarded"});

    const auto late = answer(house.court, opened_, "rejected");
    EXPECT_EQ(late.code(), "CONFLICT_STATE");
    EXPECT_NE(late.at("refusal/reasons/0/vi").find("không còn giữ đơn"), std::string::npos);

    ASSERT_EQ(answer(house.enforcement, passedOn, "accepted").verdict(), "accepted");
    EXPECT_EQ(states(), (Texts{"OPEN", "FORWARDED", "ACCEPTED"}));
    EXPECT_EQ(owedBy(house.enforcement), Texts{"complaint-first G15.90.21 petition"});
    EXPECT_EQ(answer(house.enforcement, passedOn, "accepted").code(), "CONFLICT_STATE");

    ASSERT_EQ(answer(house.enforcement, passedOn, "settled").verdict(), "accepted");
    EXPECT_EQ(states(), (Texts{"ANSWERED", "FORWARDED", "ANSWERED"}));
    EXPECT_TRUE(owedBy(house.enforcement).empty());
    EXPECT_EQ(toldTo(house, house.court.code()), Texts{"PetitionAnswer"})
        << "the head of its queue";
    EXPECT_EQ(answer(house.enforcement, passedOn, "settled").code(), "CONFLICT_STATE");
    expectClean();
}

TEST_F(MattersTest, OnlyWhoHasThePetitionSpeaksOfIt) {
    ASSERT_EQ(receive(house.court, "feedback").verdict(), "accepted");
    EXPECT_EQ(owedBy(house.court), Texts{"thads-answer-petition D01.21 petition"});
    EXPECT_EQ(answer(house.committee, opened_, "settled").code(), "FORBIDDEN_CASE");
    const auto none = answer(house.court, "msg-of-nobody", "settled");
    EXPECT_EQ(none.code(), "ACT_REFUSED");
    EXPECT_NE(none.at("refusal/reasons/0/en").find("OTHER_DIGEST"), std::string::npos);
    const auto self = forward(house.court, "D01.21");
    EXPECT_EQ(self.code(), "ACT_REFUSED");
    EXPECT_EQ(self.at("refusal/reasons/0/path"), "/petitionForwarded/to");
    EXPECT_NE(self.at("refusal/reasons/0/en").find("SAME_PART"), std::string::npos);
    EXPECT_EQ(states(), (Texts{"OPEN", "RECEIVED"}));
    expectClean();
}

TEST_F(MattersTest, WhatIsAboutACaseIsSeenThereByThoseWhomTheLawNames) {
    const std::string number = "1/2026/HC-ST";
    EXPECT_EQ(receiveAbout(house.enforcement, number).code(), "CASE_UNKNOWN");
    ASSERT_EQ(house.send(house.court, scenario::transferOf(number, model::Category::B)).status,
              200);
    EXPECT_EQ(receiveAbout(house.otherCourt, number).code(), "CASE_UNKNOWN")
        << "who has no part in the case binds nothing to it";
    EXPECT_EQ(shown(house.procuracy), Shown{});
    const auto before = house.clock.now();
    ASSERT_EQ(receiveAbout(house.enforcement, number).verdict(), "accepted");
    EXPECT_EQ(caseFileOf(*house.store.cases().find(file_)).matter->caseId,
              house.caseNumbered(number).caseId);

    const Shown open{{"complaint-accept 0 open"}, {"PetitionReceived"}};
    EXPECT_EQ(shown(house.procuracy), open);
    EXPECT_EQ(shown(house.enforcement), open);
    EXPECT_EQ(shown(house.court), Shown{}) << "reads the case, and is not named";

    const auto known = house.clock.now();
    house.clock.advance(1min);
    ASSERT_EQ(answer(house.enforcement, opened_, "rejected").verdict(), "accepted");
    EXPECT_EQ(shown(house.procuracy),
              (Shown{{"complaint-accept 0 met"}, {"PetitionReceived", "PetitionAnswer"}}));
    model::MonitoringQuery past;
    past.asKnownAt = known;
    EXPECT_EQ(shown(house.procuracy, past), open);
    past.asKnownAt = before;
    EXPECT_EQ(shown(house.procuracy, past), Shown{});
    model::MonitoringQuery then;
    then.asHappenedAt = base::vietnamDate(house.clock.now());
    EXPECT_EQ(shown(house.procuracy, then).terms, Shown({{"complaint-accept 0 met"}, {}}).terms);
    expectClean();
}

TEST_F(MattersTest, WhoHasToDoWithAFileAsksHowItStands) {
    ASSERT_EQ(receive(house.court).verdict(), "accepted");
    ASSERT_EQ(forward(house.court, "G15.90.21").verdict(), "accepted");
    const Texts all{"0 OPEN Đang giải quyết", "1 FORWARDED Đã chuyển đến cơ quan có thẩm quyền",
                    "2 RECEIVED Đã tiếp nhận"};
    EXPECT_EQ(stateFor(house.court), all) << "it leads the file";
    EXPECT_EQ(stateFor(house.enforcement), (Texts{all[0], all[2]})) << "has a part of it";
    EXPECT_EQ(stateFor(house.otherCourt), Texts{});
    EXPECT_EQ(stateFor(house.committee), Texts{});
    EXPECT_EQ(stateFor(house.procuracy), all) << "sees its province";
}

TEST_F(MattersTest, FiguresCountWhatWasReceivedAndAnswered) {
    ASSERT_EQ(receive(house.court).verdict(), "accepted");
    ASSERT_EQ(forward(house.court, "G15.90.21").verdict(), "accepted");
    const auto passedOn = last_;
    ASSERT_EQ(answer(house.enforcement, passedOn, "accepted").verdict(), "accepted");
    const auto before = house.clock.now();
    ASSERT_EQ(answer(house.enforcement, passedOn, "settled").verdict(), "accepted");
    const auto settled = model::sourceOf("G15.90.21", last_);
    ASSERT_EQ(receive(house.enforcement, "feedback").verdict(), "accepted");

    const auto& book = house.snapshots.current()->reference->figures();
    const auto day = base::vietnamDate(house.clock.now());
    const law::figures::Period period{
        law::figures::Months::Twelve,
        static_cast<int>(day.year()) + (static_cast<unsigned>(day.month()) > 9 ? 1 : 0)};
    const auto counted = [&](const std::vector<law::figures::RulingHistory>& histories,
                             base::Timestamp cutoff) {
        return law::figures::Figures(book).count(histories, period, cutoff);
    };
    const auto all = everyHistory(house.store.cases());
    const auto table = counted(all, house.clock.now());
    ASSERT_EQ(table.column("I13p")->whole.lines.size(), 1U);
    EXPECT_EQ(table.column("I13q")->whole.value(), 2);
    const auto& line = table.column("I13p")->whole.lines.front();
    ASSERT_EQ(line.grounds.size(), 1U);
    EXPECT_EQ(line.grounds.front().message, settled);
    EXPECT_EQ(table.column("I13q")->parts.size(), 2U) << "by kind";
    EXPECT_EQ(table.column("A2")->whole.value(), 0) << "none of it is a ruling";
    EXPECT_EQ(counted(all, before).column("I13p")->whole.value(), 0) << "not known then";
    EXPECT_TRUE(law::figures::differences(book, all, period, house.clock.now()).empty());
    // For the office that leads the file.
    const auto own = [&](const char* office) {
        const auto& reference = *house.snapshots.current()->reference;
        return counted(officeHistories(reference, house.store.cases(), office, period),
                       house.clock.now());
    };
    EXPECT_EQ(own("D01.21").column("I13p")->whole.value(), 1);
    EXPECT_EQ(own("G15.90.21").column("I13p")->whole.value(), 0);
    EXPECT_EQ(own("G15.90.21").column("I13q")->whole.value(), 1);
}

TEST_F(MattersTest, AMattersFileIsNoCase) {
    ASSERT_EQ(receive(house.enforcement).verdict(), "accepted");
    model::DeclaredAct act;
    act.type = "GuidanceRequest";
    act.caseReference.caseId = file_;
    act.content = document::readJson(R"({"number":"1/CV","question":"?","ownView":"…",)"
                                     R"("issuedOn":")" +
                                     today() + "\"}")
                      .value()
                      .root;
    EXPECT_EQ(house.send(house.enforcement, act).code(), "CASE_UNKNOWN");
}

TEST_F(MattersTest, WhoDenouncesIsNotNamed) {
    const auto named = receive(house.enforcement, "denunciation");
    EXPECT_EQ(named.code(), "ACT_REFUSED");
    EXPECT_NE(named.at("refusal/reasons/0/en").find("IDENTITY_SEALED"), std::string::npos);
    ASSERT_EQ(receive(house.enforcement, "denunciation", 0, "").verdict(), "accepted");
    ASSERT_EQ(answer(house.enforcement, opened_, "accepted").verdict(), "accepted");
    EXPECT_EQ(owedBy(house.enforcement), Texts{"denunciation G15.90.21 petition"});
}

TEST_F(MattersTest, WhatIsNotTakenUpInTimeIsABreachOfWhoHasIt) {
    ASSERT_EQ(receive(house.enforcement, "complaint", 30).verdict(), "accepted");
    CaseClock(kIdentity, house.snapshots, house.ledger, house.store.cases(), house.bell,
              house.clock)
        .tick();
    EXPECT_EQ(lines(house.procuracy, model::BreachQuery{}),
              Texts{"complaint-accept G15.90.21 petition"});
    ASSERT_EQ(answer(house.enforcement, opened_, "rejected").verdict(), "accepted");
    EXPECT_EQ(lines(house.procuracy, model::BreachQuery{}),
              Texts{"complaint-accept G15.90.21 petition"})
        << "answered late, it stays one";
    expectClean();
}

TEST_F(MattersTest, GuidanceIsAskedWithoutACaseOrInOne) {
    const auto request = [this](const std::string& number) {
        return R"({"number":")" + number + R"(","question":"?","ownView":"…","issuedOn":")" +
               today() + R"("})";
    };
    ASSERT_EQ(say(house.enforcement, "GuidanceRequest", request("150/CV")).verdict(), "accepted");
    file_ = matterId("guidance", "G15.90.21 " + model::sourceOf("G15.90.21", last_));
    EXPECT_EQ(states(), Texts{"ASKED"});
    EXPECT_EQ(lines(house.enforcement, model::WorkListQuery{}),
              Texts{"guidance-answer G15.90 guidance"})
        << "who asked follows it";
    model::WorkListQuery ofRule;
    ofRule.select.rule = "guidance-answer";
    EXPECT_EQ(lines(house.enforcement, ofRule).size(), 1U);
    model::WorkListQuery ofFile;
    ofFile.select.caseId = file_;
    EXPECT_EQ(lines(house.enforcement, ofFile).size(), 1U);
    EXPECT_TRUE(lines(house.court, model::WorkListQuery{}).empty()) << "nobody else does";
    EXPECT_EQ(say(house.court, "GuidanceRequest", request("1/CV")).code(), "FORBIDDEN_TYPE");

    ASSERT_EQ(
        house.send(house.court, scenario::transferOf("1/2026/HC-ST", model::Category::B)).status,
        200);
    model::DeclaredAct inCase;
    inCase.type = "GuidanceRequest";
    inCase.caseReference = scenario::caseOf("1/2026/HC-ST");
    inCase.content = document::readJson(request("151/CV")).value().root;
    const auto bound = house.send(house.enforcement, inCase);
    ASSERT_EQ(bound.verdict(), "accepted") << bound.body;
    EXPECT_EQ(bound.at("receipt/caseId"), house.caseNumbered("1/2026/HC-ST").caseId);
    expectClean();
}

TEST_F(MattersTest, AnInspectionOfAnOfficeEndsWithItsConclusion) {
    const auto inspection = [this](const char* kind, const std::string& more) {
        return say(house.procuracy, "DirectInspection",
                   R"({"number":"12/QĐ-VKS","inspected":{"code":"G15.90.21"},"kind":")" +
                       std::string(kind) + R"(","issuedOn":")" + today() + "\"" + more + "}");
    };
    ASSERT_EQ(inspection("decision", "").verdict(), "accepted");
    file_ = matterId("inspection", "E01.21 " + model::sourceOf("E01.21", last_));
    EXPECT_EQ(states(), (Texts{"OPEN", "DECIDED"}));
    EXPECT_EQ(toldTo(house, house.enforcement.code()), Texts{"DirectInspection"});
    EXPECT_EQ(owedBy(house.procuracy), Texts{"inspection-conclude E01.21 inspection"});
    EXPECT_EQ(owedBy(house.enforcement), Texts{"inspection-undergo G15.90.21 inspection"});
    const auto decision = last_;
    const auto concluding = R"(,"findings":"…","decision":{"message":")" + decision + R"("})";
    ASSERT_EQ(inspection("conclusion", concluding).verdict(), "accepted");
    EXPECT_EQ(states(), (Texts{"OPEN", "CONCLUDED"}));
    EXPECT_TRUE(owedBy(house.procuracy).empty());
    EXPECT_TRUE(owedBy(house.enforcement).empty());
    expectClean();
}

// As in a case: courts, procuracies and enforcement authorities of the level and below, and of
// others anybody.
TEST_F(MattersTest, AnInspectionOfWhomStandsAboveIsRefused) {
    const auto inspect = [this](const std::string& inspected) {
        return say(house.procuracy, "DirectInspection",
                   R"({"number":"12/QĐ-VKS","kind":"decision","inspected":)" + inspected +
                       R"(,"issuedOn":")" + today() + "\"}");
    };
    for (const char* above : {R"({"code":"G15.90"})", R"("D01")", R"({"name":"G15.90"})"}) {
        const auto reply = inspect(above);
        EXPECT_EQ(reply.code(), "ACT_REFUSED") << above << reply.body;
        EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/directInspection/inspected");
        EXPECT_NE(reply.at("refusal/reasons/0/en").find("BEYOND_LEVEL"), std::string::npos);
    }
    EXPECT_EQ(inspect(R"("G06")").verdict(), "accepted") << "a ministry, of a kind not limited";
    EXPECT_EQ(inspect(R"("Ban tiếp công dân Mẫu")").verdict(), "accepted");
}

}  // namespace
}  // namespace gateway::exchange::fixture
