// One changed letter in the file: found when it is read, told once, and nobody else is harmed.

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/engine/migrator.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/contract/store/samples.h"
#include "tests/support/temporary_folder.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;

namespace {

class FixedClock final : public gateway::base::Clock {
  public:
    [[nodiscard]] gateway::base::Timestamp now() const override { return kNoon; }
};

class Damage : public ::testing::Test {
  protected:
    void SetUp() override {
        store_ = SqliteStore::open(file(), {}, clock_);
        for (const char* n : {"1", "2"}) {
            const std::string own = n;
            auto opens = opening("case-" + own, "m-" + own, own + "/2026/HC-ST");
            opens.outbox = {item("out-" + own, "H01.5", "case-" + own)};
            ASSERT_TRUE(is<Stored>(store_->ledger().accept(opens)));
        }
    }
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "store.db"; }
    // As somebody with the disk in his hands.
    void change(const std::string& sql) const {
        Connection connection(file(), Access::ReadWrite);
        connection.execute(sql);
    }
    // A read that finds it, twice: told once, and the process goes on.
    template <class Read>
    void expectFound(const Read& read) {
        EXPECT_THROW(static_cast<void>(read()), StoreDamaged);
        EXPECT_THROW(static_cast<void>(read()), StoreDamaged);
        EXPECT_EQ(store_->figures().damaged, 1U);
        EXPECT_TRUE(store_->healthy());
    }

    gateway::support::TemporaryFolder folder_;
    FixedClock clock_;
    std::unique_ptr<SqliteStore> store_;
};

}  // namespace

TEST_F(Damage, OfNothingIsFoundInWhatIsSound) {
    EXPECT_TRUE(store_->ledger().findByKey("TA.AG", "m-1"));
    EXPECT_TRUE(store_->ledger().findWhole("TA.AG", "m-1"));
    EXPECT_TRUE(store_->cases().find("case-1"));
    EXPECT_EQ(store_->cases().messagesOf("case-1").size(), 1U);
    EXPECT_TRUE(itemHolds(store_->outbox().find("out-1").value()));
    ASSERT_TRUE(is<Stored>(store_->ledger().accept(following("case-1", "m-3", 1))));
    EXPECT_EQ(store_->cases().find("case-1")->version, 2);
    EXPECT_EQ(store_->figures().damaged, 0U);
}

TEST_F(Damage, OfAReceiptIsNotServed) {
    change(
        "UPDATE message SET receipt = CAST(replace(receipt, 'Receipt', 'Rezeipt') AS BLOB) "
        "WHERE message_id = 'm-1'");
    expectFound([&] { return store_->ledger().findByKey("TA.AG", "m-1"); });
    expectFound([&] { return store_->ledger().findByReceipt("rcp-TA.AG-m-1"); });
    const auto known = opening("case-1", "m-1", "1/2026/HC-ST").message;
    expectFound([&] { return store_->ledger().findByBody(known.channel, known.bodySha256); });
    // Whoever sends it again is not given it either.
    expectFound([&] { return store_->ledger().accept(opening("case-1", "m-1", "1/2026/HC-ST")); });
    EXPECT_TRUE(store_->ledger().findByKey("TA.AG", "m-2"));
}

TEST_F(Damage, OfADigestIsDamageAsWell) {
    change("DELETE FROM receipt_digest WHERE position = 1");
    expectFound([&] { return store_->ledger().findByReceipt("rcp-TA.AG-m-1"); });
}

TEST_F(Damage, OfEventsIsFoundInHistories) {
    change(
        "UPDATE message SET events = replace(events, 'Registered', 'Completed') "
        "WHERE message_id = 'm-1'");
    expectFound([&] { return store_->cases().messagesOf("case-1"); });
    expectFound([&] { return store_->cases().historiesOf({"case-2", "case-1"}, 1'000'000, "c"); });
    EXPECT_EQ(store_->cases().messagesOf("case-2").size(), 1U);
}

TEST_F(Damage, OfAParkedMessageIsFoundBeforeItIsApplied) {
    Acceptance parks;
    parks.message = message("H01.5", "p-1");
    parks.parkUnder = alias("9/2026/HC-ST");
    ASSERT_TRUE(is<Stored>(store_->ledger().accept(parks)));
    EXPECT_EQ(store_->cases().parkedFor(alias("9/2026/HC-ST")).size(), 1U);
    change("UPDATE message SET events = events || ' ' WHERE message_id = 'p-1'");
    expectFound([&] { return store_->cases().parkedFor(alias("9/2026/HC-ST")); });
}

TEST_F(Damage, OfABodyIsFoundBeforeItIsEnclosed) {
    change("UPDATE message SET body = x'00' WHERE message_id = 'm-1'");
    EXPECT_TRUE(store_->ledger().findByKey("TA.AG", "m-1")) << "which does not read it";
    expectFound([&] { return store_->ledger().findWhole("TA.AG", "m-1"); });
}

TEST_F(Damage, OfACaseIsNotAnswered) {
    change("UPDATE case_file SET stage = 'completed' WHERE case_id = 'case-1'");
    expectFound([&] { return store_->cases().find("case-1"); });
    expectFound([&] { return store_->cases().findByAlias(alias("1/2026/HC-ST")); });
    expectFound([&] { return store_->cases().select({}, "", 10); });
    EXPECT_TRUE(store_->cases().find("case-2"));
    // Who judges the store himself sees it as it is.
    const auto view = store_->view();
    EXPECT_EQ(view->cases().find("case-1")->stage, "completed");
}

TEST_F(Damage, OfAWaitingItemShowsInItsDigest) {
    for (const char* sql :
         {"UPDATE outbox_content SET content = content || ' '",
          "UPDATE outbox SET recipient = 'H02.6'", "UPDATE outbox_content SET sha256 = ''"}) {
        change(std::string(sql) + " WHERE sequence = 1");
        EXPECT_FALSE(itemHolds(store_->outbox().find("out-1").value())) << sql;
        EXPECT_TRUE(itemHolds(store_->outbox().find("out-2").value()));
    }
}

TEST_F(Damage, IsFoundInRowsThatAnOlderProgramWrote) {
    store_.reset();
    const auto old = folder_.path() / "old.db";
    {
        Connection connection(old, Access::ReadWrite);
        const auto all = allMigrations();
        const auto ours = std::ranges::find_if(
            all, [](const Migration& one) { return one.name.ends_with("_digests"); });
        ASSERT_NE(ours, all.end());
        ASSERT_EQ(migrate(connection, all.first(static_cast<std::size_t>(ours - all.begin()))),
                  ours->version - 1);
        connection.execute("ATTACH '" + file().string() + "' AS new");
        const std::string outbox =
            "(sequence, item_id, recipient, case_id, message_type, source_agency, "
            "source_message_id, state, is_head, attempts, created_at, due_at, "
            "rendered_media_type, rendered_header, rendered_sha256, last_error, "
            "partner_receipt_media_type, partner_receipt_header, partner_receipt) ";
        connection.execute("INSERT INTO main.outbox " + outbox + "SELECT " +
                           outbox.substr(1, outbox.size() - 3) + " FROM new.outbox");
        connection.execute(
            "INSERT INTO main.message SELECT * FROM new.message; "
            "INSERT INTO main.case_alias SELECT * FROM new.case_alias; "
            "INSERT INTO main.outbox_content (sequence, content) "
            "SELECT sequence, content FROM new.outbox_content; "
            "INSERT INTO main.case_file SELECT number_of_row, case_id, version, court, "
            "first_instance_court, province, number, issued_on, stage, snapshot FROM "
            "new.case_file");
    }
    std::filesystem::remove(file());
    std::filesystem::rename(old, file());
    EXPECT_THROW(static_cast<void>(SqliteStore::viewOfFile(file())), OlderStore);
    store_ = SqliteStore::open(file(), {}, clock_);
    EXPECT_TRUE(store_->ledger().findByKey("TA.AG", "m-1"));
    EXPECT_TRUE(store_->cases().find("case-1"));
    EXPECT_TRUE(itemHolds(store_->outbox().find("out-1").value()));
    change("UPDATE case_file SET snapshot = '{}' WHERE case_id = 'case-1'");
    expectFound([&] { return store_->cases().find("case-1"); });
}

TEST_F(Damage, IsJudgedOnOneMomentWhileOthersWrite) {
    const auto view = store_->view();
    EXPECT_EQ(view->lastPosition(), 2);
    ASSERT_TRUE(is<Stored>(store_->ledger().accept(following("case-1", "m-3", 1))));
    EXPECT_EQ(view->lastPosition(), 2);
    EXPECT_EQ(view->cases().find("case-1")->version, 1);
    EXPECT_EQ(view->cases().messagesOf("case-1").size(), 1U);
    // By another connection to the file, as another process would.
    const auto later = SqliteStore::viewOfFile(file());
    EXPECT_EQ(later->lastPosition(), 3);
    EXPECT_EQ(later->cases().find("case-1")->version, 2);
    EXPECT_THROW(static_cast<void>(later->outbox().move("out-1", OutboxState::Waiting, {})),
                 gateway::base::Fault);
}
