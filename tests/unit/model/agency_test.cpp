#include "gateway/model/agency.h"

#include <gtest/gtest.h>

namespace gateway::model {
namespace {

using namespace std::chrono_literals;

TEST(AgencyCode, BothFormsGiveTheCanonicalOne) {
    EXPECT_EQ(canonicalAgencyCode("H53.11"), "H53.11");
    EXPECT_EQ(canonicalAgencyCode("000.00.11.H53"), "H53.11");
    EXPECT_EQ(canonicalAgencyCode("000.00.00.H49"), "H49");
    EXPECT_EQ(canonicalAgencyCode("001.02.11.H53"), "H53.11.02.001");
    EXPECT_EQ(canonicalAgencyCode("G15"), "G15");
    EXPECT_EQ(canonicalAgencyCode("D01.08.K1"), "D01.08.K1");
}

TEST(AgencyCode, AnythingElseIsRefused) {
    for (const char* text : {"", ".", "H53.", ".H53", "H53..11", "h53.11", " H53", "H53 ", "H5",
                             "H533", "53H", "000.00.11", "000.05.00.H53", "00.00.11.H53", "H53.1-1",
                             "H53.Đ1", "H53.123456789012345678901234567890123"})
        EXPECT_EQ(canonicalAgencyCode(text), std::nullopt) << text;
}

TEST(AgencyName, IsTheOneOfTheDay) {
    Agency agency;
    agency.names = {{"Cục", {std::nullopt, 2025y / 7 / 1}, false},
                    {"alias", {}, true},
                    {"Thi hành án", {2025y / 7 / 1, 2026y / 1 / 1}, false}};
    EXPECT_EQ(agency.nameOn(2024y / 1 / 1), "Cục");
    EXPECT_EQ(agency.nameOn(2025y / 6 / 30), "Cục");
    EXPECT_EQ(agency.nameOn(2025y / 7 / 1), "Thi hành án");
    EXPECT_EQ(agency.nameOn(2027y / 1 / 1), "Thi hành án");
    agency.names = {{"later", {2025y / 7 / 1, {}}, false},
                    {"sooner", {2025y / 1 / 1, 2025y / 7 / 1}, false}};
    EXPECT_EQ(agency.nameOn(2024y / 1 / 1), "sooner");
    EXPECT_EQ(Agency().nameOn(2024y / 1 / 1), "");
}

TEST(Period, EndsOnItsFirstDayWithout) {
    const Period period{2025y / 1 / 1, 2025y / 7 / 1};
    EXPECT_TRUE(period.covers(2025y / 1 / 1));
    EXPECT_TRUE(period.covers(2025y / 6 / 30));
    EXPECT_FALSE(period.covers(2025y / 7 / 1));
    EXPECT_FALSE(period.overlaps({2025y / 7 / 1, {}}));
    EXPECT_TRUE(period.overlaps({2025y / 6 / 30, {}}));
    EXPECT_FALSE((Period{2025y / 7 / 1, 2025y / 7 / 1}).wellFormed());
}

}  // namespace
}  // namespace gateway::model
