// How readers are shared: look-ups always find one, nobody takes more than his share, and what
// reads for too long is stopped.

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/ports/readers.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/contract/store/samples.h"
#include "tests/support/temporary_folder.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;

namespace {

class SharedReaders : public ::testing::Test {
  protected:
    SharedReaders() {
        limits_.storeWait = std::chrono::milliseconds(20);
        limits_.questionTime = limits_.statisticsTime = limits_.lookUpTime =
            std::chrono::minutes(5);
        (void)SqliteStore::open(file_, {}, clock_);
    }
    // A read of this kind that lasts until end().
    void hold(Readers& readers, ReadKind kind, const std::string& asker) {
        auto begun = std::make_shared<std::promise<void>>();
        auto started = begun->get_future();
        held_.push_back(std::async(std::launch::async, [this, &readers, kind, asker, begun] {
            readers.read(kind, asker, [&](Connection&) {
                begun->set_value();
                ended_.wait();
                return 0;
            });
        }));
        started.wait();
    }
    void end() {
        end_.set_value();
        for (auto& one : held_) one.get();
    }
    static std::string one(Readers& readers, ReadKind kind, const std::string& asker) {
        return readers.read(kind, asker,
                            [](Connection& connection) { return connection.value("SELECT 1"); });
    }
    static std::string endless(Readers& readers, ReadKind kind) {
        return readers.read(kind, "c1", [](Connection& connection) {
            return connection.value(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                "SELECT count(*) FROM n");
        });
    }

    gateway::support::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "store.db";
    gateway::base::SystemClock clock_;
    gateway::base::Limits limits_;
    Health health_;
    std::promise<void> end_;
    std::shared_future<void> ended_ = end_.get_future().share();
    std::vector<std::future<void>> held_;
};

TEST_F(SharedReaders, OneAskerHasOneAndOthersStillAsk) {
    Readers readers(file_, limits_, health_);
    hold(readers, ReadKind::Statistics, "greedy");
    EXPECT_THROW(one(readers, ReadKind::Question, "greedy"), StoreBusy);
    EXPECT_EQ(one(readers, ReadKind::Question, "honest"), "1");
    EXPECT_THROW(one(readers, ReadKind::Statistics, "honest"), StoreBusy);
    EXPECT_EQ(one(readers, ReadKind::Walk, ""), "1");
    end();
    EXPECT_EQ(one(readers, ReadKind::Question, "greedy"), "1");
}

TEST_F(SharedReaders, LookUpsFindAReaderHoweverManyAsk) {
    Readers readers(file_, limits_, health_);
    hold(readers, ReadKind::Statistics, "a");
    hold(readers, ReadKind::Walk, "");
    hold(readers, ReadKind::Question, "b");
    hold(readers, ReadKind::Question, "c");
    EXPECT_THROW(one(readers, ReadKind::Question, "d"), StoreBusy);
    EXPECT_EQ(one(readers, ReadKind::LookUp, ""), "1");
    hold(readers, ReadKind::LookUp, "");
    EXPECT_EQ(one(readers, ReadKind::LookUp, ""), "1");
    end();
}

// One that reads again and again takes the place before a waiting look-up that has yet to be
// scheduled, but not for ever.
TEST_F(SharedReaders, ALookUpThatHasWaitedIsGivenItsPlace) {
    limits_.storeReaders = 1;
    limits_.storeWait = std::chrono::minutes(5);
    Readers readers(file_, limits_, health_);
    std::atomic<bool> asks{false}, had{false};
    std::future<void> waiting = std::async(std::launch::async, [&] {
        while (!asks) std::this_thread::yield();
        EXPECT_EQ(one(readers, ReadKind::LookUp, ""), "1");
        had = true;
    });
    int turns = 0;
    for (; turns < 100 && !had; ++turns)
        readers.read([&](Connection&) {
            asks = true;
            const auto until = std::chrono::steady_clock::now() + Readers::kPatience;
            while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
            return 0;
        });
    waiting.get();
    EXPECT_LT(turns, 50);
}

TEST_F(SharedReaders, WhatTakesTooLongIsInterruptedAndHarmsNobody) {
    limits_.questionTime = limits_.statisticsTime = limits_.lookUpTime =
        std::chrono::milliseconds(0);
    Readers readers(file_, limits_, health_);
    EXPECT_THROW(endless(readers, ReadKind::Question), StoreTooCostly);
    EXPECT_THROW(endless(readers, ReadKind::Statistics), StoreTooCostly);
    EXPECT_THROW(endless(readers, ReadKind::LookUp), StoreBusy);
    EXPECT_TRUE(health_.ok());
    EXPECT_EQ(one(readers, ReadKind::Walk, ""), "1");
}

TEST_F(SharedReaders, APassingReadErrorIsTriedAgainALastingOneIsTold) {
    Readers readers(file_, limits_, health_);
    int calls = 0;
    const auto failing = [&](int times) {
        return readers.read([&, times](Connection&) {
            if (++calls <= times) throw SqliteError(11, "database disk image is malformed");
            return calls;
        });
    };
    EXPECT_EQ(failing(1), 2);
    EXPECT_TRUE(health_.ok());
    calls = 0;
    EXPECT_THROW(failing(2), StoreFault);
    EXPECT_FALSE(health_.ok());
}

class OtherPrograms : public SharedReaders {};

TEST_F(OtherPrograms, ALockedStoreIsBusyAndLives) {
    const auto store = SqliteStore::open(file_, limits_, clock_);
    {
        Connection other(file_, Access::ReadWrite);
        other.execute("BEGIN IMMEDIATE");
        EXPECT_THROW((void)store->ledger().accept(opening("case-1", "m-1")), StoreBusy);
        EXPECT_TRUE(store->healthy());
        EXPECT_FALSE(store->ledger().findByKey("TA.AG", "m-1"));
        other.execute("ROLLBACK");
    }
    EXPECT_TRUE(std::holds_alternative<Stored>(store->ledger().accept(opening("case-1", "m-1"))));
}

TEST_F(OtherPrograms, NoOtherNameOfAnOpenFileGetsPastTheLock) {
    const auto store = SqliteStore::open(file_, limits_, clock_);
    const auto link = folder_.path() / "link.db";
    std::filesystem::create_symlink(file_, link);
    EXPECT_THROW((void)SqliteStore::open(link, limits_, clock_), StoreFault);
    const auto hard = folder_.path() / "hard.db";
    std::filesystem::create_hard_link(file_, hard);
    EXPECT_THROW((void)SqliteStore::open(hard, limits_, clock_), StoreFault);
}

TEST_F(OtherPrograms, ASecondHardLinkIsRefusedWhoeverOpensFirst) {
    const auto hard = folder_.path() / "hard.db";
    std::filesystem::create_hard_link(file_, hard);
    EXPECT_THROW((void)SqliteStore::open(hard, limits_, clock_), StoreFault);
    std::filesystem::remove(hard);
    EXPECT_TRUE(SqliteStore::open(file_, limits_, clock_)->healthy());
}

}  // namespace
