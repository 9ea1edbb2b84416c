// An office without a system signs a spreadsheet: many messages in one request, over the real door.

#include <atomic>
#include <thread>

#include "gateway/document/digest.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

constexpr const char* kHeader =
    "Loại văn bản;Tòa án;Số bản án;Ngày bản án;Cấp xét xử;Người khởi kiện;Người bị kiện;"
    "Điểm khoản 1 Điều 311;Nội dung phải thi hành;Người phải thi hành\r\n";

std::string rowOf(const std::string& number, const std::string& issuedOn = "02/03/2026") {
    return "Bản án;" + kCourt + ";" + number + ";" + issuedOn +
           ";Sơ thẩm;Ông Lê Văn Thử;Ủy ban nhân dân phường Quy Nhơn;"
           "b;\"Hủy Quyết định\r\nsố 12/QĐ-UBND.\";Ủy ban nhân dân phường Quy Nhơn\r\n";
}

Signed tableOf(const Agency& court, const std::string& text) {
    const auto claims = court.message(transferOf("1/2026/HC-ST")).envelope;
    return {text, "text/csv", court.detachedOver(text, claims, "text/csv")};
}

void readTables(World& world) {
    Enrolment enrolment;
    enrolment.agency = kCourt;
    enrolment.formatsIn = {"case-model-json/*", "court-table/ruling"};
    world.enrol(enrolment);
}

std::string row(int index, const std::string& below) {
    return "table/rows/" + std::to_string(index) + "/" + below;
}

class Tables : public Town {
  public:
    static void SetUpTestSuite() {
        Town::SetUpTestSuite();
        readTables(world());
        ASSERT_EQ(world().operatorPost("/v1/reload").at("done"), "true");
    }
};

TEST_F(Tables, TellsOfEachRowAndEntersNothingTwice) {
    const auto good = newNumber(), bad = newNumber(), also = newNumber();
    static_cast<void>(enforcement().emptyMailbox());
    const auto file = tableOf(court(), "\xEF\xBB\xBF" + std::string(kHeader) + rowOf(good) +
                                           rowOf(bad, "30/02/2026") + rowOf(also));
    const auto reply = court().send(file);
    ASSERT_TRUE(reply.sealed) << reply.body;
    EXPECT_EQ(reply.status, 200) << reply.at(row(0, "reasons/0/vi"));
    EXPECT_EQ(reply.at("table/accepted"), "2");
    EXPECT_EQ(reply.at("table/refused"), "1");
    EXPECT_EQ(reply.at("table/bodySha256"), document::sha256(file.body).hex());
    EXPECT_EQ(reply.at(row(0, "receipt/verdict")), "accepted");
    EXPECT_EQ(reply.at(row(1, "row")), "3");
    EXPECT_EQ(reply.at(row(1, "reasons/0/path")), "/rows/3/Ngày bản án");
    EXPECT_EQ(reply.at(row(1, "reasons/0/column")), "4");
    EXPECT_NE(reply.at(row(1, "reasons/0/vi")).find("hàng 3, cột D “Ngày bản án”"),
              std::string::npos)
        << reply.at(row(1, "reasons/0/vi"));

    // A row's receipt is one like any other, also found by its own name.
    const auto receiptId = reply.at(row(2, "receipt/receiptId"));
    const auto found = court().get("/v1/receipts/" + receiptId);
    EXPECT_TRUE(found.sealed) << found.body;
    EXPECT_EQ(found.at("receipt/messageId"), reply.at(row(2, "receipt/messageId")));

    const auto again = court().send(file);
    EXPECT_EQ(again.at("table/accepted"), "2");
    for (const int accepted : {0, 2})
        EXPECT_EQ(again.at(row(accepted, "receipt/receiptId")),
                  reply.at(row(accepted, "receipt/receiptId")));
    EXPECT_EQ(enforcement().emptyMailbox(), 2) << "one letter for each row that was accepted";
}

TEST_F(Tables, IsSignedFromOutsideAndWholeOrNothing) {
    const auto text = kHeader + rowOf(newNumber());
    auto altered = tableOf(court(), text);
    altered.body += rowOf(newNumber());
    EXPECT_EQ(court().send(altered).code(), "SIGNATURE_INVALID");
    auto bare = tableOf(court(), text);
    bare.detachedHeader.clear();
    EXPECT_EQ(court().send(bare).code(), "SIGNATURE_MISSING");
    auto renamed = tableOf(court(), text);
    renamed.mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    EXPECT_EQ(court().send(renamed).code(), "SIGNATURE_HEADER");
    const auto broken = court().send(tableOf(court(), text + "\"Bản án;"));
    EXPECT_EQ(broken.code(), "TABLE_UNREADABLE");
    EXPECT_EQ(broken.at("refusal/reasons/0/line"), "3");
}

TEST(CrashInATable, IsCompletedBySendingItAgain) {
    constexpr int kRows = 200;
    World world;
    enrolProvince(world);
    readTables(world);
    ASSERT_TRUE(world.start()) << world.log();
    const Agency court(world, kCourt);
    std::string text = kHeader;
    for (int i = 0; i < kRows; ++i) text += rowOf(std::to_string(100 + i) + "/2026/HC-ST");
    const auto file = tableOf(court, text);
    const auto recorded = [&] {
        const auto log = world.log();
        std::size_t count = 0;
        for (auto at = log.find("message.accepted"); at != std::string::npos;
             at = log.find("message.accepted", at + 1))
            ++count;
        return count;
    };
    std::atomic<bool> answered = false;
    std::thread sender([&] {
        EXPECT_FALSE(court.send(file).answered());
        answered = true;
    });
    while (recorded() < 5 && !answered) std::this_thread::yield();
    world.kill();
    sender.join();
    EXPECT_LT(recorded(), static_cast<std::size_t>(kRows)) << "nothing was cut off";

    ASSERT_TRUE(world.start()) << world.log();
    const auto reply = court.send(file);
    EXPECT_EQ(reply.at("table/accepted"), std::to_string(kRows))
        << reply.at(row(0, "reasons/0/vi"));
    EXPECT_EQ(reply.at(row(0, "receipt/verdict")), "accepted") << "its own, not linked";
    EXPECT_EQ(world.rebuild(), "clean");
    std::string found;
    EXPECT_EQ(run({"sqlite3", "-readonly", world.storeFile(),
                   "SELECT count(*) || ' ' || count(DISTINCT case_id) FROM message "
                   "WHERE agency = '" +
                       kCourt + "'"},
                  &found),
              0);
    EXPECT_EQ(found, std::to_string(kRows) + " " + std::to_string(kRows) + "\n");
}

}  // namespace
}  // namespace gateway::scenario
