#include "gateway/base/ids.h"

#include <gtest/gtest.h>

#include <set>

using namespace gateway::base;

TEST(Ids, AreUniqueAndSortByTime) {
    const Timestamp earlier{std::chrono::milliseconds(1'700'000'000'000)};
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(newId("rcp", earlier)).second);
    const auto later = newId("rcp", earlier + std::chrono::milliseconds(1));
    EXPECT_GT(later.substr(0, 14), seen.begin()->substr(0, 14));
    EXPECT_EQ(later.size(), 30U);
    EXPECT_TRUE(isMessageId(later));
}

TEST(Ids, DerivedIdsRepeat) {
    const std::string digest(32, '\x5a');
    EXPECT_EQ(derivedId("case", digest), derivedId("case", digest));
    EXPECT_EQ(derivedId("case", digest).size(), 31U);
    EXPECT_NE(derivedId("case", digest), derivedId("case", std::string(32, '\x5b')));
}

TEST(Ids, MessageIdsStandUnescapedEverywhere) {
    EXPECT_TRUE(isMessageId("000.00.00.G22,2015/09/30,7816/VPCP"));
    for (const char* bad : {"", "a b", "a\"b", "a<b", "a&b", "a\\b", "ế", "a\nb"})
        EXPECT_FALSE(isMessageId(bad)) << bad;
    EXPECT_FALSE(isMessageId(std::string(129, 'a')));
}

TEST(Ids, RandomBelowStaysBelow) {
    for (int i = 0; i < 1000; ++i) EXPECT_LT(randomBelow(7), 7U);
}
