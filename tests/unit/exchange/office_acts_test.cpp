// Acts that belong to no case: sheets and their signatures, petitions.
#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::actOf;

class OfficeActsTest : public testing::Test {
  protected:
    // Of a period that is locked.
    model::DeclaredAct sheet() {
        const auto lock = house.send(
            house.enforcement,
            actOf("PeriodLocked",
                  R"({"office":"G15.90.21","cutoff":"2026-01-01T17:00:00+07:00","snapshot":"ab",
                      "period":{"from":"2025-10-01","until":"2025-12-31","kind":"3"}})"));
        EXPECT_EQ(lock.status, 200) << lock.body;
        return actOf("ReconciliationSheet",
                     R"({"form":"03","period":{"from":"2025-10-01","until":"2025-12-31","kind":"3"},
                         "lead":"G15.90.21","counterpart":"D01.21","version":1,
                         "cells":[{"column":"A1","value":2}],"lock":")" +
                         lock.at("receipt/messageId") +
                         R"(","signers":[{"name":"Ông Mẫu","position":"Trưởng THADS"}]})");
    }
    static model::DeclaredAct signature(const std::string& message, const std::string& sha256) {
        return actOf("SheetCounterSignature",
                     R"({"sheet":{"message":")" + message + R"(","sha256":")" + sha256 +
                         R"("},"signers":[{"name":"Bà Mẫu","position":"Chánh án"}],
                         "on":"2026-01-06"})");
    }
    [[nodiscard]] std::vector<std::string> recipientsOf(const char* type) {
        std::vector<std::string> found;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.messageType == type) found.push_back(item.recipient);
            return true;
        });
        return found;
    }
    void expectClean() {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    House house;
};

TEST_F(OfficeActsTest, ASheetGoesToTheCourtThatItNamesAndIsSignedByItsDigest) {
    const auto sent = house.send(house.enforcement, sheet());
    ASSERT_EQ(sent.verdict(), "accepted") << sent.body;
    EXPECT_EQ(recipientsOf("ReconciliationSheet"), std::vector<std::string>{scenario::kCourt});
    const auto id = sent.at("receipt/messageId");
    const auto wrong = house.send(house.court, signature(id, std::string(64, 'a')));
    EXPECT_EQ(wrong.code(), "ACT_REFUSED");
    EXPECT_EQ(wrong.at("refusal/reasons/0/path"), "/sheetCounterSignature/sheet/sha256");
    EXPECT_NE(wrong.at("refusal/reasons/0/en").find("OTHER_DIGEST"), std::string::npos);
    const auto good = house.send(house.court, signature(id, sent.at("receipt/contentSha256")));
    ASSERT_EQ(good.verdict(), "accepted") << good.body;
    EXPECT_EQ(recipientsOf("SheetCounterSignature"),
              std::vector<std::string>{scenario::kEnforcement});
    expectClean();
}

TEST_F(OfficeActsTest, OnlyWhoIsWhatTheLawNamesMaySend) {
    const auto ours = sheet();
    EXPECT_EQ(house.send(house.committee, ours).code(), "FORBIDDEN_TYPE");
    EXPECT_EQ(house.send(house.procuracy, ours).code(), "FORBIDDEN_CASE") << "form 03 is not its";
    EXPECT_TRUE(recipientsOf("ReconciliationSheet").empty());
}

// What an office says of a document that it has got goes to whoever has issued that document.
TEST_F(OfficeActsTest, TheStatusOfADocumentGoesToItsAuthor) {
    const auto status = [](const std::string& from, const std::string& author) {
        return actOf("DocumentStatus", R"({"document":{"documentId":"D1","author":")" + author +
                                           R"("},"status":"registered","from":{"code":")" + from +
                                           "\"}}");
    };
    const auto good = house.send(house.enforcement, status("G15.90.21", scenario::kCourt));
    ASSERT_EQ(good.verdict(), "accepted") << good.body;
    EXPECT_EQ(recipientsOf("DocumentStatus"), std::vector<std::string>{scenario::kCourt});
    const auto below = house.send(house.enforcement, status("X.1.G15.90.21", scenario::kCourt));
    EXPECT_EQ(below.verdict(), "accepted") << "an office of its own, unknown here: " << below.body;
    const auto foreign =
        house.send(house.enforcement, status(scenario::kProcuracy, scenario::kCourt));
    EXPECT_EQ(foreign.code(), "FORBIDDEN_SENDER") << foreign.body;
    EXPECT_TRUE(foreign.at("refusal/reasons/0/path").ends_with("from/code")) << foreign.body;
    const auto nobody = house.send(house.enforcement, status("G15.90.21", "Văn phòng khác"));
    EXPECT_EQ(nobody.at("receipt/notes/0"), "recipient-not-connected:#1") << nobody.body;
    EXPECT_EQ(recipientsOf("DocumentStatus").size(), 2U);
    expectClean();
}

TEST_F(OfficeActsTest, ConditionsSpeakOfTheAct) {
    auto turned = sheet();
    turned.content.child("period")->child("until")->value = "2025-09-01";
    const auto reply = house.send(house.enforcement, turned);
    EXPECT_EQ(reply.code(), "ACT_REFUSED");
    EXPECT_NE(reply.at("refusal/reasons/0/vi").find("kỳ kết thúc trước khi bắt đầu"),
              std::string::npos);
}

TEST_F(OfficeActsTest, WhoIsNotConnectedIsNamedInTheReceipt) {
    auto elsewhere = sheet();
    elsewhere.content.child("counterpart")->value = "D01.29";
    const auto reply = house.send(house.enforcement, elsewhere);
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/notes/0"), "recipient-not-connected:D01.29");
    expectClean();
}

TEST_F(OfficeActsTest, NobodySpeaksForTheClock) {
    const auto reply = house.send(
        house.enforcement,
        actOf("DeadlineNotice", R"({"case":"c","rule":"r","kind":"passed","explanation":"x",
                                    "owes":"obligated"})"));
    EXPECT_NE(reply.verdict(), "accepted") << reply.body;
}

}  // namespace
}  // namespace gateway::exchange::fixture
