// A disk that runs full, is full at the start, and gets room again: nothing acknowledged is lost,
// and what is needed to mend it works.

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>

#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/contract/store/samples.h"
#include "tests/contract/store/small_disk.h"
#include "tests/support/temporary_folder.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;

namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

class FixedClock final : public gateway::base::Clock {
  public:
    [[nodiscard]] gateway::base::Timestamp now() const override { return kNoon; }
};

class Space : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "store.db"; }
    [[nodiscard]] std::filesystem::path reserve() const {
        return folder_.path() / "store.db.reserve";
    }
    [[nodiscard]] std::unique_ptr<SqliteStore> open(const SpaceProbe& probe) const {
        return SqliteStore::open(file(), limits_, clock_, probe);
    }
    static Acceptance large(int n) {
        Acceptance made;
        made.message = message("TA.AG", "m-" + std::to_string(n), std::string(16 * 1024, 'x'));
        return made;
    }
    static Acceptance operatorsAct(const char* id) {
        Acceptance act;
        act.message = message("thahc/test", id);
        act.evenIfShort = true;
        return act;
    }
    // The watch looks once in a while; how long that takes says nothing.
    static bool becomes(const std::function<bool()>& holds) {
        for (int looks = 0; looks < 3'000; ++looks) {
            if (holds()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }
    static bool reaches(const SqliteStore& store, SpaceState wanted) {
        return becomes([&] { return store.figures().spaceState == wanted; });
    }

    gateway::support::TemporaryFolder folder_;
    gateway::base::Limits limits_ = [] {
        gateway::base::Limits limits;
        limits.freeSpaceWarnBytes = limits.freeSpaceRefuseBytes = 1;
        limits.freeSpaceReserveBytes = kMiB;
        return limits;
    }();
    FixedClock clock_;
};

// How many messages were taken until there was no space for one more.
int fillUp(SqliteStore& store, const std::function<Acceptance(int)>& make) {
    for (int n = 0; n < 10'000; ++n) {
        try {
            if (!is<Stored>(store.ledger().accept(make(n)))) return -1;
        } catch (const StoreFull&) {
            return n;
        }
    }
    return -1;
}

}  // namespace

TEST_F(Space, ADiskThatRunsFullLosesNothingAndIsUsedAgain) {
    SmallDisk disk(folder_.path(), 10 * kMiB);
    const auto store = open(disk.probe());
    ASSERT_EQ(std::filesystem::file_size(reserve()), kMiB);
    const int taken = fillUp(*store, large);
    ASSERT_GT(taken, 100);
    EXPECT_FALSE(std::filesystem::exists(reserve())) << "it is there to be used";
    EXPECT_TRUE(store->healthy()) << "nothing is in doubt";
    EXPECT_THROW((void)store->ledger().accept(large(taken)), StoreFull);
    for (int n = 0; n < taken; ++n)
        EXPECT_TRUE(store->ledger().findByKey("TA.AG", "m-" + std::to_string(n))) << n;
    EXPECT_FALSE(store->ledger().findByKey("TA.AG", "m-" + std::to_string(taken)));

    disk.resize(64 * kMiB);
    // The watch may have looked while there was none: it looks again within a second.
    ASSERT_TRUE(reaches(*store, SpaceState::Ample));
    EXPECT_TRUE(is<Stored>(store->ledger().accept(large(taken))));
    EXPECT_TRUE(store->integrityCheck().empty());
    EXPECT_TRUE(becomes([&] { return store->figures().space.diskBytes == 64 * kMiB; }));
    EXPECT_EQ(store->figures().spaceState, SpaceState::Ample);
}

// Its size would keep new messages out for good.
TEST_F(Space, AGrownLogIsCutWhileThereIsTooLittleSpace) {
    SmallDisk disk(folder_.path(), 64 * kMiB);
    limits_.freeSpaceWarnBytes = limits_.freeSpaceRefuseBytes = 4 * kMiB;
    const auto store = open(disk.probe());
    for (int n = 0; n < 20; ++n) ASSERT_TRUE(is<Stored>(store->ledger().accept(large(n))));
    const auto log = file().string() + "-wal";
    ASSERT_GT(std::filesystem::file_size(log), 300'000U);
    disk.resize(5 * kMiB);
    EXPECT_TRUE(reaches(*store, SpaceState::Short));
    EXPECT_TRUE(becomes([&] { return std::filesystem::file_size(log) == 0; }));
    for (int n = 0; n < 20; ++n)
        EXPECT_TRUE(store->ledger().findByKey("TA.AG", "m-" + std::to_string(n))) << n;
}

TEST_F(Space, NoReserveIsKeptWhereNoneIsWanted) {
    SmallDisk disk(folder_.path(), 8 * kMiB);
    limits_.freeSpaceReserveBytes = 0;
    const auto store = open(disk.probe());
    EXPECT_EQ(store->figures().spaceState, SpaceState::Ample);
    EXPECT_FALSE(std::filesystem::exists(reserve()));
}

TEST_F(Space, WhatIsTakenAfterAFullDiskIsThereAfterARestart) {
    SmallDisk disk(folder_.path(), 4 * kMiB);
    int taken = 0;
    {
        const auto store = open(disk.probe());
        taken = fillUp(*store, large);
        ASSERT_GT(taken, 10);
        disk.resize(64 * kMiB);
        ASSERT_TRUE(reaches(*store, SpaceState::Ample));
        ASSERT_TRUE(is<Stored>(store->ledger().accept(large(taken))));
    }
    const auto store = open(disk.probe());
    for (int n = 0; n <= taken; ++n)
        EXPECT_TRUE(store->ledger().findWhole("TA.AG", "m-" + std::to_string(n))) << n;
    EXPECT_TRUE(store->integrityCheck().empty());
}

TEST_F(Space, AFullDiskIsOpenedReadAndMended) {
    const gateway::support::TemporaryFolder crashed;
    const auto left = crashed.path() / "store.db";
    {
        SmallDisk ample(folder_.path(), 64 * kMiB);
        const auto store = open(ample.probe());
        for (int n = 0; n < 20; ++n) ASSERT_TRUE(is<Stored>(store->ledger().accept(large(n))));
        // As a power cut would leave it: most of it in the log only.
        for (const char* suffix : {"", "-wal", ".reserve"})
            std::filesystem::copy_file(file().string() + suffix, left.string() + suffix);
        ASSERT_GT(std::filesystem::file_size(left.string() + "-wal"), 300'000U);
    }
    SmallDisk full(crashed.path(), 0);
    full.fill();
    ASSERT_EQ(full.freeBytes(), 0U);
    const auto store = SqliteStore::open(left, limits_, clock_, full.probe());
    EXPECT_FALSE(std::filesystem::exists(left.string() + ".reserve"));
    for (int n = 0; n < 20; ++n)
        EXPECT_TRUE(store->ledger().findWhole("TA.AG", "m-" + std::to_string(n))) << n;
    EXPECT_TRUE(is<Stored>(store->ledger().accept(operatorsAct("act-1"))));
    const gateway::support::TemporaryFolder elsewhere;
    store->backupTo(elsewhere.path() / "copy.db");
    EXPECT_TRUE(store->healthy());
    EXPECT_TRUE(store->integrityCheck().empty());
}

TEST_F(Space, BelowTheMarksOnlyWhatMustGoOnDoes) {
    limits_.freeSpaceWarnBytes = 1'000;
    limits_.freeSpaceRefuseBytes = 500;
    std::atomic<std::uint64_t> room{2'000};
    const auto store = open([&](const std::filesystem::path&) {
        return std::optional(SpaceReading{room, 10'000});
    });
    Acceptance first = opening("case-1", "m-1");
    first.outbox = {item("out-1", "H01.5", "case-1"), item("out-2", "TA.AG", "case-1")};
    ASSERT_TRUE(is<Stored>(store->ledger().accept(first)));
    room = 900;
    ASSERT_TRUE(reaches(*store, SpaceState::Low));
    EXPECT_TRUE(is<Stored>(store->ledger().accept(large(7))));

    room = 400;
    ASSERT_TRUE(reaches(*store, SpaceState::Short));
    EXPECT_TRUE(store->isShort());
    EXPECT_THROW((void)store->ledger().accept(large(8)), StoreFull);
    EXPECT_TRUE(is<Stored>(store->ledger().accept(operatorsAct("act-1"))));
    EXPECT_EQ(store->ledger().recordRead(ReadAudit{"VKS.AG", "q-1", "", "", "", "", "", {}}, 0),
              ReadRecorded::Yes);
    RefusalRecord refusal;
    refusal.refusalId = "ref-1";
    refusal.channel = "c1";
    refusal.bytes = "twelve bytes";
    refusal.length = 12;
    EXPECT_EQ(store->ledger().recordRefusal(refusal, {"channel:c1", 100}), std::nullopt);
    EXPECT_EQ(store->ledger().refusals({.channel = "c1"}, 0, 1).at(0).bytes, "")
        << "its digest is enough now";
    store->outbox().rendered("out-1", {"<x/>", "application/xml", "", "d1"});

    room = 200;
    ASSERT_TRUE(reaches(*store, SpaceState::Critical));
    EXPECT_THROW(store->outbox().rendered("out-2", {"<y/>", "application/xml", "", "d2"}),
                 StoreFull);
    OutboxMove done;
    done.to = OutboxState::Delivered;
    done.at = kNoon;
    done.partnerReceipt = "their word";
    EXPECT_TRUE(store->outbox().move("out-1", OutboxState::Rendered, done));
    EXPECT_EQ(store->outbox().find("out-1")->partnerReceipt, "their word");

    room = 2'000;
    ASSERT_TRUE(reaches(*store, SpaceState::Ample));
    store->outbox().rendered("out-2", {"<y/>", "application/xml", "", "d2"});
    EXPECT_TRUE(is<Stored>(store->ledger().accept(large(8))));
}

// By its own pace alone a hundred changes would take a hundred seconds to be seen.
TEST_F(Space, WhoeverWritesMuchIsLookedAtAtOnce) {
    limits_.freeSpaceWarnBytes = 3'200;
    limits_.freeSpaceRefuseBytes = 1'600;
    std::atomic<std::uint64_t> room = 9'000;
    SpaceWatch watch(file(), limits_, [&](const auto&) {
        return std::optional(SpaceReading{room, 10'000});
    });
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    for (int n = 0; n < 100; ++n) {
        const auto wanted = n % 2 == 0 ? SpaceState::Short : SpaceState::Ample;
        room = n % 2 == 0 ? 1'000 : 9'000;
        for (int part = 0; part < 4; ++part) watch.wrote(25);
        while (watch.state() != wanted && std::chrono::steady_clock::now() < until)
            std::this_thread::yield();
        ASSERT_EQ(watch.state(), wanted) << n;
    }
}

TEST_F(Space, AMarkIsNotCrossedToAndFro) {
    limits_.freeSpaceWarnBytes = 3'200;
    limits_.freeSpaceRefuseBytes = 1'600;
    std::uint64_t room = 9'000;
    bool known = true;
    SpaceWatch watch(file(), limits_, [&](const auto&) {
        return known ? std::optional(SpaceReading{room, 10'000}) : std::nullopt;
    });
    const auto at = [&](std::uint64_t bytes) {
        room = bytes;
        watch.look();
        return watch.state();
    };
    EXPECT_EQ(at(3'200), SpaceState::Ample);
    EXPECT_EQ(at(1'600), SpaceState::Low);
    EXPECT_EQ(at(1'599), SpaceState::Short);
    EXPECT_EQ(at(1'650), SpaceState::Short);
    EXPECT_EQ(at(1'700), SpaceState::Low);
    EXPECT_EQ(at(799), SpaceState::Critical);
    EXPECT_EQ(at(840), SpaceState::Critical);
    EXPECT_EQ(at(850), SpaceState::Short);
    known = false;  // a file system that cannot be asked changes nothing
    EXPECT_EQ(at(9'000), SpaceState::Short);
    known = true;
    EXPECT_EQ(at(9'000), SpaceState::Ample);
}
