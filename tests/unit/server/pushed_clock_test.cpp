#include "gateway/server/operators/pushed_clock.h"

#include <gtest/gtest.h>

#include <fstream>

#include "gateway/base/fault.h"
#include "tests/support/temporary_folder.h"

namespace gateway::server {
namespace {

using namespace std::chrono_literals;

TEST(PushedClock, IsTheMachinesWithoutAFile) {
    PushedClock clock({});
    const auto before = base::SystemClock().now();
    const auto seen = clock.now();
    EXPECT_LE(before, seen);
    EXPECT_LE(seen, base::SystemClock().now());
    EXPECT_TRUE(clock.push(seen + 24h).has_value()) << "nobody pushes it";
    EXPECT_LT(clock.now(), seen + 24h);
}

TEST(PushedClock, KeepsItsOffsetOverAStartAndNeverGoesBack) {
    const support::TemporaryFolder folder;
    const auto file = folder.path() / "clock";
    const auto day = base::SystemClock().now() + 24h;
    {
        PushedClock clock(file);
        EXPECT_EQ(clock.push(day), std::nullopt);
        EXPECT_GE(clock.now(), day);
        EXPECT_TRUE(clock.push(day - 1h).has_value());
        EXPECT_GE(clock.now(), day);
    }
    EXPECT_GE(PushedClock(file).now(), day);
    std::ofstream(file) << "soon";
    EXPECT_THROW(PushedClock{file}, base::Fault);
}

TEST(PushedClock, MayStandInThePast) {
    const support::TemporaryFolder folder;
    std::ofstream(folder.path() / "clock") << "-86400000\n";
    const PushedClock clock(folder.path() / "clock");
    EXPECT_LE(clock.now() + 24h, base::SystemClock().now());
    EXPECT_GT(clock.now() + 25h, base::SystemClock().now());
}

TEST(PushedClock, SpansGrowWithAPush) {
    const support::TemporaryFolder folder;
    PushedClock clock(folder.path() / "clock");
    const auto wall = clock.now();
    const auto steady = clock.steady();
    EXPECT_EQ(clock.push(wall + 48h), std::nullopt);
    EXPECT_GE(clock.steady() - steady, 47h);
}

}  // namespace
}  // namespace gateway::server
