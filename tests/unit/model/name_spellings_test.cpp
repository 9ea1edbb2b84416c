#include "gateway/model/agencies/name_spellings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "gateway/model/agencies/near_names.h"

namespace gateway::model {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

NameSpellings spellings() {
    return {{{"Ủy ban nhân dân", {"UBND"}, "s.xml:1"},
             {"thành phố", {"TP"}, "s.xml:2"},
             {"Hồ Chí Minh", {"HCM"}, "s.xml:3"},
             {"thành phố Hồ Chí Minh", {"TPHCM"}, "s.xml:4"},
             {"thị trấn", {"TT"}, "s.xml:5"},
             {"Thừa Thiên Huế", {"TT Huế"}, "s.xml:6"},
             {"Đắk", {"Đăk"}, "s.xml:7"}},
            {"tỉnh", "thành phố"}};
}

TEST(NameSpellings, OneKeyForWhatMeansTheSame) {
    const auto all = spellings();
    const auto city = all.key("Ủy ban nhân dân thành phố Hồ Chí Minh");
    for (const char* text : {"UBND TP. Hồ Chí Minh", "ubnd tp.hcm", "UBND TPHCM", "UBND  TP HCM",
                             "Uỷ ban nhân dân TP.HCM", "ＵＢＮＤ TP.HCM", "UBND T\u0420.HCM"})
        EXPECT_EQ(all.key(text), city) << text;
    EXPECT_EQ(all.key("TT-Huế"), all.key("Thừa Thiên - Huế")) << "the longest words first";
    EXPECT_EQ(all.key("TT Mỹ Lộc"), all.key("thị trấn Mỹ Lộc"));
    EXPECT_EQ(all.key("xã Đăk Mil"), all.key("Xã Đắk Mil"));
    EXPECT_NE(all.key("Hoa Binh"), all.key("Hòa Bình")) << "letters are never dropped";
    EXPECT_NE(all.key("Kiến Giang"), all.key("Kiên Giang"));
    EXPECT_EQ(all.key(" . - "), "");
}

TEST(NameSpellings, TheUnitOfAProvinceMayBeMissing) {
    const auto all = spellings();
    EXPECT_THAT(
        all.keysOf("UBND tỉnh An Giang", {"Tỉnh An Giang"}),
        ElementsAre(all.key("Ủy ban nhân dân tỉnh An Giang"), all.key("Ủy ban nhân dân An Giang")));
    EXPECT_THAT(
        all.keysOf("TAND khu vực 1 - Hà Nội", {"Thành phố Hà Nội"}),
        ElementsAre(all.key("TAND khu vực 1 Hà Nội"), all.key("TAND khu vực 1 thành phố Hà Nội")));
    // A town of the province's name is another place.
    EXPECT_THAT(all.keysOf("UBND thành phố Bắc Giang", {"Tỉnh Bắc Giang"}),
                ElementsAre(all.key("UBND thành phố Bắc Giang")));
    EXPECT_THAT(all.keysOf("UBND phường Huế", {"Huế"}), ElementsAre(all.key("UBND phường Huế")));
}

void expectFault(std::vector<Spelling> bad, const std::string& what) {
    try {
        const NameSpellings made(bad, {"tỉnh"});
        FAIL() << "accepted in spite of: " << what;
    } catch (const base::Fault& fault) {
        EXPECT_THAT(fault.what(), HasSubstr(what));
    }
}

TEST(NameSpellings, WhatStandsForTwoThingsIsRefusedWithItsPlace) {
    expectFault({{"một", {"M"}, "s.xml:1"}, {"hai", {"m."}, "s.xml:2"}}, "s.xml:2: \"m.\"");
    expectFault({{"một", {"M"}, "s.xml:1"}, {"Một", {"N"}, "s.xml:2"}}, "s.xml:2");
    expectFault({{"một", {"MỘT"}, "s.xml:1"}}, "s.xml:1");
}

TEST(NearNames, AreThoseThatShareWhatIsRare) {
    NearNames near;
    const char* const names[] = {"Ủy ban nhân dân tỉnh An Giang", "Ủy ban nhân dân tỉnh Kiên Giang",
                                 "Ủy ban nhân dân tỉnh Hà Giang", "Tòa án nhân dân tỉnh An Giang"};
    for (std::size_t i = 0; i < std::size(names); ++i) near.add(names[i], i);
    near.add("UBND An Giang", 0);
    EXPECT_EQ(near.nearest("uy ban nhan dan tinh kien giang", 1), std::vector<std::size_t>{1});
    EXPECT_EQ(near.nearest("Ủy ban nhân dân tỉnh Kiến Giang", 1), std::vector<std::size_t>{1});
    EXPECT_EQ(near.nearest("toa an tinh an giang", 1), std::vector<std::size_t>{3});
    EXPECT_THAT(near.nearest("ubnd an giang", 9), Contains(0U)) << "once, though by two names";
    EXPECT_THAT(near.nearest("Sở Xây dựng", 5), IsEmpty());
    EXPECT_THAT(near.nearest("", 5), IsEmpty());
    EXPECT_EQ(near.nearest("Ủy ban nhân dân tỉnh", 2).size(), 2U);
}

}  // namespace
}  // namespace gateway::model
