// Who hears of what: those who wait for a recipient, and those who bring items to some of them.

#include "gateway/exchange/desk/bell.h"

#include <gtest/gtest.h>

namespace gateway::exchange {
namespace {

constexpr std::chrono::milliseconds kAtOnce{0};

TEST(Bell, ARecipientsRingIsHeardByWhoeverWaitsForIt) {
    Bell bell;
    const auto mine = bell.seen("H1"), others = bell.seen("H2");
    bell.ring("H1");
    EXPECT_TRUE(bell.wait("H1", mine, kAtOnce));
    EXPECT_FALSE(bell.wait("H2", others, kAtOnce));
}

TEST(Bell, WhoeverDeliversHearsOfEverybodyUntilItHasSaidToWhom) {
    Bell bell;
    auto seen = bell.seen();
    bell.ring("H1");
    EXPECT_TRUE(bell.wait(seen, kAtOnce));
    bell.bringTo({"H2"});
    seen = bell.seen();
    bell.ring("H1");
    EXPECT_FALSE(bell.wait(seen, kAtOnce)) << "H1 fetches for itself";
    bell.ring("H2");
    EXPECT_TRUE(bell.wait(seen, kAtOnce));
    seen = bell.seen();
    bell.ring();  // something else has changed
    EXPECT_TRUE(bell.wait(seen, kAtOnce));
}

}  // namespace
}  // namespace gateway::exchange
