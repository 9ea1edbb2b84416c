#include "gateway/base/memory_account.h"

#include <gtest/gtest.h>

#include <limits>
#include <thread>
#include <vector>

#include "gateway/base/limits.h"

using namespace gateway::base;

namespace {

using Verdict = MemoryAccount::Verdict;

MemoryHolder channel(const std::string& id) { return {MemoryHolder::Kind::Channel, id}; }
MemoryHolder agency(const std::string& id) { return {MemoryHolder::Kind::Agency, id}; }

TEST(MemoryAccount, GivesBackWhatAHoldHeldWhenItEnds) {
    MemoryAccount account({1000, 400});
    {
        auto hold = account.open(channel("a"));
        EXPECT_EQ(hold.grow(100), Verdict::Held);
        EXPECT_EQ(hold.grow(50), Verdict::Held);
        hold.shrink(30);
        EXPECT_EQ(hold.bytes(), 120U);
        EXPECT_EQ(account.held(), 120U);
    }
    EXPECT_EQ(account.held(), 0U);
    EXPECT_EQ(account.peak(), 150U);
    EXPECT_TRUE(account.holders().empty());
}

TEST(MemoryAccount, BoundsTheShareOverAllHoldsOfAHolder) {
    MemoryAccount account({1000, 400});
    auto first = account.open(channel("a"));
    auto second = account.open(channel("a"));
    EXPECT_EQ(first.grow(300), Verdict::Held);
    EXPECT_EQ(second.grow(101), Verdict::ShareFull);
    EXPECT_EQ(second.bytes(), 0U);
    EXPECT_EQ(second.grow(100), Verdict::Held);
    EXPECT_EQ(account.refusals(), 1U);
    // An agency of the same name is somebody else.
    auto other = account.open(agency("a"));
    EXPECT_EQ(other.grow(300), Verdict::Held);
}

TEST(MemoryAccount, AlwaysLeavesSomethingForANewcomer) {
    MemoryAccount account({1000, 1000});
    std::vector<MemoryAccount::Hold> holds;
    for (int i = 0; i < 6; ++i) {
        auto& hold = holds.emplace_back(account.open(channel(std::to_string(i))));
        EXPECT_EQ(hold.grow(1), Verdict::Held) << i;
        while (hold.grow(1) == Verdict::Held) {
        }
    }
    EXPECT_EQ(holds[0].bytes(), 500U);
    EXPECT_EQ(holds[1].bytes(), 250U);
    EXPECT_LT(account.held(), 1000U);
    EXPECT_EQ(account.open(channel("new")).grow(1), Verdict::Held);
}

TEST(MemoryAccount, MovesAHoldToTheSigner) {
    MemoryAccount account({1000, 400});
    auto hold = account.open(channel("platform"));
    ASSERT_EQ(hold.grow(300), Verdict::Held);
    ASSERT_EQ(hold.transfer(agency("court")), Verdict::Held);
    auto next = account.open(channel("platform"));
    ASSERT_EQ(next.grow(200), Verdict::Held);
    EXPECT_EQ(next.transfer(agency("court")), Verdict::ShareFull);
    ASSERT_EQ(account.holders().size(), 2U);
    EXPECT_EQ(account.holders()[0], std::pair(agency("court"), std::size_t{300}));
    EXPECT_EQ(account.holders()[1], std::pair(channel("platform"), std::size_t{200}));
    EXPECT_EQ(hold.grow(101), Verdict::ShareFull);
}

TEST(MemoryAccount, TakesNoSizeThatWouldWrapAround) {
    MemoryAccount account({1000, 400});
    auto hold = account.open(channel("a"));
    ASSERT_EQ(hold.grow(10), Verdict::Held);
    EXPECT_EQ(hold.grow(std::numeric_limits<std::size_t>::max() - 5), Verdict::AccountFull);
    EXPECT_EQ(hold.grow(std::numeric_limits<std::size_t>::max()), Verdict::AccountFull);
    EXPECT_EQ(account.held(), 10U);
}

TEST(MemoryAccount, HoldsMoveAndOutliveTheAccount) {
    MemoryAccount::Hold kept;
    EXPECT_EQ(kept.grow(1 << 20), Verdict::Held);  // stands for no account
    {
        MemoryAccount account({1000, 400});
        auto hold = account.open(channel("a"));
        ASSERT_EQ(hold.grow(100), Verdict::Held);
        kept = std::move(hold);
        EXPECT_EQ(account.held(), 100U);
        auto other = account.open(channel("b"));
        ASSERT_EQ(other.grow(10), Verdict::Held);
        kept = std::move(other);
        EXPECT_EQ(account.held(), 10U);
    }
    kept.shrink(10);
    EXPECT_EQ(kept.bytes(), 0U);
}

TEST(MemoryAccount, CountsRightUnderManyThreads) {
    MemoryAccount account({100'000, 20'000});
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&account, t] {
            for (int i = 0; i < 2'000; ++i) {
                auto hold = account.open(channel(std::to_string(t % 3)));
                if (hold.grow(700) != Verdict::Held) continue;
                static_cast<void>(hold.transfer(agency(std::to_string(i % 5))));
                static_cast<void>(hold.grow(64));
            }
        });
    threads.clear();
    EXPECT_EQ(account.held(), 0U);
    EXPECT_TRUE(account.holders().empty());
    EXPECT_LE(account.peak(), 100'000U);
}

TEST(MemoryAccount, AsksForAReleaseOnceAfterMuchWasHeld) {
    MemoryAccount account({16 * kReleaseMemoryAfter, 8 * kReleaseMemoryAfter});
    auto hold = account.open(channel("a"));
    ASSERT_EQ(hold.grow(kReleaseMemoryAfter - 1), Verdict::Held);
    hold.shrink(hold.bytes());
    EXPECT_FALSE(account.releaseDue());
    ASSERT_EQ(hold.grow(2 * kReleaseMemoryAfter), Verdict::Held);
    EXPECT_FALSE(account.releaseDue());  // still held
    hold.shrink(kReleaseMemoryAfter);
    EXPECT_TRUE(account.releaseDue());
    EXPECT_FALSE(account.releaseDue());
}

TEST(MemoryAccount, TellsWhoseShareIsFull) {
    EXPECT_FALSE(problemOf(Verdict::Held));
    EXPECT_EQ(problemOf(Verdict::ShareFull)->code, ErrorCode::RATE_LIMITED);
    EXPECT_EQ(problemOf(Verdict::AccountFull)->code, ErrorCode::OVERLOADED);
}

}  // namespace
