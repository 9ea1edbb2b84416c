// A signed spreadsheet: many messages under one signature, each accepted or refused alone.

#include "gateway/document/digest.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::Reply;

constexpr const char* kHeader =
    "Loại văn bản;Tòa án;Số bản án;Ngày bản án;Cấp xét xử;Người khởi kiện;Người bị kiện;"
    "Điểm khoản 1 Điều 311;Nội dung phải thi hành;Người phải thi hành\r\n";

std::string rowOf(const std::string& number, const std::string& issuedOn = "02/03/2026",
                  const std::string& point = "b") {
    return "Bản án;" + std::string(scenario::kCourt) + ";" + number + ";" + issuedOn +
           ";Sơ thẩm;Ông Lê Văn Thử;Ủy ban nhân dân phường Quy Nhơn;" + point +
           ";Hủy Quyết định số 12/QĐ-UBND.;Ủy ban nhân dân phường Quy Nhơn\r\n";
}

class Tables : public testing::Test {
  protected:
    Tables() {
        house.change(scenario::kCourt,
                     [](trust::Partner& partner) { partner.formatsIn = {"court-table/ruling"}; });
    }
    Signed signedTable(
        const std::string& text, const std::function<void(model::Envelope&)>& bend = [](auto&) {}) {
        auto claims = house.message(house.court, scenario::transferOf("1/2026/HC-ST")).envelope;
        bend(claims);
        Signed file{text, "text/csv", ""};
        file.detachedHeader = house.court.detachedOver(text, claims, "text/csv");
        return file;
    }
    Reply send(const Signed& file, bool dryRun = false) {
        return house.send(house.court, file, dryRun);
    }
    std::int64_t recorded() { return house.ledger.storedBytes(scenario::kCourt); }

    House house;
};

TEST_F(Tables, EachRowIsAcceptedOrRefusedAlone) {
    const auto file =
        signedTable(kHeader + rowOf("31/2026/HC-ST") + rowOf("32/2026/HC-ST", "30/02/2026") +
                    rowOf("33/2026/HC-ST") + rowOf("34/2026/HC-ST", "02/03/2026", "z"));
    const auto reply = send(file);
    EXPECT_EQ(reply.status, 200);
    ASSERT_TRUE(reply.sealed) << reply.body;
    EXPECT_EQ(reply.at("table/accepted"), "2");
    EXPECT_EQ(reply.at("table/refused"), "2");
    EXPECT_EQ(reply.at("table/bodySha256"), document::sha256(file.body).hex());
    EXPECT_EQ(reply.at("table/mappingId"), "court-table/ruling");
    EXPECT_EQ(reply.at("table/rows/0/row"), "2");
    EXPECT_EQ(reply.at("table/rows/0/receipt/verdict"), "accepted");
    EXPECT_EQ(reply.at("table/rows/0/receipt/bodySha256"), document::sha256(file.body).hex());
    const auto id = "table-" + document::sha256(file.body).hex();
    EXPECT_EQ(reply.at("table/rows/0/receipt/messageId"), id + "-2");
    EXPECT_EQ(reply.at("table/rows/1/messageId"), id + "-3");
    EXPECT_EQ(reply.at("table/rows/1/reasons/0/code"), "MAPPING_VALUE");
    EXPECT_EQ(reply.at("table/rows/1/reasons/0/path"), "/rows/3/Ngày bản án");
    EXPECT_EQ(reply.at("table/rows/1/reasons/0/line"), "3");
    EXPECT_EQ(reply.at("table/rows/1/reasons/0/column"), "4");
    EXPECT_TRUE(
        reply.at("table/rows/1/reasons/0/vi").starts_with("Tại hàng 3, cột D “Ngày bản án”: "))
        << reply.at("table/rows/1/reasons/0/vi");
    EXPECT_EQ(reply.at("table/rows/2/receipt/verdict"), "accepted");
    EXPECT_EQ(reply.at("table/rows/3/reasons/0/path"), "/rows/5/Điểm khoản 1 Điều 311");
    EXPECT_EQ(house.caseNumbered("31/2026/HC-ST").caseId, reply.at("table/rows/0/receipt/caseId"));
    EXPECT_NE(house.caseNumbered("33/2026/HC-ST").caseId, reply.at("table/rows/0/receipt/caseId"));
}

TEST_F(Tables, TheSameFileAgainGivesNothingTwice) {
    const auto file = signedTable(kHeader + rowOf("41/2026/HC-ST") + rowOf("42/2026/HC-ST"));
    const auto first = send(file);
    ASSERT_EQ(first.at("table/accepted"), "2") << first.body;
    const auto stored = recorded();
    const auto again = send(file);
    EXPECT_EQ(again.at("table/accepted"), "2");
    for (const std::string row : {"0", "1"})
        EXPECT_EQ(again.at("table/rows/" + row + "/receipt/receiptId"),
                  first.at("table/rows/" + row + "/receipt/receiptId"));
    EXPECT_EQ(recorded(), stored);
}

TEST_F(Tables, AFileThatWasCutOffIsCompletedBySendingItAgain) {
    const auto file = signedTable(kHeader + rowOf("51/2026/HC-ST") + rowOf("52/2026/HC-ST") +
                                  rowOf("53/2026/HC-ST"));
    // The store breaks down when the second row is written.
    int writes = 0;
    house.ledger.onAccept = [&](const store::Acceptance&) -> std::optional<store::AcceptOutcome> {
        if (++writes == 2) throw store::StoreFault("the disk is gone");
        return std::nullopt;
    };
    EXPECT_THROW(static_cast<void>(send(file)), store::StoreFault);
    house.ledger.onAccept = nullptr;
    const auto first = house.caseNumbered("51/2026/HC-ST").caseId;
    const auto again = send(file);
    EXPECT_EQ(again.at("table/accepted"), "3") << again.body;
    EXPECT_EQ(again.at("table/rows/0/receipt/caseId"), first);
    EXPECT_EQ(again.at("table/rows/0/receipt/verdict"), "accepted") << "not linked: its own";
}

TEST_F(Tables, ATrialLeavesNothing) {
    const auto file = signedTable(kHeader + rowOf("61/2026/HC-ST"));
    const auto stored = recorded();
    const auto trial = send(file, true);
    EXPECT_EQ(trial.at("table/dryRun"), "true");
    EXPECT_EQ(trial.at("table/rows/0/receipt/verdict"), "would-accept");
    EXPECT_EQ(recorded(), stored);
}

TEST_F(Tables, AFileOfWhichNothingIsTakenIsARefusal) {
    const auto reply = send(signedTable(kHeader + rowOf("71/2026/HC-ST", "x")));
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(reply.sealed);
    EXPECT_EQ(reply.at("table/accepted"), "0");
}

TEST_F(Tables, AFileThatIsWrongAsAWholeIsRefusedAsAnyMessage) {
    EXPECT_EQ(send(signedTable("A;B\n1;2\n")).code(), "MAPPING_NO_FORMAT");
    EXPECT_EQ(send(signedTable(kHeader)).code(), "MAPPING_REQUIRED");
    EXPECT_EQ(send(signedTable(std::string("Tòa án;") + kHeader)).code(), "TABLE_HEADER");
    const auto broken = send(signedTable(kHeader + std::string("\"Bản án;")));
    EXPECT_EQ(broken.code(), "TABLE_UNREADABLE");
    EXPECT_EQ(broken.at("refusal/reasons/0/line"), "2");
    EXPECT_NE(broken.at("refusal/reasons/0/vi").find("dấu nháy kép"), std::string::npos);
    const auto good = kHeader + rowOf("81/2026/HC-ST");
    EXPECT_EQ(send(signedTable(good, [](auto& e) { e.to = "other-gateway/test"; })).code(),
              "ADDRESSEE_OTHER");
    EXPECT_EQ(send(signedTable(good, [](auto& e) { e.type = model::MessageType::Ping; })).code(),
              "CLAIM_CONTRADICTED");
    auto altered = signedTable(good);
    altered.body += rowOf("82/2026/HC-ST");
    EXPECT_EQ(send(altered).code(), "SIGNATURE_INVALID");
    auto bare = signedTable(good);
    bare.detachedHeader.clear();
    EXPECT_EQ(send(bare).code(), "SIGNATURE_MISSING");
    EXPECT_EQ(house.ask(house.court, signedTable(good)).code(), "MAPPING_NO_FORMAT");
}

TEST_F(Tables, RowsAreBounded) {
    House small([](base::Limits& limits) {
        limits.contentItems = 2;
        limits.letterCopiesBytes = 2'000;
    });
    small.change(scenario::kCourt,
                 [](trust::Partner& partner) { partner.formatsIn = {"court-table/ruling"}; });
    const auto post = [&](const std::string& text) {
        const auto claims =
            small.message(small.court, scenario::transferOf("1/2026/HC-ST")).envelope;
        return small.send(small.court, Signed{text, "text/csv",
                                              small.court.detachedOver(text, claims, "text/csv")});
    };
    const auto three = kHeader + rowOf("1/2026/HC-ST") + rowOf("2/2026/HC-ST");
    EXPECT_EQ(post(kHeader + rowOf("1/2026/HC-ST")).at("table/accepted"), "1");
    EXPECT_EQ(post(three + rowOf("3/2026/HC-ST")).code(), "CONTENT_TOO_LARGE") << "rows";
    EXPECT_EQ(post(three + std::string(600, '\n')).code(), "CONTENT_TOO_LARGE") << "bytes";
}

TEST_F(Tables, IsWeighedBeforeItIsRead) {
    auto inbound = house.inbound(scenario::kCourt, signedTable(kHeader + rowOf("85/2026/HC-ST")));
    const auto answered = [&](std::size_t share) {
        const base::MemoryAccount memory({100'000'000, share});
        auto held = memory.open({base::MemoryHolder::Kind::Agency, scenario::kCourt});
        inbound.memory = &held;
        return house.intake.accept(inbound).status;
    };
    EXPECT_EQ(answered(100), 429);
    EXPECT_EQ(recorded(), 0) << "and leaves nothing";
    EXPECT_EQ(answered(1'000'000), 200);
}

// The other rows of the file are other cases; a recipient is given its own alone.
TEST_F(Tables, NoRecipientIsGivenTheFile) {
    const auto reply = send(signedTable(kHeader + rowOf("91/2026/HC-ST")));
    ASSERT_EQ(reply.at("table/accepted"), "1") << reply.body;
    const auto list = house.read(house.mailbox.list(house.snapshots, scenario::kEnforcement,
                                                    std::chrono::seconds(0), std::stop_token()));
    const auto item = list.at("items/0/item");
    const auto snapshot = house.snapshots.current();
    const auto delivered = house.read(house.mailbox.fetch(
        *snapshot, *snapshot->registry->channelById("ch-" + std::string(scenario::kEnforcement)),
        scenario::kEnforcement, item));
    ASSERT_EQ(delivered.at("judgmentTransfer/ruling/reference/number"), "91/2026/HC-ST");
    EXPECT_EQ(delivered.at("delivery/original"), "");
    EXPECT_EQ(delivered.at("delivery/originalHeader"), "");
    EXPECT_EQ(delivered.at("delivery/leftOut/0"), "original");
}

}  // namespace
}  // namespace gateway::exchange::fixture
