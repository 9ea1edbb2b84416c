#include "gateway/document/text.h"

#include <gtest/gtest.h>

namespace gateway::document {
namespace {

TEST(Text, OneBlankStandsForAllThatOfficesPutBetweenWords) {
    EXPECT_EQ(oneBlank("\u00a0 A\t\u2009\n B\u3000\u202f"), "A B");
    EXPECT_EQ(oneBlank("Tòa  án"), "Tòa án");
    EXPECT_EQ(oneBlank("a\u200bb"), "a\u200bb") << "no white space, though nobody sees it";
    for (const auto* plain : {"", "abc", "Ủy", "😀"}) EXPECT_EQ(oneBlank(plain), plain);
    for (const auto* blank : {" ", "\u00a0", "\r\n"}) EXPECT_EQ(oneBlank(blank), "");
}

TEST(Nfc, ComposesWhatWasTypedApart) {
    EXPECT_EQ(toNfc("To\u0300a a\u0301n"), "Tòa án");
    EXPECT_EQ(toNfc("Tòa án"), "Tòa án");
    EXPECT_EQ(toNfc(""), "");
}

TEST(NameKey, FoldsSpellingsOfOneName) {
    const auto key = nameKey("Tòa án nhân dân tỉnh Hòa Bình");
    for (const char* other :
         {"Toà án nhân dân tỉnh Hoà Bình", "TÒA ÁN NHÂN DÂN TỈNH HÒA BÌNH",
          "  Tòa án\u00A0nhân  dân\ttỉnh Hòa Bình ",
          "To\u0300a a\u0301n nha\u0302n da\u0302n ti\u0309nh Hoa\u0300 Bi\u0300nh"})
        EXPECT_EQ(nameKey(other), key) << other;
    EXPECT_EQ(nameKey("Bà Rịa - Vũng Tàu"), nameKey("Bà Rịa–Vũng Tàu"));
    EXPECT_EQ(nameKey("ĐẮK LẮK"), nameKey("Đắk Lắk"));
    EXPECT_EQ(nameKey("Thúy"), nameKey("Thuý"));
}

TEST(NameKey, KeepsLettersAndTones) {
    EXPECT_NE(nameKey("Hòa"), nameKey("Hoa"));
    EXPECT_NE(nameKey("Hòa"), nameKey("Hóa"));
    EXPECT_NE(nameKey("Đông"), nameKey("Dông"));
    EXPECT_NE(nameKey("Kiên Giang"), nameKey("Kiến Giang"));
    EXPECT_NE(nameKey("Bạc Liêu"), nameKey("Bac Lieu"));
    EXPECT_NE(nameKey("Hà Nam"), nameKey("Hànam"));
    EXPECT_EQ(nameKey(""), "");
    EXPECT_EQ(nameKey("\u0300"), "\u0300");
}

TEST(SameText, HoweverTheKeyboardWroteIt) {
    EXPECT_TRUE(sameText("Bản án", "Bản án"));
    EXPECT_TRUE(sameText("Ba\xCC\x89n \xC3\xA1n", "B\xE1\xBA\xA3n a\xCC\x81n"));
    EXPECT_FALSE(sameText("Ban an", "Bản án"));
    EXPECT_FALSE(sameText("BA", "ba"));
}

TEST(TextFault, WhatPeopleWriteIsFit) {
    for (const char* text :
         {"", "Bản án số 05/2026/HC-ST", "Tòa án nhân dân\n\ttỉnh Hòa Bình", "Ba\u0309n a\u0301n",
          "rơ-moóc, goòng, xoong", "Gaëlle Anaïs Müller", "5 µm, 25½ m², ©2024, Word®, «trích»",
          "§ 12 · mục b", "toà hoá thuỷ", "GIÁM ĐỐC", "Señor Núñez"})
        EXPECT_EQ(textFault(text), TextFault::None) << text;
}

TEST(TextFault, WhatIsReadIsWhatStandsThere) {
    for (const char* text : {"a\u202Ecod.exe", "\u200Fa", "a\u2066b", "a\u061C", "\u200E"})
        EXPECT_EQ(textFault(text), TextFault::Direction) << text;
    for (const char* text : {"a\x01", "a\x7F",
                             "a\xC2\x9B"
                             "31m",
                             "a\uFEFFb", "\uE000", "a\u2028"})
        EXPECT_EQ(textFault(text), TextFault::Control) << text;
    EXPECT_EQ(textFault("Nguy\uFFFDn V\uFFFDn A"), TextFault::Damaged);
}

TEST(TextFault, OldFontsAreNoText) {
    for (const char* text :
         {"B¶n ¸n", "Tßa ¸n nh©n d©n", "c«ng v¨n", "QuyÕt ®Þnh hµnh chÝnh b»ng",
          "Nguyeãn Vaên Haûi", "Baûn aùn", "TOØA AÙN NHAÂN DAÂN", "ñöôïc thöïc hieän"})
        EXPECT_EQ(textFault(text), TextFault::OldFont) << text;
}

}  // namespace
}  // namespace gateway::document
