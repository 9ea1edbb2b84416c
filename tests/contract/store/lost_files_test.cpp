// Files taken away under a running store: it stops promising, and keeps what it has promised.

#include <gtest/gtest.h>

#include <fstream>

#include "gateway/store/sqlite/engine/connection.h"
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

class LostFiles : public ::testing::TestWithParam<const char*> {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "store.db"; }
    [[nodiscard]] std::unique_ptr<SqliteStore> open() const {
        return SqliteStore::open(file(), {}, clock_);
    }
    static bool accept(SqliteStore& store, int n) {
        const std::string own = std::to_string(n);
        try {
            return is<Stored>(
                store.ledger().accept(opening("case-" + own, "m-" + own, own + "/2026/HC-ST")));
        } catch (const StoreFault&) {
            return false;
        }
    }

    gateway::support::TemporaryFolder folder_;
    FixedClock clock_;
};

}  // namespace

TEST_P(LostFiles, AreNoticedAndNothingAcknowledgedIsLost) {
    int acknowledged = 0;
    {
        const auto store = open();
        ASSERT_TRUE(accept(*store, ++acknowledged));
        auto lost = file();
        lost += GetParam();
        auto aside = lost;
        aside += ".aside";
        std::filesystem::rename(lost, aside);
        // Until it is noticed, messages are taken and told durable.
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (accept(*store, acknowledged + 1) && std::chrono::steady_clock::now() < until)
            ++acknowledged;
        EXPECT_FALSE(store->healthy());
        if (std::string(GetParam()).empty()) std::filesystem::rename(aside, lost);
    }
    const auto again = open();
    for (int n = 1; n <= acknowledged; ++n)
        EXPECT_TRUE(again->ledger().findByKey("TA.AG", "m-" + std::to_string(n))) << n;
    EXPECT_TRUE(again->integrityCheck().empty());
}

INSTANTIATE_TEST_SUITE_P(Each, LostFiles, ::testing::Values("", "-wal", "-shm"));

TEST_F(LostFiles, BackupThatFailsLeavesNothingAndTheStoreGoesOn) {
    const auto store = open();
    ASSERT_TRUE(accept(*store, 1));
    EXPECT_THROW(store->backupTo(folder_.path() / "no-folder" / "copy.db"), gateway::base::Fault);
    // A page that is no page: found when the copy is looked at.
    const auto copies = folder_.path() / "copies";
    std::filesystem::create_directory(copies);
    {
        Connection connection(file(), Access::ReadWrite);
        connection.execute("PRAGMA foreign_keys = 0; DELETE FROM message");
    }
    EXPECT_THROW(store->backupTo(copies / "copy.db"), gateway::base::Fault);
    EXPECT_TRUE(std::filesystem::is_empty(copies));
    EXPECT_TRUE(store->healthy());
    EXPECT_EQ(store->figures().backupFailures, 2);
    EXPECT_FALSE(store->figures().lastBackup);
}

TEST_F(LostFiles, WhatAKilledBackupHasLeftIsRemovedByTheNext) {
    const auto copies = folder_.path() / "copies";
    std::filesystem::create_directory(copies);
    { const std::ofstream left(copies / "old.db.partial"); }
    { const std::ofstream other(copies / "old.db"); }
    const auto store = open();
    store->backupTo(copies / "new.db");
    EXPECT_FALSE(std::filesystem::exists(copies / "old.db.partial"));
    EXPECT_TRUE(std::filesystem::exists(copies / "old.db"));
    EXPECT_EQ(store->figures().lastBackup, kNoon);
    EXPECT_EQ(store->figures().backups, 1);
}

TEST_F(LostFiles, TheLastBackupIsKnownAfterARestart) {
    open()->backupTo(folder_.path() / "copy.db");
    EXPECT_EQ(open()->figures().lastBackup, kNoon);
}
