// The disk is lost; a backup takes its place, and nobody is told anything twice.

#include <map>

#include "gateway/document/json.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "tests/scenario/support/push_partner.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

using thahc::test::OddPeer;

// The court takes pushes and can be asked; everybody else fetches.
class Restore : public testing::Test {
  protected:
    void SetUp() override {
        world_.set("limits.firstBackOffMs", "20");
        world_.set("limits.longestBackOffMs", "100");
        world_.issue("partner-tls", trust::DemoKind::Server);
        partner_.emplace(world_, [this](const Attempt& attempt, std::size_t, OddPeer& peer) {
            return answer(attempt, peer);
        });
        enrolProvince(world_);
        Enrolment court;
        court.agency = kCourt;
        court.pushUrl = partner_->url();
        court.pushStatus = partner_->statusUrl();
        court.pushIdempotent = false;
        world_.enrol(court);
        agencies_.emplace(world_);
        ASSERT_TRUE(world_.start()) << world_.log();
    }
    void TearDown() override { partner_.reset(); }

    // A program that keeps what it has taken, and is out of order at first.
    bool answer(const Attempt& attempt, OddPeer& peer) {
        const std::lock_guard lock(mutex_);
        if (!works_) return peer.send(httpAnswer(500, "text/plain", "hỏng")), false;
        if (attempt.question) {
            const auto known = taken_.find(attempt.item);
            if (known == taken_.end()) return peer.send(httpAnswer(404, "text/plain", "")), false;
            return peer.send(known->second);
        }
        const auto word = wordOf(agencies_->court, attempt);
        if (!taken_.emplace(attempt.item, word).second) ++twice_;
        return peer.send(word);
    }
    void repair() {
        const std::lock_guard lock(mutex_);
        works_ = true;
    }
    [[nodiscard]] std::size_t taken() {
        const std::lock_guard lock(mutex_);
        return taken_.size();
    }
    [[nodiscard]] std::string figure(const std::string& name) const {
        return world_.operatorGet("/v1/status").at("figures/" + name);
    }
    [[nodiscard]] int restore(const std::filesystem::path& backup, std::string* output) const {
        return run({World::binary(), "restore", backup, "--config",
                    world_.folder() / "gateway.properties"},
                   output);
    }

    World world_;
    std::optional<PushPartner> partner_;
    std::optional<Agencies> agencies_;
    std::mutex mutex_;
    bool works_ = false;
    std::map<std::string, std::string> taken_;
    int twice_ = 0;
};

TEST_F(Restore, AsksForWhatWasOpenBeforeItIsSent) {
    const std::string number = "1/2026/HC-ST";
    ASSERT_EQ(agencies_->court.send(transferOf(number)).verdict(), "accepted");
    ASSERT_EQ(agencies_->enforcement.send(registrationOf(number, number)).verdict(), "accepted");
    ASSERT_EQ(agencies_->committee.send(statusOf(number, "1/BC")).verdict(), "accepted");
    ASSERT_TRUE(eventually([&] { return !partner_->attempts().empty(); }));
    const auto backup = world_.copies() / "good.db";
    std::string output;
    ASSERT_EQ(world_.command({"backup", backup}, &output), 0) << output;

    // After the backup both go out, the second for the first time; and a message comes that is
    // lost.
    repair();
    ASSERT_TRUE(eventually([&] { return figure("thahc_outbox_items/delivered") == "2"; }));
    const auto lost = agencies_->court.json(agencies_->court.message(transferOf("2/2026/HC-ST")));
    const auto firstReceipt = agencies_->court.send(lost);
    ASSERT_EQ(firstReceipt.verdict(), "accepted");
    EXPECT_NE(restore(backup, &output), 0) << "a gateway is at work on it";
    ASSERT_EQ(world_.stop(), 0);
    const auto questions = partner_->questions().size();

    ASSERT_EQ(restore(backup, &output), 0) << output;
    EXPECT_NE(output.find(".replaced-"), std::string::npos) << "nothing is removed: " << output;
    const auto told = document::readJson(output);
    ASSERT_TRUE(told) << output;
    EXPECT_EQ(valueAt(told->root, "done"), "true");
    EXPECT_EQ(valueAt(told->root, "cases"), "1");
    EXPECT_NE(valueAt(told->root, "messages"), "");
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_TRUE(eventually([&] { return figure("thahc_outbox_items/delivered") == "2"; }))
        << world_.log();
    EXPECT_EQ(taken(), 2U);
    EXPECT_EQ(twice_, 0) << "nothing is pushed that the partner has";
    EXPECT_GE(partner_->questions().size(), questions + 2);
    EXPECT_TRUE(eventually([&] { return figure("thahc_restored_deliveries_open") != "2"; }));

    // What came after the backup is taken anew when it is sent again.
    EXPECT_EQ(agencies_->court.get("/v1/receipts/" + firstReceipt.at("receipt/receiptId")).status,
              404);
    EXPECT_EQ(agencies_->court.send(lost).verdict(), "accepted");
    EXPECT_EQ(world_.rebuild(), "clean");
}

TEST_F(Restore, SendsWhatThePartnerSaysItDoesNotHave) {
    const std::string number = "1/2026/HC-ST";
    ASSERT_EQ(agencies_->court.send(transferOf(number)).verdict(), "accepted");
    ASSERT_EQ(agencies_->enforcement.send(registrationOf(number, number)).verdict(), "accepted");
    ASSERT_TRUE(eventually([&] { return !partner_->attempts().empty(); }));
    const auto before = partner_->attempts().back();
    const auto backup = world_.copies() / "good.db";
    ASSERT_EQ(world_.command({"backup", backup}), 0);
    ASSERT_EQ(world_.stop(), 0);
    std::string output;
    ASSERT_EQ(restore(backup, &output), 0) << output;
    repair();
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_TRUE(eventually([&] { return figure("thahc_outbox_items/delivered") == "1"; }))
        << world_.log();
    EXPECT_EQ(taken(), 1U);
    EXPECT_EQ(partner_->attempts().back().item, before.item);
    EXPECT_EQ(partner_->attempts().back().body, before.body) << "the bytes of before the loss";
}

TEST_F(Restore, RefusesWhatIsNoSoundBackupOfThisStore) {
    ASSERT_EQ(agencies_->court.send(transferOf("1/2026/HC-ST")).verdict(), "accepted");
    const auto backup = world_.copies() / "good.db";
    ASSERT_EQ(world_.command({"backup", backup}), 0);
    ASSERT_EQ(world_.stop(), 0);
    std::string output;
    const auto changed = world_.copies() / "changed.db";
    std::filesystem::copy_file(backup, changed);
    {
        store::sqlite::Connection connection(changed, store::sqlite::Access::ReadWrite);
        connection.execute("UPDATE case_file SET stage = 'COMPLETED'");
    }
    EXPECT_EQ(restore(changed, &output), 1) << output;
    EXPECT_NE(output.find("stage"), std::string::npos) << output;
    EXPECT_NE(restore(world_.copies() / "none.db", &output), 0);
    const auto other = world_.copies() / "other.db";
    std::filesystem::copy_file(backup, other);
    {
        store::sqlite::Connection connection(other, store::sqlite::Access::ReadWrite);
        connection.execute("UPDATE store_identity SET id = 'ff'");
    }
    EXPECT_EQ(restore(other, &output), 1) << output;
    EXPECT_NE(output.find("another store"), std::string::npos) << output;
    const auto cut = world_.copies() / "cut.db";
    std::filesystem::copy_file(backup, cut);
    std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
    EXPECT_NE(restore(cut, &output), 0) << output;
    // What was there is there still.
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(world_.rebuild(), "clean");
    for (const auto& entry : std::filesystem::directory_iterator(world_.folder()))
        EXPECT_EQ(entry.path().string().find(".replaced-"), std::string::npos);
}

}  // namespace
}  // namespace gateway::scenario
