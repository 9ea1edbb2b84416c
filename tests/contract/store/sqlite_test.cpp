// What only a store on a disk promises: to be the same after closing, to refuse what it does not
// know, to be copied while it works, and to stop when the disk says no.

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <mutex>
#include <thread>

#include "gateway/base/fault.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/engine/checkpointer.h"
#include "gateway/store/sqlite/engine/migrator.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/contract/store/sqlite_file.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;
using gateway::base::Fault;

namespace {

std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_F(SqliteFile, KeepsEverythingWhenOpenedAgain) {
    Acceptance first = numbered(1);
    first.outbox = {item("out-1", "H01.5", "case-1")};
    first.attachments = {{"aa", "scan"}};
    Acceptance parked;
    parked.message = message("THADS.44", "e-1");
    parked.parkUnder = alias("77/2026/HC-ST");
    {
        const auto store = open();
        ASSERT_TRUE(is<Stored>(store->ledger().accept(first)));
        ASSERT_TRUE(is<Stored>(store->ledger().accept(parked)));
        ASSERT_EQ(store->ledger().recordRead(ReadAudit{"VKS.AG", "q-1", "", "", "", "", "", {}}, 0),
                  ReadRecorded::Yes);
    }
    const auto store = open();
    expectSame(*store->ledger().findWhole("TA.AG", "m-1"), first.message);
    EXPECT_TRUE(is<SameContent>(store->ledger().accept(first)));
    EXPECT_EQ(store->cases().find("case-1")->agencies.size(), 2U);
    EXPECT_EQ(store->cases().parkedFor(alias("77/2026/HC-ST")).size(), 1U);
    EXPECT_EQ(store->outbox().find("out-1")->state, OutboxState::Waiting);
    EXPECT_EQ(store->cases().attachment("TA.AG", "aa"), "scan");
    EXPECT_EQ(store->ledger().recordRead(ReadAudit{"VKS.AG", "q-1", "", "", "", "", "", {}}, 0),
              ReadRecorded::Repeated);
    EXPECT_TRUE(store->integrityCheck().empty());
}

TEST_F(SqliteFile, WhatWasBeingSentIsInDoubtAfterARestart) {
    {
        const auto store = open();
        Acceptance first = numbered(1);
        first.outbox = {item("a1", "H01.5", "case-1"), item("b1", "TA.AG", "case-1")};
        ASSERT_TRUE(is<Stored>(store->ledger().accept(first)));
        OutboxMove sending;
        sending.to = OutboxState::Sending;
        sending.at = kNoon;
        sending.dueAt = kNoon + std::chrono::hours(1);
        sending.countAttempt = true;
        ASSERT_TRUE(store->outbox().move("a1", OutboxState::Waiting, sending));
    }
    const auto store = open();
    EXPECT_EQ(store->outbox().find("a1")->state, OutboxState::Maybe);
    EXPECT_EQ(store->outbox().find("a1")->attempts, 1);
    EXPECT_EQ(store->outbox().find("b1")->state, OutboxState::Waiting);
    EXPECT_EQ(store->outbox().due(kNoon, 10, {"H01.5", "TA.AG"}).size(), 2U);
}

TEST_F(SqliteFile, IsPrivateAndSetAsPromised) {
    const auto store = open();
    ASSERT_TRUE(is<Stored>(store->ledger().accept(numbered(1))));
    for (const char* name : {"store.db", "store.db-wal"}) {
        struct stat found {};
        ASSERT_EQ(::stat(in(name).c_str(), &found), 0) << name;
        EXPECT_EQ(found.st_mode & 0777U, 0600U) << name;
    }
    EXPECT_EQ(pragma(file(), "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(pragma(file(), "PRAGMA page_size"), "4096");
    EXPECT_EQ(pragma(file(), "PRAGMA user_version"), "18");
    EXPECT_EQ(pragma(file(),
                     "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND "
                     "sql NOT LIKE '%STRICT%'"),
              "0");
}

TEST_F(SqliteFile, ServesOneProcessAtATime) {
    const auto store = open();
    EXPECT_THROW((void)open(), StoreFault);
}

TEST_F(SqliteFile, ANewerSchemaIsRefusedAndLeftAlone) {
    (void)open();
    {
        Connection connection(file(), Access::ReadWrite);
        connection.execute("PRAGMA user_version = 999");
    }
    const std::string before = bytesOf(file());
    try {
        (void)open();
        FAIL() << "a newer schema was opened";
    } catch (const StoreFault& fault) {
        EXPECT_NE(std::string(fault.what()).find("999"), std::string::npos);
    }
    EXPECT_EQ(bytesOf(file()), before);
}

TEST_F(SqliteFile, AlteredTablesAreRefusedAndLeftAlone) {
    (void)open();
    {
        Connection connection(file(), Access::ReadWrite);
        connection.execute("ALTER TABLE refusal DROP COLUMN length");
    }
    const std::string before = bytesOf(file());
    EXPECT_THROW((void)open(), StoreFault);
    EXPECT_EQ(bytesOf(file()), before);
}

TEST_F(SqliteFile, AForeignFileIsRefusedAndLeftAlone) {
    {
        Connection connection(file(), Access::ReadWrite);
        connection.execute("CREATE TABLE somebody_elses (a)");
    }
    const std::string before = bytesOf(file());
    EXPECT_THROW((void)open(), StoreFault);
    EXPECT_EQ(bytesOf(file()), before);
    std::ofstream(file(), std::ios::trunc) << std::string(5000, 'x');
    EXPECT_THROW((void)open(), StoreFault);
}

TEST_F(SqliteFile, IsCopiedWhileItWorks) {
    const auto store = open();
    for (int n = 0; n < 50; ++n) {
        ASSERT_TRUE(is<Stored>(store->ledger().accept(numbered(n))));
    }
    std::atomic<bool> stop{false};
    std::atomic<int> written{50};
    std::thread writer([&] {
        while (!stop) {
            ASSERT_TRUE(is<Stored>(store->ledger().accept(numbered(written))));
            ++written;
        }
    });
    while (written < 100) {
        std::this_thread::yield();
    }
    const int before = written;
    store->backupTo(in("copy.db"));
    const int after = written;
    stop = true;
    writer.join();
    EXPECT_THROW(store->backupTo(in("copy.db")), Fault);
    EXPECT_FALSE(std::filesystem::exists(in("copy.db.partial")));
    EXPECT_FALSE(std::filesystem::exists(in("copy.db-wal")));

    const auto copy = SqliteStore::open(in("copy.db"), {}, clock_);
    int messages = 0;
    copy->cases().forEachMessage(0, [&](const MessageRecord& m) {
        const auto original = store->ledger().findWhole(m.agency, m.messageId);
        EXPECT_EQ(original->position, m.position);
        expectSame(m, *original);
        EXPECT_TRUE(entryHolds(m));
        EXPECT_TRUE(copy->cases().find(m.caseId).has_value());
        return ++messages > 0;
    });
    EXPECT_GE(messages, before);
    EXPECT_LE(messages, after);
}

TEST_F(SqliteFile, ADamagedFileIsFound) {
    {
        const auto store = open();
        for (int n = 0; n < 20; ++n) {
            ASSERT_TRUE(is<Stored>(store->ledger().accept(numbered(n))));
        }
    }
    {
        Connection connection(file(), Access::ReadWrite);
        connection.execute("UPDATE case_agency SET case_row = 999 WHERE case_row = 3");
    }
    const auto store = open();
    EXPECT_FALSE(store->integrityCheck().empty());
    EXPECT_THROW(store->backupTo(in("copy.db")), Fault);
    EXPECT_FALSE(std::filesystem::exists(in("copy.db")));
}

TEST_F(SqliteFile, AFullQueueSaysSoAndWritesNothing) {
    gateway::base::Limits limits;
    limits.writerQueue = 2;
    limits.storeWait = std::chrono::milliseconds(1);
    const auto store = open(limits);
    std::atomic<int> stored{0};
    std::mutex refusedGuard;
    std::vector<std::string> refused;  // asked for later: readers may be busy as well
    std::vector<std::thread> threads;
    for (int n = 0; n < 32; ++n) {
        threads.emplace_back([&, n] {
            for (int round = 0; round < 20; ++round) {
                const Acceptance mine = numbered(n * 100 + round);
                try {
                    stored += is<Stored>(store->ledger().accept(mine)) ? 1 : 0;
                } catch (const StoreBusy&) {
                    const std::lock_guard lock(refusedGuard);
                    refused.push_back(mine.message.messageId);
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(static_cast<std::size_t>(stored) + refused.size(), 32U * 20U);
    EXPECT_FALSE(refused.empty());
    EXPECT_TRUE(store->healthy());
    for (const std::string& id : refused)
        EXPECT_FALSE(store->ledger().findByKey("TA.AG", id)) << id;
    EXPECT_EQ(store->cases().select({}, "", 10'000).size(), static_cast<std::size_t>(stored));
}

TEST_F(SqliteFile, TheLogBeginsAnewUnderLoad) {
    const auto store = open();
    const std::string body(64 * 1024, 'x');
    std::int64_t highest = 0;
    for (int n = 0; n < 900; ++n) {  // about 60 MiB
        Acceptance large;
        large.message = message("TA.AG", "m-" + std::to_string(n), body);
        ASSERT_TRUE(is<Stored>(store->ledger().accept(large)));
        highest = std::max(highest, store->figures().logPages);
    }
    EXPECT_LT(highest, Checkpointer::kHelpPages + 2 * Checkpointer::kWakePages);
    EXPECT_TRUE(store->healthy());
}

// A process that may not let a file grow stands for a disk that fails in the middle of a commit.
TEST_F(SqliteFile, AFailedCommitStopsTheStoreAndLosesNothingAcknowledged) {
    const int pages = 480;  // the schema, and messages beside it
    int acknowledged[2] = {};
    ASSERT_EQ(::pipe(acknowledged), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit most{4096 * pages, 4096 * pages};
        ::setrlimit(RLIMIT_FSIZE, &most);
        const auto store = open();
        for (int n = 0;; ++n) {
            try {
                (void)store->ledger().accept(numbered(n));
            } catch (const StoreFault&) {
                break;
            }
            if (::write(acknowledged[1], &n, sizeof n) != sizeof n) {
                ::_exit(2);
            }
        }
        const auto refused = [](const auto& call) {
            try {
                (void)call();
            } catch (const StoreFault&) {
                return true;
            }
            return false;
        };
        const bool stopped = !store->healthy() &&
                             refused([&] { return store->ledger().accept(numbered(100'000)); }) &&
                             refused([&] { return store->ledger().findByKey("TA.AG", "m-0"); }) &&
                             refused([&] { return store->outbox().counts(); });
        ::_exit(stopped ? 0 : 1);
    }
    ::close(acknowledged[1]);
    int last = -1;
    for (int n = 0; ::read(acknowledged[0], &n, sizeof n) == sizeof n;) {
        last = n;
    }
    ::close(acknowledged[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    ASSERT_GT(last, 10);

    const auto store = open();
    for (int n = 0; n <= last; ++n) {
        EXPECT_TRUE(is<SameContent>(store->ledger().accept(numbered(n)))) << n;
    }
    // The one whose outcome nobody knew may be sent again and is there once, either way.
    (void)store->ledger().accept(numbered(last + 1));
    EXPECT_TRUE(is<SameContent>(store->ledger().accept(numbered(last + 1))));
    EXPECT_TRUE(store->integrityCheck().empty());
}
