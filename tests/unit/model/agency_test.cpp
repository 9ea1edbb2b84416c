#include "gateway/model/agencies/agency.h"

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
    for (const char* text : {"",
                             ".",
                             "H53.",
                             ".H53",
                             "H53..11",
                             "h53.11",
                             " H53",
                             "H53 ",
                             "H5",
                             "H533",
                             "53H",
                             "000.00.11",
                             "000.05.00.H53",
                             "00.00.11.H53",
                             "H53.1-1",
                             "H53.Đ1",
                             "H53.123456789012345678901234567890123",
                             "000.00.11.H53.H54",
                             "000.00.11.H5",
                             "00.000.11.H53",
                             "000.00.H53",
                             "H53.1/1",
                             "H53.1:1",
                             "H53.1@1",
                             "H53.1[1",
                             "@53",
                             "[53",
                             "H/3",
                             "H5:"})
        EXPECT_EQ(canonicalAgencyCode(text), std::nullopt) << text;
}

TEST(AgencyCode, FirstLevelIsOneLetterAndTwoDigits) {
    for (const char* text : {"A00", "Z99", "A09", "Z90"})
        EXPECT_EQ(canonicalAgencyCode(text), text);
    // The older form is only what has the older form's widths; a first level in front decides.
    EXPECT_EQ(canonicalAgencyCode("H53.00.11.H54"), "H53.00.11.H54");
    EXPECT_EQ(canonicalAgencyCode("H53.0.A.Z.9"), "H53.0.A.Z.9");
}

TEST(AgencyCode, LengthIsBounded) {
    const std::string longest = "H53." + std::string(31, '1');
    EXPECT_EQ(canonicalAgencyCode(longest), longest);
    EXPECT_EQ(canonicalAgencyCode(longest + "1"), std::nullopt);
    EXPECT_TRUE(isAgencyCodeSpelling(longest));
    EXPECT_FALSE(isAgencyCodeSpelling(longest + "1"));
}

TEST(AgencyCode, SpellingHasAFirstLevelSomewhere) {
    for (const char* text : {"H53", "H53.11", "000.00.11.H53", "000.05.00.H53", "11.H53.A"})
        EXPECT_TRUE(isAgencyCodeSpelling(text)) << text;
    for (const char* text :
         {"", ".", "H53.", ".H53", "H53..11", "h53", "53", "000.00.11", "H53.Đ", "H53 ", "H5"})
        EXPECT_FALSE(isAgencyCodeSpelling(text)) << text;
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
    // Of several that have ended, the one that ended last, wherever it stands in the file.
    agency.names = {{"second", {2020y / 1 / 1, 2025y / 1 / 1}, false},
                    {"first", {std::nullopt, 2020y / 1 / 1}, false},
                    {"third", {2026y / 1 / 1, {}}, false}};
    EXPECT_EQ(agency.nameOn(2025y / 1 / 1), "second");
    EXPECT_EQ(agency.nameOn(2025y / 6 / 1), "second");
    EXPECT_EQ(agency.nameOn(2019y / 1 / 1), "first");
    std::swap(agency.names[0], agency.names[1]);
    EXPECT_EQ(agency.nameOn(2025y / 6 / 1), "second");
}

TEST(Period, EndsOnItsFirstDayWithout) {
    const Period period{2025y / 1 / 1, 2025y / 7 / 1};
    EXPECT_TRUE(period.covers(2025y / 1 / 1));
    EXPECT_TRUE(period.covers(2025y / 6 / 30));
    EXPECT_FALSE(period.covers(2025y / 7 / 1));
    EXPECT_FALSE(period.overlaps({2025y / 7 / 1, {}}));
    EXPECT_TRUE(period.overlaps({2025y / 6 / 30, {}}));
    EXPECT_FALSE((Period{2025y / 7 / 1, 2025y / 7 / 1}).wellFormed());
    EXPECT_FALSE((Period{2025y / 7 / 2, 2025y / 7 / 1}).wellFormed());
    EXPECT_TRUE((Period{2025y / 7 / 1, 2025y / 7 / 2}).wellFormed());
    EXPECT_FALSE(period.covers(2024y / 12 / 31));
    const Period open;
    EXPECT_TRUE(open.covers(2025y / 1 / 1));
    EXPECT_TRUE(open.wellFormed());
    EXPECT_TRUE((Period{{}, 2025y / 7 / 1}).covers(2025y / 6 / 30));
    EXPECT_FALSE((Period{{}, 2025y / 7 / 1}).covers(2025y / 7 / 1));
    EXPECT_TRUE((Period{2025y / 7 / 1, {}}).covers(2025y / 7 / 1));
    EXPECT_FALSE((Period{2025y / 7 / 1, {}}).covers(2025y / 6 / 30));
    EXPECT_TRUE((Period{{}, 2025y / 7 / 1}).wellFormed());
}

}  // namespace
}  // namespace gateway::model
