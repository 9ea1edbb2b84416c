// Acts that no class knows, on the whole road: read, judged, recorded, told, refused.
#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";

model::DeclaredAct actOf(const char* type, const std::string& content) {
    return scenario::actOf(type, content, kNumber);
}

class DeclaredActs : public testing::Test {
  protected:
    DeclaredActs() { house.bringToNotice(kNumber); }
    [[nodiscard]] std::string today() const {
        return base::formatDate(base::vietnamDate(house.clock.now()));
    }
    [[nodiscard]] model::DeclaredAct order() const {
        return actOf("CompelOrder", R"({"number":"01/QĐ-THA","issuedOn":")" + today() +
                                        R"(","obligations":[1],"content":"Hủy quyết định"})");
    }
    [[nodiscard]] scenario::Reply sendXml(const scenario::Agency& agency,
                                          const model::Payload& payload) {
        return house.send(agency, agency.xml(house.message(agency, payload)));
    }
    [[nodiscard]] std::vector<std::string> recipientsOf(const char* type) {
        std::vector<std::string> found;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.messageType == type) found.push_back(item.recipient);
            return true;
        });
        std::ranges::sort(found);
        return found;
    }
    void expectClean() {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    House house;
};

TEST_F(DeclaredActs, AreTakenInBothFormsAndToldToWhomTheLawNames) {
    const auto reply = house.send(house.court, order());
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/messageType"), "CompelOrder");
    EXPECT_EQ(reply.at("receipt/mappingId"), "case-model-json/compel-order");
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "COMPELLED");
    EXPECT_EQ(recipientsOf("CompelOrder"),
              (std::vector<std::string>{scenario::kProcuracy, scenario::kEnforcement, "H21",
                                        scenario::kCommittee}))
        << "obligated, superior, procuracy, enforcement (312.2)";
    const auto minutes = sendXml(
        house.enforcement, actOf("Minutes", R"({"kind":"14.3","obligations":[1],"number":"1/BB",
            "madeOn":")" + today() + R"(","officer":"Bà Mẫu"})"));
    ASSERT_EQ(minutes.verdict(), "accepted") << minutes.body;
    EXPECT_EQ(minutes.at("Receipt/MappingId"), "case-model-xml/minutes");
    const auto file = caseFileOf(house.caseNumbered(kNumber));
    EXPECT_TRUE(std::ranges::any_of(file.facts, [](const model::Fact& fact) {
        return fact.kind == model::FactKind::Minutes && fact.code == "14.3";
    }));
    expectClean();
}

TEST_F(DeclaredActs, AreDeliveredAsTheyWereSaidWithOurIdOfTheCase) {
    ASSERT_EQ(house.send(house.court, order()).verdict(), "accepted");
    const auto snapshot = house.snapshots.current();
    house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
        if (item.messageType != "CompelOrder" || item.recipient != scenario::kCommittee)
            return true;
        const auto rendered = house.rendering.rendered(*snapshot, item);
        document::Node content;
        EXPECT_TRUE(
            scenario::sealIsGood(rendered.renderedBytes, snapshot->seal->certificate(), &content));
        const auto text = document::writeJson(content);
        EXPECT_NE(text.find("01/QĐ-THA"), std::string::npos) << text;
        EXPECT_NE(text.find(item.caseId), std::string::npos) << text;
        return true;
    });
}

TEST_F(DeclaredActs, WhoHasNotTheRoleIsRefused) {
    EXPECT_EQ(house.send(house.committee, order()).code(), "FORBIDDEN_TYPE");
    EXPECT_EQ(house.send(house.enforcement, order()).code(), "FORBIDDEN_TYPE");
    EXPECT_EQ(house.send(house.otherCourt, order()).verdict(), "parked")
        << "whoever has no part in the case learns nothing of it";
}

TEST_F(DeclaredActs, AreRefusedInTheWordsOfTheirDeclarationAtTheirPlace) {
    auto early = order();
    early.content.child("issuedOn")->value = "2026-03-01";
    const auto json = house.send(house.court, early);
    EXPECT_EQ(json.code(), "ACT_REFUSED");
    EXPECT_EQ(json.at("refusal/reasons/0/path"), "/compelOrder/issuedOn");
    EXPECT_NE(json.at("refusal/reasons/0/vi").find("quyết định ban hành trước bản án"),
              std::string::npos);
    const auto xml = sendXml(house.court, early);
    EXPECT_EQ(xml.at("Refusal/Reasons/Item/Code"), "ACT_REFUSED") << xml.body;
    EXPECT_EQ(xml.at("Refusal/Reasons/Item/Path"), "/Message/CompelOrder/IssuedOn") << xml.body;
    ASSERT_EQ(house.send(house.court, order()).verdict(), "accepted");
    auto again = order();
    again.content.child("number")->value = "02/QĐ-THA";
    const auto second = house.send(house.court, again);
    EXPECT_EQ(second.code(), "CONFLICT_STATE");
    EXPECT_NE(second.at("refusal/reasons/0/vi").find("đang có hiệu lực"), std::string::npos);
    const auto said = second.at("refusal/reasons/0/en");
    EXPECT_NE(said.find("CompelOrderWithdrawn"), std::string::npos)
        << "what the court may send now";
    EXPECT_EQ(said.find("Minutes"), std::string::npos) << "which another one may";
}

TEST_F(DeclaredActs, ContentIsJudgedByTheDeclaration) {
    struct Row {
        const char *content, *code, *path;
    };
    for (const auto& row :
         {Row{R"({"issuedOn":"2026-04-01"})", "MAPPING_REQUIRED", "/compelOrder"},
          Row{R"({"number":"1","issuedOn":"1/4/2026"})", "MAPPING_VALUE", "/compelOrder/issuedOn"},
          Row{R"({"number":"1","issuedOn":"2026-04-01","so":"2"})", "MAPPING_UNKNOWN_NODE",
              "/compelOrder/so"},
          Row{R"({"number":"1","issuedOn":"2099-04-01"})", "MAPPING_VALUE",
              "/compelOrder/issuedOn"}}) {
        const auto reply = house.send(house.court, actOf("CompelOrder", row.content));
        EXPECT_EQ(reply.code(), row.code) << reply.body;
        EXPECT_TRUE(reply.at("refusal/reasons/0/path").starts_with(row.path))
            << reply.at("refusal/reasons/0/path");
        EXPECT_NE(reply.at("refusal/reasons/0/line"), "") << reply.body;
    }
    EXPECT_EQ(house.send(house.court, actOf("NoSuchAct", R"({"number":"1"})")).code(),
              "MAPPING_NO_FORMAT");
}

TEST_F(DeclaredActs, ACorrectionReplacesWhatItsSenderHadSaid) {
    const auto sent = house.message(house.court, order());
    ASSERT_EQ(house.send(house.court, house.court.json(sent)).verdict(), "accepted");
    const auto correction = [&](const char* field, const char* is) {
        return actOf("ActCorrection", R"({"act":")" + sent.envelope.id +
                                          R"(","changes":[{"field":")" + field + R"(","is":")" +
                                          is + R"("}],"reason":"ghi nhầm"})");
    };
    EXPECT_EQ(house.send(house.enforcement, correction("number", "09/QĐ-THA")).code(),
              "ACT_REFUSED")
        << "not its own act";
    const auto early = house.send(house.court, correction("issuedOn", "2026-03-01"));
    EXPECT_EQ(early.code(), "ACT_REFUSED") << "before the ruling, as in the order itself";
    EXPECT_EQ(early.at("refusal/reasons/0/path"), "/actCorrection/changes/0/is") << early.body;
    ASSERT_EQ(house.send(house.court, correction("number", "09/QĐ-THA")).verdict(), "accepted");
    ASSERT_EQ(house.send(house.court, correction("content", "Hủy một phần")).verdict(), "accepted");
    const auto file = caseFileOf(house.caseNumbered(kNumber));
    std::vector<std::string> inForce;
    for (const auto& fact : file.facts)
        if (fact.kind == model::FactKind::Order && !fact.struck) inForce.push_back(fact.number);
    EXPECT_EQ(inForce, std::vector<std::string>{"09/QĐ-THA"}) << "also after another correction";
    expectClean();
}

TEST_F(DeclaredActs, AWithdrawalTakesTheFactsAway) {
    const auto sent = house.message(house.court, order());
    ASSERT_EQ(house.send(house.court, house.court.json(sent)).verdict(), "accepted");
    ASSERT_EQ(house.caseNumbered(kNumber).stage, "COMPELLED");
    const auto reply = house.send(
        house.court,
        actOf("ActWithdrawal", R"({"act":")" + sent.envelope.id + R"(","reason":"gửi nhầm"})"));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "VOLUNTARY");
    expectClean();
}

// A requirement of the procuracy goes to whom it names, and the answer to who asked.
TEST_F(DeclaredActs, AddresseesAndAuthorsAreFound) {
    ASSERT_EQ(
        house
            .send(house.procuracy, actOf("ProcuracyRequirement",
                                         R"({"kind":"a","number":"5/YC","issuedOn":")" + today() +
                                             R"(","addressee":"H21.X1","asks":"Thi hành ngay"})"))
            .verdict(),
        "accepted");
    EXPECT_EQ(recipientsOf("ProcuracyRequirement"), std::vector<std::string>{scenario::kCommittee});
    ASSERT_EQ(
        house
            .send(house.committee, actOf("ProcuracyRequirementAnswer",
                                         R"({"requirement":"5/YC","number":"9/UBND","issuedOn":")" +
                                             today() + R"(","result":"done"})"))
            .verdict(),
        "accepted");
    EXPECT_EQ(recipientsOf("ProcuracyRequirementAnswer"),
              std::vector<std::string>{scenario::kProcuracy});
    expectClean();
}

// Courts and enforcement authorities of the same level and below (Luật TC VKSND 28.6-28.8); the
// direct superior of the obligated party may stand higher (Luật TTHC 315).
TEST_F(DeclaredActs, ADemandOnWhomStandsAboveIsRefused) {
    const auto demand = [&](const char* type, const char* more, const std::string& addressee) {
        return actOf(type, R"({"number":"5/VKS","issuedOn":")" + today() + R"(","addressee":)" +
                               addressee + "," + more + "}");
    };
    constexpr const char* kRequires = R"("kind":"a","asks":"Thi hành ngay")";
    struct Row {
        const char *type, *more, *addressee;
        bool taken;
    };
    for (const auto& row :
         {Row{"ProcuracyRequirement", kRequires, R"("G15.90")", false},
          Row{"ProcuracyRequirement", kRequires, R"("D01")", false},
          Row{"ProcuracyRequirement", kRequires, R"("tòa án nhân dân TỐI CAO")", false},
          Row{"ProcuracyRequirement", kRequires, R"({"name":"Tòa án nhân dân tối cao"})", false},
          Row{"ProcuracyRecommendation", R"("kind":"handling")", R"("G15.90")", false},
          Row{"ProcuracyProtest", R"("action":"lodged","against":"1/QĐ","asks":"Hủy")",
              R"("D01.P1")", false},
          Row{"ProcuracyRecommendation", R"("kind":"handling")", R"("G06")", true},
          Row{"ProcuracyRequirement", kRequires, R"("G15.90.21")", true},
          Row{"ProcuracyRequirement", kRequires, R"("Ông Lê Văn Thử")", true}}) {
        const auto reply = house.send(house.procuracy, demand(row.type, row.more, row.addressee));
        if (row.taken) {
            EXPECT_EQ(reply.verdict(), "accepted") << row.addressee << reply.body;
            continue;
        }
        EXPECT_EQ(reply.code(), "ACT_REFUSED") << row.addressee << reply.body;
        EXPECT_TRUE(reply.at("refusal/reasons/0/path").ends_with("/addressee")) << reply.body;
        EXPECT_NE(reply.at("refusal/reasons/0/en").find("BEYOND_LEVEL"), std::string::npos);
    }
    expectClean();
}

TEST_F(DeclaredActs, ACorrectionDemandsNothingOfWhomStandsAboveEither) {
    const auto sent = house.message(
        house.procuracy,
        actOf("ProcuracyRequirement", R"({"kind":"a","number":"5/YC","issuedOn":")" + today() +
                                          R"(","addressee":"H21.X1","asks":"Thi hành ngay"})"));
    ASSERT_EQ(house.send(house.procuracy, house.procuracy.json(sent)).verdict(), "accepted");
    const auto readdressed = [&](const char* addressee) {
        return house.send(house.procuracy,
                          actOf("ActCorrection", R"({"act":")" + sent.envelope.id +
                                                     R"(","changes":[{"field":"addressee","is":")" +
                                                     addressee + R"("}],"reason":"ghi nhầm"})"));
    };
    const auto above = readdressed("G15.90");
    EXPECT_EQ(above.code(), "ACT_REFUSED") << above.body;
    EXPECT_EQ(above.at("refusal/reasons/0/path"), "/actCorrection/changes");
    EXPECT_NE(above.at("refusal/reasons/0/en").find("BEYOND_LEVEL"), std::string::npos);
    EXPECT_EQ(readdressed("G15.90.21").verdict(), "accepted");
    expectClean();
}

// The public may read whom the decision binds and to what (Đ.30.2), and nobody else's name.
TEST_F(DeclaredActs, APublicationThatNamesAPersonIsRefusedAtItsWords) {
    ASSERT_EQ(house.send(house.court, order()).verdict(), "accepted");
    const auto publication = [&](const char* field, const char* words) {
        auto act = actOf("Publication", R"({"portal":"thads-page","publishedOn":")" + today() +
                                            R"(","obligatedName":"Ủy ban nhân dân phường Quy Nhơn",
            "obligatedAddress":"Số 30 đường Thử","orderNumber":"01/QĐ-THA","orderIssuedOn":")" +
                                            today() + R"(","orderCourt":"TAND tỉnh Gia Lai",
            "obligationText":"Hủy Quyết định số 12/QĐ-UBND"})");
        if (field) act.content.child(field)->value = words;
        return act;
    };
    for (const auto& [field, words] :
         {std::pair{"obligationText", "Hủy Quyết định đối với ông LÊ  Văn Thử."},
          {"obligatedAddress", "Cạnh nhà Lê Văn Thử"},
          {"orderNumber", "01/QĐ-THA (Lê Văn Thử)"}}) {
        const auto reply = house.send(house.enforcement, publication(field, words));
        EXPECT_EQ(reply.code(), "ACT_REFUSED") << reply.body;
        EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/publication/" + std::string(field));
        EXPECT_NE(reply.at("refusal/reasons/0/line"), "");
        EXPECT_NE(reply.at("refusal/reasons/0/en").find("PERSON_NAMED"), std::string::npos);
        EXPECT_NE(reply.at("refusal/reasons/0/vi").find("bỏ tên hoặc viết tắt"), std::string::npos);
    }
    const auto sent = house.message(house.enforcement, publication(nullptr, ""));
    ASSERT_EQ(house.send(house.enforcement, house.enforcement.json(sent)).verdict(), "accepted");
    const auto named = house.send(
        house.enforcement,
        actOf("ActCorrection", R"({"act":")" + sent.envelope.id +
                                   R"(","changes":[{"field":"obligationText","is":)"
                                   R"("Hủy Quyết định đối với Lê Văn Thử"}],"reason":"sửa"})"));
    EXPECT_EQ(named.code(), "ACT_REFUSED") << "nor by a correction: " << named.body;
    EXPECT_EQ(named.at("refusal/reasons/0/path"), "/actCorrection/changes/0/is");
    EXPECT_NE(named.at("refusal/reasons/0/en").find("PERSON_NAMED"), std::string::npos);
    expectClean();
}

// What came before its ruling waits, whatever it is.
TEST_F(DeclaredActs, WaitForTheirRuling) {
    auto act = order();
    act.caseReference = scenario::caseOf("77/2026/HC-ST");
    EXPECT_EQ(house.send(house.court, act).verdict(), "parked");
    const auto reply = house.send(house.court, scenario::transferOf("77/2026/HC-ST"));
    ASSERT_EQ(reply.verdict(), "accepted");
    EXPECT_EQ(house.caseNumbered("77/2026/HC-ST").stage, "COMPELLED");
    expectClean();
}

// The history of a question's answer names the act, and the terms that it has started.
TEST_F(DeclaredActs, AreSeenInTheCase) {
    ASSERT_EQ(house.send(house.court, order()).verdict(), "accepted");
    const auto answer = house.ask(house.procuracy, scenario::questionFor(kNumber));
    const auto text = document::writeJson(answer.content);
    EXPECT_NE(text.find("\"act\":\"CompelOrder\""), std::string::npos) << text;
    EXPECT_NE(text.find("\"rule\":\"thads-work-with-obligated\""), std::string::npos) << text;
}

// What a committee that is not connected has reported on paper, recorded by the office.
TEST_F(DeclaredActs, AnActRecordedForItsAuthorIsAnEqualSource) {
    const auto wrapper = [&](const char* type, const std::string& content,
                             const char* author = "H21.X1") {
        return actOf("RecordedOnBehalf",
                     std::string(R"({"type":")") + type + R"(","content":)" + content +
                         R"(,"author":")" + author + R"(","formOfReceipt":"oral","receivedOn":")" +
                         today() + R"(","clerk":"Bà Mẫu","reason":"chưa kết nối"})");
    };
    const auto report = R"({"number":"9/BC","reportedOn":")" + today() +
                        R"(","items":[{"obligation":1,"completedOn":"2026-05-29"}]})";
    EXPECT_EQ(house.send(house.committee, wrapper("CompletionReport", report)).code(),
              "FORBIDDEN_TYPE");
    EXPECT_EQ(house.send(house.enforcement, wrapper("CompletionReport", report, "H26")).code(),
              "FORBIDDEN_CASE")
        << "not its obligation";
    EXPECT_EQ(house.send(house.enforcement, wrapper("Minutes", R"({"kind":"14.3"})")).code(),
              "MAPPING_VALUE")
        << "the officer speaks for himself";
    const auto reply = sendXml(house.enforcement, wrapper("CompletionReport", report));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "COMPLETED");
    const auto messages = house.store.cases().messagesOf(house.caseNumbered(kNumber).caseId);
    const auto event = eventsOf(messages.back()).front();
    EXPECT_EQ(event.actor, scenario::kEnforcement);
    EXPECT_EQ(event.decided->role, "obligated");
    EXPECT_EQ(event.recordedFor->author, "H21.X1");
    const auto told = recipientsOf("MonitoringResult");
    EXPECT_TRUE(std::ranges::count(told, "H21.X1") > 0) << "in whose name it was recorded";
    EXPECT_TRUE(std::ranges::count(told, scenario::kEnforcement) == 0) << "who has recorded it";
    EXPECT_GT(told.size(), 1U) << "court and procuracy are told";
    expectClean();
}

// An order that comes before its ruling brings a copy and opens the case; the court's transfer
// then joins it, and what THADS owes from its receipt begins.
TEST_F(DeclaredActs, AnOrderOpensTheCaseOfARulingThatNobodyHasSentAndTheTransferJoinsIt) {
    constexpr const char* kOther = "2/2026/HC-ST";
    const auto transfer = scenario::transferOf(kOther);
    auto early = order();
    early.caseReference = scenario::caseOf(kOther);
    auto copy = mapping::toNode(transfer.ruling);
    copy.name = "ruling";
    early.content.children.push_back(std::move(copy));
    const auto opened = house.send(house.court, early);
    ASSERT_EQ(opened.verdict(), "accepted") << opened.body;
    const auto kept = house.caseNumbered(kOther);
    EXPECT_EQ(kept.stage, "COMPELLED");
    const auto termIn = [&](const char* rule) {
        const auto file = caseFileOf(house.caseNumbered(kOther));
        return std::ranges::count(file.terms, rule, &model::Term::rule) > 0;
    };
    EXPECT_TRUE(termIn("thads-request-judgment"));
    EXPECT_FALSE(termIn("thads-voluntary-notice"));
    const auto joined = house.send(house.court, transfer);
    ASSERT_EQ(joined.verdict(), "accepted") << joined.body;
    EXPECT_EQ(house.caseNumbered(kOther).caseId, kept.caseId);
    EXPECT_EQ(house.caseNumbered(kOther).stage, "COMPELLED");
    EXPECT_TRUE(termIn("thads-voluntary-notice"));
    EXPECT_EQ(house.send(house.court, scenario::transferOf(kOther)).verdict(), "linked");
    expectClean();
}

// The file as it was known, and as it stood, on an earlier day.
TEST_F(DeclaredActs, ACaseIsShownAsOfThen) {
    const auto before = house.clock.now();
    house.clock.advance(1min);
    ASSERT_EQ(house.send(house.court, order()).verdict(), "accepted");
    auto query = scenario::questionFor(kNumber);
    query.asKnownAt = before;
    auto known = house.ask(house.procuracy, query);
    EXPECT_EQ(known.at("queryAnswer/cases/0/stage"), "VOLUNTARY") << known.body;
    EXPECT_EQ(document::writeJson(known.content).find("CompelOrder"), std::string::npos);
    query.asKnownAt = before - 24h;
    EXPECT_EQ(house.ask(house.procuracy, query).at("queryAnswer/cases/0/stage"), "")
        << "nothing was known of it";
    query.asKnownAt.reset();
    query.asHappenedAt = base::parseDate("2026-04-02");  // registered on that day, no notice yet
    EXPECT_EQ(house.ask(house.procuracy, query).at("queryAnswer/cases/0/stage"), "REGISTERED");
    query.asHappenedAt.reset();
    EXPECT_EQ(house.ask(house.procuracy, query).at("queryAnswer/cases/0/stage"), "COMPELLED");
}

// What is owed by a day, for whoever may see the case.
TEST_F(DeclaredActs, WhatIsOwedIsFoundByItsDay) {
    const auto file = caseFileOf(house.caseNumbered(kNumber));
    ASSERT_TRUE(file.firstDue());
    model::MonitoringQuery query;
    query.select.owedUntil = *file.firstDue();
    EXPECT_EQ(house.ask(house.enforcement, query).at("queryAnswer/cases/0/caseId"), file.caseId);
    query.select.owedUntil =
        base::Date(std::chrono::sys_days(*file.firstDue()) - std::chrono::days(1));
    EXPECT_EQ(house.ask(house.enforcement, query).at("queryAnswer/cases/0/caseId"), "");
}

}  // namespace
}  // namespace gateway::exchange::fixture
