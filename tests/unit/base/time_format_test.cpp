#include "gateway/base/time_format.h"

#include <gtest/gtest.h>

using namespace gateway::base;

TEST(TimeFormat, RoundTrips) {
    const auto instant = parseTimestamp("2026-11-21T23:06:00.123Z");
    ASSERT_TRUE(instant);
    EXPECT_EQ(formatTimestamp(*instant), "2026-11-21T23:06:00.123Z");
}

TEST(TimeFormat, DaysAreReadTheOtherWayRound) {
    using namespace std::chrono;
    EXPECT_EQ(formatDayMonthYear(2026y / 2 / 1), "01/02/2026");
}

TEST(TimeFormat, OffsetsAreApplied) {
    EXPECT_EQ(formatTimestamp(*parseTimestamp("2026-01-01T06:30:00+07:00")),
              "2025-12-31T23:30:00.000Z");
    EXPECT_EQ(formatTimestamp(*parseTimestamp("2026-01-01T00:00:00.9999999-01:30")),
              "2026-01-01T01:30:00.999Z");
}

TEST(TimeFormat, RefusesWhatPocoAccepts) {
    for (const char* bad : {"", "garbage", "2026-11-21T23:06:00Zgarbage", "2026-11-21T23:06:00",
                            "2026-02-30T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T23:60:00Z",
                            "2026-11-21T23:06:60Z", "2026-11-21T23:06:00.Z", "2026-11-21t23:06:00Z",
                            "2026-11-21T23:06:00+7:00", "+026-11-21T00:00:00Z"})
        EXPECT_FALSE(parseTimestamp(bad)) << bad;
    for (const char* bad : {"", "2026-2-03", "2026-02-29", "2026-02-03x", "03/02/2026"})
        EXPECT_FALSE(parseDate(bad)) << bad;
    EXPECT_TRUE(parseDate("2024-02-29"));
}

TEST(TimeFormat, VietnamIsSevenHoursAhead) {
    EXPECT_EQ(formatDate(vietnamDate(*parseTimestamp("2026-12-31T17:00:00Z"))), "2027-01-01");
    EXPECT_EQ(formatDate(vietnamDate(*parseTimestamp("2026-12-31T16:59:59.999Z"))), "2026-12-31");
}
