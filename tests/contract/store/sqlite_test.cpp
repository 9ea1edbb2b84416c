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
#include "tests/contract/store/samples.h"
#include "tests/support/temporary_folder.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;
using gateway::base::Fault;

namespace {

class FixedClock final : public gateway::base::Clock {
  public:
    [[nodiscard]] gateway::base::Timestamp now() const override { return kNoon; }
};

class SqliteFile : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "store.db"; }
    [[nodiscard]] std::filesystem::path in(const char* name) const { return folder_.path() / name; }
    [[nodiscard]] std::unique_ptr<SqliteStore> open(gateway::base::Limits limits = {}) const {
        return SqliteStore::open(file(), limits, clock_);
    }
    static Acceptance numbered(int n) {
        const std::string own = std::to_string(n);
        return opening("case-" + own, "m-" + own, own + "/2026/HC-ST");
    }
    static std::string pragma(const std::filesystem::path& path, const char* sql) {
        Connection connection(path, Access::ReadOnly);
        return connection.value(sql);
    }

    FixedClock clock_;

  private:
    gateway::support::TemporaryFolder folder_;
};

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

TEST_F(SqliteFile, OfTheThirdSchemaQueuesAreCutAnewAndNothingIsLost) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(3)), 3);
        connection.execute(
            "INSERT INTO message (agency, message_id, message_type, channel, signer_sha256, "
            "body_sha256, body_length, content_sha256, media_type, received_at, decided_at, "
            "case_version, mapping_id, mapping_sha256, rules_sha256, entry_hash, receipt_id, "
            "receipt_media_type, detached_header, events, receipt, body) VALUES ('TA.AG', 'm-1', "
            "'t', 'c', 's', 'd', 1, 'c', 'x', 1, 1, 0, 'm', 'm', 'r', 'e', 'rcp-1', 'x', '', "
            "'[]', x'00', x'00')");
        // item, case, source, state, head, due, receipt; the third was held for its mailbox.
        for (const char* values :
             {"'a1', '', 'TA.AG', 0, 1, 1, x''", "'a2', '', 'TA.AG', 0, 0, 1, x''",
              "'b1', '', 'H09', 3, 0, 99999999999999, x''", "'c1', 'case-1', 'TA.AG', 6, 0, 1, x''",
              "'c2', 'case-1', 'TA.AG', 1, 1, 1, x''", "'d1', 'case-2', 'TA.AG', 5, 0, 1, x'00ff'"})
            connection.execute(
                "INSERT INTO outbox (item_id, case_id, source_agency, state, is_head, due_at, "
                "partner_receipt, recipient, rendered_media_type, rendered_sha256, message_type, "
                "source_message_id, attempts, created_at, rendered_header, last_error, "
                "partner_receipt_media_type, partner_receipt_header) VALUES (" +
                std::string(values) + ", 'H01.5', '', '', 't', 'm-1', 2, 7, '', 'lỗi', '', '')");
        connection.execute("INSERT INTO outbox_content SELECT sequence, item_id FROM outbox");
        connection.execute("UPDATE outbox_closed SET items = 1 WHERE state > 4");
    }
    const auto store = open();
    auto& outbox = store->outbox();
    const auto shown = outbox.mailbox("H01.5", 10);
    ASSERT_EQ(shown.size(), 3U);
    EXPECT_EQ(shown[0].itemId, "a1");
    EXPECT_EQ(shown[1].itemId, "b1");
    EXPECT_EQ(shown[1].state, OutboxState::Maybe);
    EXPECT_EQ(shown[2].itemId, "c2") << "what was dead before holds nothing";
    EXPECT_EQ(outbox.due(kNoon, 10, {"H01.5"}).size(), 3U);
    const auto refused = outbox.find("d1").value();
    EXPECT_EQ(refused.state, OutboxState::Refused);
    EXPECT_EQ(refused.partnerReceipt, std::string("\x00\xff", 2));
    EXPECT_EQ(refused.attempts, 2);
    EXPECT_EQ(refused.lastError, "lỗi");
    EXPECT_EQ(refused.content, "d1");
    EXPECT_EQ(refused.openSince, refused.createdAt);
    EXPECT_TRUE(outbox.untold(10).empty()) << "nobody knows who was told";
    EXPECT_EQ(outbox.counts().dead, 1);
    EXPECT_EQ(outbox.counts().waiting, 2);
    OutboxMove settled;
    settled.to = OutboxState::Settled;
    settled.at = kNoon;
    ASSERT_TRUE(outbox.move("c1", OutboxState::Dead, settled));
    EXPECT_EQ(outbox.counts().settled, 1);
    EXPECT_TRUE(store->integrityCheck().empty());
}

TEST_F(SqliteFile, OfTheTwelfthSchemaEveryFileIsOfARuling) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(12)), 12);
        connection.execute(
            "INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
            "number, issued_on, stage, snapshot, next_day, first_due) VALUES ('case-1', 1, "
            "'TA.AG', 'TA.AG', 'VN-44', '1/2026', '2026-01-01', 'received', '{}', '', '')");
    }
    const auto store = SqliteStore::open(file(), {}, clock_);
    bool seen = false;
    store->cases().forEachCase([&](const CaseRecord& record) {
        seen = true;
        EXPECT_EQ(record.subject, "");
        return true;
    });
    EXPECT_TRUE(seen);
    EXPECT_EQ(store->cases().count({}).size(), 1U);
}

TEST_F(SqliteFile, AStoreOfTheFirstSchemaGetsAnIdentityAndKeepsWhatItHas) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(1)), 1);
        connection.execute(
            "INSERT INTO refusal (refusal_id, channel, agency, message_id, code, holder, "
            "body_sha256, length, at) VALUES ('ref-1', 'c1', '', '', 'SYNTAX_XML', 'c1', 'd', 1, "
            "1)");
    }
    std::string identity;
    {
        const auto store = open();
        identity = store->identity();
        EXPECT_EQ(identity.size(), 32U);
        EXPECT_EQ(store->ledger().refusals({.channel = "c1"}, 0, 10).size(), 1U);
        store->backupTo(in("copy.db"));
    }
    EXPECT_EQ(open()->identity(), identity);
    EXPECT_EQ(SqliteStore::open(in("copy.db"), {}, clock_)->identity(), identity);
    EXPECT_NE(SqliteStore::open(in("other.db"), {}, clock_)->identity(), identity);
}

TEST_F(SqliteFile, CasesOfBeforeThereWasAListOfWhatIsOwedAreDerivedAnew) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(13)), 13);
        connection.execute(
            "INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
            "number, issued_on, stage, snapshot, next_day) VALUES ('case-1', 1, 'TA.AG', 'TA.AG', "
            "'VN-44', '05/2026', '2026-05-01', 'REGISTERED', '{}', '2026-06-01')");
    }
    const auto store = open();
    EXPECT_EQ(store->cases().toBeRefolded(9), std::vector<std::string>{"case-1"});
    EXPECT_TRUE(store->cases().termsOf("case-1").empty());
}

TEST_F(SqliteFile, AgenciesOfCasesOfBeforeAreKeptWithTheirStage) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(14)), 14);
        for (const std::string id : {"2", "1"})
            connection.execute(
                "INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
                "number, issued_on, stage, snapshot) VALUES ('case-" +
                id + "', 1, 'TA.AG', 'TA.AG', 'VN-44', '" + id + "/2026', '2026-05-01', 'STAGE_" +
                id +
                "', '{}');"
                "INSERT INTO case_agency VALUES ('case-" +
                id + "', 'H0" + id + ".5', 'obligated'), ('case-" + id +
                "', 'VKS.AG', 'procuracy')");
    }
    const auto store = open();
    CaseFilter filter;
    filter.visibleTo = {{"VKS.AG", "procuracy"}};
    EXPECT_EQ(store->cases().count(filter).size(), 2U);
    filter.stage = "STAGE_2";
    const auto counted = store->cases().count(filter);
    ASSERT_EQ(counted.size(), 1U);
    EXPECT_EQ(counted[0].stage, "STAGE_2");
    filter.visibleTo = {{"H01.5", "obligated"}};
    EXPECT_TRUE(store->cases().count(filter).empty());
    filter.stage = "STAGE_1";
    EXPECT_EQ(store->cases().count(filter).size(), 1U);
    EXPECT_TRUE(store->integrityCheck().empty());
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
    EXPECT_EQ(pragma(file(), "PRAGMA user_version"), "17");
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

TEST_F(SqliteFile, AMigrationHappensWhollyOrNotAtAll) {
    constexpr Migration kGood[] = {{1, "0001_good", "CREATE TABLE a (x); INSERT INTO a VALUES (1)"},
                                   {2, "0002_bad", "CREATE TABLE b (x); INSERT INTO c VALUES (1)"}};
    Connection connection(file(), Access::ReadWrite);
    EXPECT_THROW(migrate(connection, kGood), Fault);
    EXPECT_EQ(connection.value("PRAGMA user_version"), "1");
    EXPECT_EQ(connection.value("SELECT count(*) FROM sqlite_schema"), "1");
    const Migration mended[] = {kGood[0], {2, "0002_mended", "CREATE TABLE b (x)"}};
    EXPECT_EQ(migrate(connection, mended), 2);
    EXPECT_EQ(connection.value("SELECT count(*) FROM a"), "1");
    EXPECT_EQ(migrate(connection, mended), 2);
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
