// What the store has lost or somebody has changed in it: found before it is sealed or served, told
// to operators, and nobody else is harmed.

#include "gateway/document/json.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "tests/scenario/support/correspondence.h"

namespace gateway::scenario {
namespace {

template <class Holds>
bool soon(const Holds& holds) {
    return eventually(holds, Patience(60'000));
}

class Integrity : public testing::Test {
  protected:
    void SetUp() override {
        enrolProvince(world_);
        agencies_.emplace(world_);
    }
    void start(const std::vector<std::string>& before = {}) {
        ASSERT_TRUE(world_.start(before)) << world_.log();
    }
    // As somebody with the disk in his hands.
    void change(const std::string& sql) const {
        store::sqlite::Connection connection(world_.storeFile(), store::sqlite::Access::ReadWrite);
        connection.execute(sql);
    }
    [[nodiscard]] double figure(const std::string& name) const {
        const auto text = world_.operatorGet("/metrics").body;
        const auto at = text.find("\n" + name + " ");
        return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
    }
    World world_;
    std::optional<Agencies> agencies_;
};

TEST_F(Integrity, OneChangedLetterOfAWaitingItemIsNeverSealed) {
    start();
    for (const char* number : {"1/2026/HC-ST", "2/2026/HC-ST"})
        ASSERT_EQ(agencies_->court.send(transferOf(number)).verdict(), "accepted");
    change("UPDATE outbox_content SET content = replace(content, '1/2026/HC-ST', '7/2026/HC-ST')");
    const auto shown = agencies_->enforcement.mailbox();
    ASSERT_EQ(shown.children.size(), 1U) << "the other one";
    const auto item = valueAt(shown, "0/item");
    const auto bytes = agencies_->enforcement.get("/v1/mailbox/" + item);
    EXPECT_EQ(bytes.status, 200);
    EXPECT_EQ(bytes.body.find("7/2026/HC-ST"), std::string::npos);
    EXPECT_NE(world_.operatorGet("/v1/dead-letters").body.find("no longer what was recorded"),
              std::string::npos);
    EXPECT_EQ(world_.operatorGet("/healthz").status, 200);
}

TEST_F(Integrity, BrokenReceiptIsNotServedAndOthersAre) {
    start();
    const auto first = agencies_->court.message(transferOf("1/2026/HC-ST"));
    const auto sent = agencies_->court.json(first);
    const auto receipt = agencies_->court.send(sent);
    ASSERT_EQ(receipt.verdict(), "accepted");
    const auto second = agencies_->court.send(transferOf("2/2026/HC-ST"));
    change(
        "UPDATE message SET receipt = CAST(replace(receipt, substr(receipt, 40, 4), 'AAAA') AS "
        "BLOB) WHERE message_id = '" +
        first.envelope.id + "'");
    const std::string place = "/v1/receipts/" + receipt.at("receipt/receiptId");
    for (int n = 0; n < 3; ++n) EXPECT_EQ(agencies_->court.get(place).status, 500);
    EXPECT_EQ(agencies_->court.get("/v1/messages?id=" + first.envelope.id).status, 500);
    EXPECT_EQ(agencies_->court.send(sent).status, 500) << "nor to whoever sends again";
    const auto other = agencies_->court.get("/v1/receipts/" + second.at("receipt/receiptId"));
    EXPECT_EQ(other.status, 200);
    EXPECT_EQ(other.body, second.body);
    EXPECT_EQ(agencies_->court.send(transferOf("3/2026/HC-ST")).verdict(), "accepted");
    EXPECT_GE(figure("thahc_store_damaged_rows"), 1);
    EXPECT_NE(world_.log().find("store.damaged"), std::string::npos);
    EXPECT_TRUE(world_.running());
}

// Nobody asks for it: the background check does.
TEST_F(Integrity, DamageThatNobodyReadsIsFoundInTheBackground) {
    world_.set("limits.checkPerSecond", "1000");
    start();
    const auto message = agencies_->court.message(transferOf("1/2026/HC-ST"));
    ASSERT_EQ(agencies_->court.send(message).verdict(), "accepted");
    EXPECT_EQ(figure("thahc_store_damaged_rows"), 0);
    ASSERT_EQ(world_.stop(), 0);
    change("UPDATE message SET events = replace(events, '1/2026', '7/2026') WHERE message_id = '" +
           message.envelope.id + "'");
    start();
    EXPECT_TRUE(soon([&] { return figure("thahc_log_check_passes_total") >= 1; }));
    EXPECT_GE(figure("thahc_store_damaged_rows"), 1);
}

// From the gateway and from a second process, while partners write.
TEST_F(Integrity, JudgingALiveStoreNeverCriesWolf) {
    start();
    Correspondence letters(*agencies_);
    letters.start(4);
    ASSERT_TRUE(soon([&] { return letters.acknowledged() > 10; }));
    for (int n = 0; n < 5; ++n) {
        const auto before = letters.acknowledged();
        EXPECT_EQ(world_.rebuild(), "clean");
        std::string output;
        EXPECT_EQ(world_.command({"rebuild", "--file", world_.storeFile()}, &output), 0) << output;
        ASSERT_TRUE(soon([&] { return letters.acknowledged() > before; }));
    }
    letters.stop();
    EXPECT_EQ(letters.settle(), "");
}

TEST_F(Integrity, LogTakenAwayEndsTheProcessAndLosesNothing) {
    start();
    std::vector<std::pair<std::string, std::string>> receipts;
    std::filesystem::path wal = world_.storeFile();
    wal += "-wal";
    for (int n = 1; n < 2'000; ++n) {
        const auto message =
            agencies_->court.message(transferOf(std::to_string(n) + "/2026/HC-ST"));
        const auto reply = agencies_->court.send(message);
        if (reply.status != 200) break;
        receipts.emplace_back(message.envelope.id, reply.body);
        if (n == 3) std::filesystem::remove(wal);
    }
    EXPECT_GE(receipts.size(), 3U);
    EXPECT_EQ(world_.process().wait(Patience(60'000)), 75) << world_.log();
    start();
    for (const auto& [id, receipt] : receipts)
        EXPECT_EQ(agencies_->court.get("/v1/messages?id=" + id).body, receipt);
    EXPECT_EQ(world_.rebuild(), "clean");
}

TEST_F(Integrity, HungDiskShowsInHealthUntilItAnswers) {
    world_.set("limits.storeStuckAfterMs", "300");
    start();
    ASSERT_EQ(world_.stop(), 0);
    start({"strace", "-D", "-f", "-qq", "-o", world_.folder() / "trace", "-e", "trace=fdatasync",
           "-e", "inject=fdatasync:delay_enter=6000000:when=5"});
    std::thread sending([&] {
        for (int n = 1; n < 8; ++n)
            static_cast<void>(agencies_->court.send(transferOf(std::to_string(n) + "/2026/HC-ST")));
    });
    EXPECT_TRUE(soon([&] { return world_.operatorGet("/healthz").status == 503; }));
    EXPECT_GT(figure("thahc_store_oldest_write_seconds"), 0);
    EXPECT_EQ(figure("thahc_healthy"), 0);
    EXPECT_TRUE(soon([&] { return world_.operatorGet("/healthz").status == 200; }));
    sending.join();
    EXPECT_TRUE(world_.running()) << "a disk that comes back is no reason to end";
    EXPECT_NE(world_.log().find("store.stuck"), std::string::npos);
}

TEST_F(Integrity, BackupAtABadPlaceIsRefusedAndSaysWhatToUse) {
    start();
    for (const auto& place :
         {world_.folder() / "beside-the-store.db", std::filesystem::path("/dev/shm/copy.db"),
          world_.copies() / "copy.db.partial", std::filesystem::path("/no/folder/copy.db")}) {
        std::string output;
        EXPECT_EQ(world_.command({"backup", place}, &output), 1) << output;
        EXPECT_NE(output.find(world_.copies().string()), std::string::npos) << output;
        EXPECT_FALSE(std::filesystem::exists(place));
    }
    EXPECT_EQ(figure("thahc_backup_last_timestamp_seconds"), 0);
    EXPECT_EQ(world_.command({"backup", world_.copies() / "copy.db"}), 0);
    EXPECT_GT(figure("thahc_backup_last_timestamp_seconds"), 1e9);
    EXPECT_TRUE(world_.running());
}

}  // namespace
}  // namespace gateway::scenario
