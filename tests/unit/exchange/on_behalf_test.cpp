// What came on paper, by post or orally and an office has recorded for its author: an equal source.
#include <algorithm>

#include "gateway/base/encoding.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";

class OnBehalf : public testing::Test {
  protected:
    [[nodiscard]] base::Date day(int ago = 0) const {
        return base::Date(std::chrono::sys_days(base::vietnamDate(house.clock.now())) -
                          std::chrono::days(ago));
    }
    [[nodiscard]] std::string text(int ago = 0) const { return base::formatDate(day(ago)); }
    /// Of `type`, received by post so many days ago.
    [[nodiscard]] model::DeclaredAct record(const std::string& type, const std::string& content,
                                            const std::string& author, int ago = 0) const {
        model::DeclaredAct act;
        act.type = "RecordedOnBehalf";
        act.content = document::readJson(R"({"type":")" + type + R"(","content":)" + content +
                                         R"(,"author":")" + author +
                                         R"(","formOfReceipt":"post","receivedOn":")" + text(ago) +
                                         R"(","clerk":"Bà Mẫu","reason":"chưa kết nối"})")
                          .value()
                          .root;
        act.attachments.push_back(scan());
        return act;
    }
    [[nodiscard]] static model::Attachment scan() {
        model::Attachment file;
        file.fileName = "ban-chup.pdf";
        file.mediaType = "application/pdf";
        file.content = base::toBase64(std::string("%PDF-1.4 scan"));
        return file;
    }
    [[nodiscard]] model::DeclaredAct inCase(model::DeclaredAct act) const {
        act.caseReference = scenario::caseOf(kNumber);
        return act;
    }
    [[nodiscard]] model::DeclaredAct said(const char* type, const std::string& content) const {
        model::DeclaredAct act;
        act.type = type;
        act.content = document::readJson(content).value().root;
        return inCase(act);
    }
    /// The court's ruling, recorded as it came.
    [[nodiscard]] model::DeclaredAct recordedRuling(const model::Ruling& ruling,
                                                    const std::string& author, int ago) const {
        auto act = record("JudgmentTransfer", "{}", author, ago);
        auto copy = mapping::toNode(ruling);
        copy.name = "ruling";
        act.content.child("content")->children.push_back(std::move(copy));
        return act;
    }
    [[nodiscard]] std::string completion(int ago) const {
        return R"({"number":"9/BC","reportedOn":")" + text(ago) +
               R"(","items":[{"obligation":1,"completedOn":")" + text(ago) + R"("}]})";
    }
    [[nodiscard]] model::CaseFile file() { return caseFileOf(house.caseNumbered(kNumber)); }
    [[nodiscard]] std::vector<model::Fact> facts(model::FactKind kind) {
        std::vector<model::Fact> found;
        for (const auto& fact : file().facts)
            if (fact.kind == kind && !fact.struck) found.push_back(fact);
        return found;
    }
    [[nodiscard]] std::optional<model::Term> term(const std::string& rule) {
        for (const auto& one : file().terms)
            if (one.rule == rule) return one;
        return std::nullopt;
    }
    [[nodiscard]] std::string withdraw(const scenario::Agency& agency, const std::string& id) {
        const auto reply =
            house.send(agency, said("ActWithdrawal", R"({"act":")" + id + R"(","reason":"nhầm"})"));
        return reply.verdict() + reply.code();
    }
    void expectClean() {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    House house;
};

// The law counts from the day on which it was received, not from that on which it was typed in.
TEST_F(OnBehalf, CaseTimelineAndTermsKnowTheDayAndTheFormOfReceipt) {
    house.bringToNotice(kNumber);
    const auto order =
        record("CompelOrder",
               R"({"number":"01/QĐ-THA","issuedOn":")" + text(9) + R"(","obligations":[1]})",
               scenario::kCourt, 8);
    ASSERT_EQ(house.send(house.enforcement, inCase(order)).verdict(), "accepted");
    const auto receipts = facts(model::FactKind::OrderReceipt);
    ASSERT_EQ(receipts.size(), 1U);
    EXPECT_EQ(receipts.front().on, day(8)) << "not today";
    const auto work = term("thads-work-with-obligated");
    ASSERT_TRUE(work);
    EXPECT_EQ(work->start, day(8));
    ASSERT_TRUE(work->due);
    EXPECT_LT(*work->due, day()) << "three working days from the receipt are over";

    const auto answer = house.ask(house.procuracy, scenario::questionFor(kNumber));
    const std::string last = "queryAnswer/cases/0/history/3/";
    EXPECT_EQ(answer.at(last + "act"), "CompelOrder") << answer.body;
    EXPECT_EQ(answer.at(last + "actor"), scenario::kEnforcement);
    EXPECT_EQ(answer.at(last + "recordedFor/author"), scenario::kCourt);
    EXPECT_EQ(answer.at(last + "recordedFor/receivedOn"), text(8));
    EXPECT_EQ(answer.at(last + "recordedFor/form"), "post");
    EXPECT_EQ(answer.at(last + "recordedFor/clerk"), "Bà Mẫu");
    EXPECT_EQ(answer.at("queryAnswer/cases/0/history/2/recordedFor/author"), "")
        << "sent by itself";
    expectClean();
}

// As if the court had sent it, but for the day and the form of receipt.
TEST_F(OnBehalf, ARulingOnPaperOpensItsCaseAsASentOneDoes) {
    const auto transfer = scenario::transferOf(kNumber);
    const auto reply =
        house.send(house.enforcement, recordedRuling(transfer.ruling, scenario::kCourt, 6));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    const auto opened = file();
    EXPECT_EQ(opened.transferredBy, scenario::kCourt);
    EXPECT_EQ(opened.routing.enforcement, scenario::kEnforcement);
    EXPECT_EQ(opened.routing.procuracy, scenario::kProcuracy);
    ASSERT_EQ(opened.ruling.attachments.size(), 1U) << "the scan";
    EXPECT_EQ(opened.ruling.attachments.front().fileName, "ban-chup.pdf");
    const auto received = facts(model::FactKind::Received);
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received.front().on, day(6));
    EXPECT_EQ(received.front().code, "post");
    EXPECT_EQ(term("thads-voluntary-notice")->start, day(6));
    const auto events = eventsOf(house.store.cases().messagesOf(opened.caseId).front());
    EXPECT_EQ(events.front().type, model::EventType::JudgmentTransferred);
    EXPECT_EQ(events.front().decided->role, "court-first");
    EXPECT_EQ(toldTo(house, scenario::kCourt), std::vector<std::string>{"MonitoringResult"})
        << "in whose name it was recorded";
    EXPECT_EQ(std::ranges::count(toldTo(house, scenario::kEnforcement), "JudgmentTransfer"), 0)
        << "who has recorded it";
    House sent;
    ASSERT_EQ(sent.send(sent.court, transfer).verdict(), "accepted");
    EXPECT_EQ(
        events.front().decided->told.size(),
        eventsOf(sent.store.cases().messagesOf(opened.caseId).front()).front().decided->told.size())
        << "the author in place of who has recorded it";
    const auto again = house.send(house.court, transfer);
    EXPECT_EQ(again.verdict(), "linked")
        << "the same, sent after all: " << again.code() << again.at("refusal/reasons/0/en");
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1/2026")).verdict(),
              "accepted");
    std::vector<std::string> acknowledged;
    house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
        if (item.messageType == "TransferAcknowledgement") acknowledged.push_back(item.recipient);
        return true;
    });
    EXPECT_EQ(acknowledged, std::vector<std::string>{scenario::kCourt});
    expectClean();
}

TEST_F(OnBehalf, ARulingOfACourtThatIsNotConnectedOpensACaseToo) {
    auto ruling = scenario::transferOf("1/2026/HC-PT").ruling;
    ruling.reference.court = "D01.P2";
    ruling.instance = model::Instance::Appeal;
    ruling.firstInstanceCourt = scenario::kCourt;
    const auto reply = house.send(house.enforcement, recordedRuling(ruling, "D01.P2", 1));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    const auto kept = house.store.cases().find(reply.at("receipt/caseId"));
    ASSERT_TRUE(kept);
    EXPECT_EQ(caseFileOf(*kept).transferredBy, "D01.P2");
    EXPECT_EQ(kept->stage, "RECEIVED");
    const auto told = eventsOf(house.store.cases().messagesOf(kept->caseId).front()).front();
    EXPECT_TRUE(std::ranges::any_of(told.decided->told, [](const model::Told& one) {
        return one.role == "court-first" && one.agency == scenario::kCourt;
    })) << "the court of first instance (244.1)";
    expectClean();
}

TEST_F(OnBehalf, WhoMayNotRecordOrIsNoCourtOfTheRulingOpensNothing) {
    const auto ruling = scenario::transferOf(kNumber).ruling;
    EXPECT_EQ(
        house.send(house.enforcement, recordedRuling(ruling, scenario::kOtherCourt, 1)).code(),
        "FORBIDDEN_CASE")
        << "another court's name";
    EXPECT_EQ(house.send(house.enforcement, recordedRuling(ruling, "Ông Thử", 1)).code(),
              "FORBIDDEN_CASE");
    EXPECT_EQ(house.send(house.otherCourt, recordedRuling(ruling, scenario::kCourt, 1)).code(),
              "FORBIDDEN_CASE")
        << "no office of this case";
    auto early = recordedRuling(ruling, scenario::kCourt, 0);
    scenario::say(early, "receivedOn", base::Date(2026y / 3 / 1));
    const auto reply = house.send(house.enforcement, early);
    EXPECT_EQ(reply.code(), "ACT_REFUSED") << "received before there was one: " << reply.body;
    EXPECT_FALSE(house.store.cases().findByAlias({scenario::kCourt, "1/2026/HC-ST", "2026-03-02"}));
}

// The court's ruling on paper after an order with a copy: its words count, and its day of receipt.
TEST_F(OnBehalf, ARulingOnPaperJoinsTheCaseThatACopyHasOpened) {
    const auto ruling = scenario::transferOf(kNumber).ruling;
    auto order = said("CompelOrder", R"({"number":"1/QĐ","issuedOn":")" + text(5) + R"("})");
    auto copy = mapping::toNode(ruling);
    copy.name = "ruling";
    order.content.children.push_back(std::move(copy));
    ASSERT_EQ(house.send(house.court, order).verdict(), "accepted");
    ASSERT_TRUE(term("thads-request-judgment"));
    auto inFull = ruling;
    inFull.subject = "Khiếu kiện quyết định thu hồi đất và bồi thường";
    const auto joined = house.send(house.enforcement, recordedRuling(inFull, scenario::kCourt, 3));
    ASSERT_EQ(joined.verdict(), "accepted") << joined.body;
    EXPECT_EQ(file().ruling.subject, inFull.subject);
    EXPECT_EQ(facts(model::FactKind::Received).front().on, day(3));
    inFull.subject = "Việc khác";
    EXPECT_EQ(house.send(house.enforcement, recordedRuling(inFull, scenario::kCourt, 3)).code(),
              "CONFLICT_CASE");
    expectClean();
}

TEST_F(OnBehalf, TheAuthorAndTheRecorderCanWithdrawIt) {
    house.bringToNotice(kNumber);
    for (const auto* who : {&house.committee, &house.enforcement}) {
        const auto sent = house.message(
            house.enforcement,
            inCase(record("CompletionReport", completion(2), scenario::kCommittee, 1)));
        ASSERT_EQ(house.send(house.enforcement, house.enforcement.json(sent)).verdict(),
                  "accepted");
        ASSERT_EQ(house.caseNumbered(kNumber).stage, "COMPLETED");
        EXPECT_EQ(withdraw(house.court, sent.envelope.id), "ACT_REFUSED") << "neither";
        EXPECT_EQ(house.caseNumbered(kNumber).stage, "COMPLETED");
        EXPECT_EQ(withdraw(*who, sent.envelope.id), "accepted") << who->code();
        EXPECT_EQ(house.caseNumbered(kNumber).stage, "VOLUNTARY") << who->code();
    }
    expectClean();
}

TEST_F(OnBehalf, TheAuthorAndTheRecorderCanCorrectIt) {
    house.bringToNotice(kNumber);
    const auto sent =
        house.message(house.enforcement,
                      inCase(record("CompletionReport", completion(3), scenario::kCommittee, 1)));
    ASSERT_EQ(house.send(house.enforcement, house.enforcement.json(sent)).verdict(), "accepted");
    const auto correct = [&](const scenario::Agency& agency, const std::string& field,
                             const std::string& is) {
        const auto reply = house.send(
            agency,
            said("ActCorrection", R"({"act":")" + sent.envelope.id + R"(","changes":[{"field":")" +
                                      field + R"(","is":")" + is + R"("}],"reason":"nhầm"})"));
        return reply.verdict() + reply.code();
    };
    EXPECT_EQ(correct(house.court, "number", "8/BC"), "ACT_REFUSED");
    EXPECT_EQ(correct(house.committee, "items/0/completedOn", text(5)), "accepted");
    EXPECT_EQ(facts(model::FactKind::Completion).front().on, day(5));
    EXPECT_EQ(correct(house.enforcement, "reportedOn", text(2)), "accepted");
    const auto left = facts(model::FactKind::Completion);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().on, day(5)) << "on top of what its author had corrected";
    EXPECT_EQ(left.front().received, day(2));
    expectClean();
}

// The day on which the court's word was received stands though its recorder corrects it, and so
// does whose word it is: a better source than the recorder's own.
TEST_F(OnBehalf, ACorrectedRecordIsStillItsAuthorsWord) {
    house.bringToNotice(kNumber);
    const auto sent = house.message(
        house.enforcement, inCase(record("JudgmentDelivered",
                                         R"({"deliveries":[{"obligation":1,"receivedOn":")" +
                                             text(20) + R"(","form":"post"}]})",
                                         scenario::kCourt, 4)));
    ASSERT_EQ(house.send(house.enforcement, house.enforcement.json(sent)).verdict(), "accepted");
    EXPECT_EQ(facts(model::FactKind::Delivered).front().code, "court");
    const auto reply = house.send(
        house.enforcement,
        said("ActCorrection", R"({"act":")" + sent.envelope.id +
                                  R"(","changes":[{"field":"deliveries/0/receivedOn","is":")" +
                                  text(19) + R"("}],"reason":"nhầm"})"));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    const auto left = facts(model::FactKind::Delivered);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().on, day(19));
    EXPECT_EQ(left.front().code, "court");
    expectClean();
}

// Who records a withdrawal for the court takes back what the court has said, nothing of its own.
TEST_F(OnBehalf, AWithdrawalOnPaperIsOfItsAuthorsActs) {
    house.bringToNotice(kNumber);
    const auto order = house.message(
        house.court, said("CompelOrder", R"({"number":"1/QĐ","issuedOn":")" + text() + R"("})"));
    ASSERT_EQ(house.send(house.court, house.court.json(order)).verdict(), "accepted");
    const auto minutes = house.message(
        house.enforcement, said("Minutes", R"({"kind":"14.3","number":"1/BB","madeOn":")" + text() +
                                               R"(","officer":"Bà Mẫu"})"));
    ASSERT_EQ(house.send(house.enforcement, house.enforcement.json(minutes)).verdict(), "accepted");
    const auto recorded = [&](const std::string& id) {
        const auto reply =
            house.send(house.enforcement,
                       inCase(record("ActWithdrawal", R"({"act":")" + id + R"(","reason":"nhầm"})",
                                     scenario::kCourt)));
        return reply.verdict() + reply.code();
    };
    EXPECT_EQ(recorded(minutes.envelope.id), "ACT_REFUSED") << "that was the recorder's own";
    EXPECT_EQ(facts(model::FactKind::Minutes).size(), 1U);
    EXPECT_EQ(recorded(order.envelope.id), "accepted");
    EXPECT_TRUE(facts(model::FactKind::Order).empty());
    expectClean();
}

// The place of what is wrong is that in the wrapper.
TEST_F(OnBehalf, ARefusalOfTheActNamesItsPlaceInTheRecord) {
    house.bringToNotice(kNumber);
    const auto reply =
        house.send(house.enforcement,
                   inCase(record("CompelOrder", R"({"number":"1/QĐ","issuedOn":"2026-03-01"})",
                                 scenario::kCourt)));
    EXPECT_EQ(reply.code(), "ACT_REFUSED");
    EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/recordedOnBehalf/content/issuedOn")
        << reply.body;
}

}  // namespace
}  // namespace gateway::exchange::fixture
