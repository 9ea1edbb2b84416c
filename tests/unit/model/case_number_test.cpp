#include "gateway/model/messages/case_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gateway::model {
namespace {

using namespace std::chrono_literals;
using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

struct Row {
    const char* written;
    const char* normalised;
    const char* document;
    const char* field;
    const char* level;
};

class KnownForms : public testing::TestWithParam<Row> {};

TEST_P(KnownForms, AreTakenApart) {
    const auto& row = GetParam();
    const auto number = normaliseCaseNumber(row.written);
    EXPECT_EQ(number.original, row.written);
    EXPECT_EQ(number.normalised, row.normalised);
    EXPECT_EQ(number.documentType, row.document);
    EXPECT_EQ(number.field, row.field);
    EXPECT_EQ(number.level, row.level);
    EXPECT_THAT(doubtsOf(row.written, {}),
                Not(AnyOf(Contains(NumberDoubt::UnknownForm), Contains(NumberDoubt::OtherSigns))));
    // What is normalised once stays as it is.
    EXPECT_EQ(normaliseCaseNumber(number.normalised).normalised, number.normalised);
}

INSTANTIATE_TEST_SUITE_P(
    Registers, KnownForms,
    testing::Values(Row{"34/2017/HC-ST", "34/2017/HC-ST", "BA", "HC", "ST"},
                    Row{"568/2023/HC-PT", "568/2023/HC-PT", "BA", "HC", "PT"},
                    Row{"11/2024/HC-GĐT", "11/2024/HC-GĐT", "BA", "HC", "GĐT"},
                    Row{"06/2018/QĐST-HC", "06/2018/QĐST-HC", "QĐ", "HC", "ST"},
                    Row{"1224/2017/QĐST-HC", "1224/2017/QĐST-HC", "QĐ", "HC", "ST"},
                    Row{"95/2018/QĐ-PT", "95/2018/QĐ-PT", "QĐ", "", "PT"},
                    Row{"36/2016/TLST-HC", "36/2016/TLST-HC", "TL", "HC", "ST"},
                    Row{"345/2023/TBPT-HC", "345/2023/TBPT-HC", "TB", "HC", "PT"},
                    Row{"877/2020/QĐPT-HC", "877/2020/QĐPT-HC", "QĐ", "HC", "PT"},
                    Row{"20/2019/QĐXXST-HC", "20/2019/QĐXXST-HC", "QĐ", "HC", "ST"},
                    // Dirt: en dash, blanks, no hyphen, no slash, small letters, Ð and plain D.
                    Row{"08/2017/HSPT – QĐ", "08/2017/HSPT-QĐ", "QĐ", "HS", "PT"},
                    Row{"124/ 2018 HSPT-QĐ", "124/2018/HSPT-QĐ", "QĐ", "HS", "PT"},
                    Row{"27/2018/QĐST- HNGĐ", "27/2018/QĐST-HNGĐ", "QĐ", "HNGĐ", "ST"},
                    Row{"09/2025/HCST", "09/2025/HC-ST", "BA", "HC", "ST"},
                    Row{"112/ 2025/HC – PT", "112/2025/HC-PT", "BA", "HC", "PT"},
                    Row{"9/2025/hc-st", "09/2025/HC-ST", "BA", "HC", "ST"},
                    Row{"009/2025/HC-ST", "09/2025/HC-ST", "BA", "HC", "ST"},
                    Row{"Số: 34/2025/HC\u2011ST ", "34/2025/HC-ST", "BA", "HC", "ST"},
                    Row{"34\u00A0/2025/HC-ST", "34/2025/HC-ST", "BA", "HC", "ST"},
                    Row{"06/2018/qđst-hc", "06/2018/QĐST-HC", "QĐ", "HC", "ST"},
                    Row{"06/2018/QÐST-HC", "06/2018/QĐST-HC", "QĐ", "HC", "ST"},
                    Row{"06/2018/QDST-HC", "06/2018/QĐST-HC", "QĐ", "HC", "ST"},
                    Row{"11/2024/HC-GDT", "11/2024/HC-GĐT", "BA", "HC", "GĐT"},
                    Row{"27/2018/QDST-HNGD", "27/2018/QĐST-HNGĐ", "QĐ", "HNGĐ", "ST"},
                    Row{"20/2019/QDXXST-HC", "20/2019/QĐXXST-HC", "QĐ", "HC", "ST"},
                    Row{"5/2019/LD-ST", "05/2019/LĐ-ST", "BA", "LĐ", "ST"},
                    Row{"5/2019/KDTM-PT", "05/2019/KDTM-PT", "BA", "KDTM", "PT"},
                    Row{"10/2019/LĐ-TT", "10/2019/LĐ-TT", "BA", "LĐ", "TT"},
                    Row{"123456789/1945/HC-ST", "123456789/1945/HC-ST", "BA", "HC", "ST"},
                    Row{"34/2200/HC-ST", "34/2200/HC-ST", "BA", "HC", "ST"},
                    Row{"34/2025/HC ST", "34/2025/HC-ST", "BA", "HC", "ST"},
                    Row{"SỐ 34/2025/HC-ST", "34/2025/HC-ST", "BA", "HC", "ST"},
                    Row{"34/2025/HC.ST.", "34/2025/HC-ST", "BA", "HC", "ST"},
                    Row{"04/2026/QĐ - BPKCTT", "04/2026/QĐ-BPKCTT", "QĐ", "", ""},
                    Row{"01/2023/QĐ-BTHA", "01/2023/QĐ-BTHA", "QĐ", "", ""}));

TEST(CaseNumber, KeepsSequenceYearAndSubject) {
    const auto number = normaliseCaseNumber("02/2025/QĐ-BPKCTT");
    EXPECT_EQ(number.sequence, 2);
    EXPECT_EQ(number.year, 2025);
    EXPECT_EQ(number.subject, "BPKCTT");
}

TEST(CaseNumber, WithoutYearIsKnownButWarned) {
    const auto number = normaliseCaseNumber("62/QĐST/HNGĐ");
    EXPECT_EQ(number.normalised, "62/QĐST-HNGĐ");
    EXPECT_EQ(number.year, std::nullopt);
    EXPECT_THAT(doubtsOf("62/QĐST/HNGĐ", {}), Contains(NumberDoubt::NoYear));
}

TEST(CaseNumber, CutsTheDateHoweverItIsSet) {
    for (const char* text :
         {"7/2024/TLST-HC, Ngày 02/10/2024", "7/2024/TLST-HC (NGÀY 2)", "7/2024/TLST-HCngày"}) {
        const auto number = normaliseCaseNumber(text);
        EXPECT_EQ(number.normalised, "07/2024/TLST-HC") << text;
        EXPECT_THAT(doubtsOf(text, {}), Contains(NumberDoubt::MoreText)) << text;
    }
}

TEST(CaseNumber, CutsTheDateOfADocket) {
    const auto number = normaliseCaseNumber("112/2024/TLST-HC ngày 02/10/2024");
    EXPECT_EQ(number.normalised, "112/2024/TLST-HC");
    EXPECT_EQ(number.remainder, "ngày 02/10/2024");
    EXPECT_THAT(doubtsOf(number.original, {}), Contains(NumberDoubt::MoreText));
}

class UnknownForms : public testing::TestWithParam<const char*> {};

TEST_P(UnknownForms, AreKeptCleanedAndWarned) {
    const auto number = normaliseCaseNumber(GetParam());
    EXPECT_FALSE(number.known());
    EXPECT_THAT(doubtsOf(GetParam(), {}), Contains(NumberDoubt::UnknownForm));
    EXPECT_EQ(number.original, GetParam());
    EXPECT_EQ(number.sequence, std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Registers, UnknownForms,
    testing::Values("", "-", "HC-ST", "34HC-ST", "34/25/HC-ST", "34/2025/ST-HC", "34/2025/HC-XX",
                    "34/2025", "1234567890/2025/HC-ST", "34/2025/HC-ST-ST", "34/1944/HC-ST",
                    "34/2201/HC-ST", "34/20255/HC-ST", "34/2025/HC", "34/2025/ST", "34/2025/HC-QĐ",
                    "34/2025/HCST-QĐ-TB", "34/2025/HC-BTHA-ST", "34/2025/HC-HS-ST",
                    "34/2025/HCST-QĐ-HS", "34/", "34", "/2025/HC-ST", "34/2025/", "ngày 02/10/2024",
                    "34/2025/QĐ-HC-ST lần 2", "13/9/ 2017", "Bản án dân sự"));

TEST(CaseNumber, UnknownFormsStillLoseBlanksAndDashes) {
    EXPECT_EQ(normaliseCaseNumber(" 34a / 2025 – x  y").normalised, "34A/2025-X Y");
    EXPECT_EQ(normaliseCaseNumber("  Bản  án / số  ").normalised, "BẢN ÁN/SỐ");
    EXPECT_EQ(normaliseCaseNumber("a-b c").normalised, "A-B C");
}

TEST(CaseNumber, DifferentNumbersStayDifferent) {
    const char* const all[] = {"34/2025/HC-ST", "34/2025/HC-PT",   "34/2024/HC-ST",
                               "35/2025/HC-ST", "34/2025/QĐST-HC", "34/2025/QĐXXST-HC",
                               "34/2025/DS-ST", "34/QĐST-HC",      "34/2025/QĐ-ST"};
    for (const auto* left : all)
        for (const auto* right : all)
            EXPECT_EQ(normaliseCaseNumber(left).normalised == normaliseCaseNumber(right).normalised,
                      left == right)
                << left << " " << right;
}

TEST(CaseNumber, LongestTextIsStillRead) {
    const std::string number = "34/2025/HC-ST";
    EXPECT_TRUE(normaliseCaseNumber(number + std::string(200 - number.size(), ' ')).known());
    EXPECT_FALSE(normaliseCaseNumber(number + std::string(201 - number.size(), ' ')).known());
}

TEST(CaseNumber, LongTextsAreOfNoKnownForm) {
    const auto number = normaliseCaseNumber("34/2025/HC-ST" + std::string(300, ' '));
    EXPECT_FALSE(number.known());
}

// Whatever signs a keyboard, a scanner or an office program has put there.
TEST(CaseNumber, LookAlikesLinkAndAreDoubted) {
    for (const char* text :
         {"３４／２０２５／ＨＣ－ＳＴ", "34/2025/\u041D\u0421-\u0405\u0422",
          "\u0663\u0664/2025/HC-ST", "34/2025/\u0397C\u2013S\u03A4", "34/2025/h\u0441-st"}) {
        const auto number = normaliseCaseNumber(text);
        EXPECT_EQ(number.normalised, "34/2025/HC-ST") << text;
        EXPECT_EQ(number.original, text);
        EXPECT_THAT(doubtsOf(text, {}), ElementsAre(NumberDoubt::OtherSigns)) << text;
    }
    EXPECT_EQ(normaliseCaseNumber("\u2116 34/2025/HC-ST").normalised, "34/2025/HC-ST");
}

TEST(CaseNumber, AMissingYearIsThatOfItsDay) {
    EXPECT_EQ(normaliseCaseNumber("62/QĐST/HNGĐ", 2018y / 5 / 4).normalised, "62/2018/QĐST-HNGĐ");
    EXPECT_EQ(normaliseCaseNumber("62/2017/QĐST-HNGĐ", 2018y / 5 / 4).normalised,
              "62/2017/QĐST-HNGĐ");
    EXPECT_EQ(normaliseCaseNumber("34a/2025", 2018y / 5 / 4).normalised, "34A/2025");
    EXPECT_EQ(normaliseCaseNumber("62/QĐST/HNGĐ", 2018y / 5 / 4).year, std::nullopt);
}

TEST(CaseNumber, AYearOfTwoDigitsIsOfTheCenturyOfItsDay) {
    using enum NumberDoubt;
    EXPECT_EQ(normaliseCaseNumber("34/17/HC-ST", 2017y / 5 / 4).normalised, "34/2017/HC-ST");
    EXPECT_EQ(normaliseCaseNumber("34/17/HC-ST", 2017y / 5 / 4).original, "34/17/HC-ST");
    EXPECT_EQ(normaliseCaseNumber("6/ 98 QĐST-DS", 1998y / 5 / 4).normalised, "06/1998/QĐST-DS");
    EXPECT_FALSE(normaliseCaseNumber("34/17/HC-ST").known()) << "of which century?";
    EXPECT_FALSE(normaliseCaseNumber("34/017/HC-ST", 2017y / 5 / 4).known());
    EXPECT_FALSE(normaliseCaseNumber("34/7/HC-ST", 2017y / 5 / 4).known());
    const auto doubts = [](const char* number) {
        return doubtsOf(number, {2017y / 5 / 4, Instance::First, RulingKind::Judgment});
    };
    EXPECT_THAT(doubts("34/17/HC-ST"), ElementsAre(ShortYear));
    EXPECT_THAT(doubts("34/18/HC-ST"), ElementsAre(ShortYear, LaterYear));
    EXPECT_THAT(doubts("34/16/HC-ST"), ElementsAre(ShortYear, EarlierYear));
    EXPECT_THAT(doubts("34/7/HC-ST"), ElementsAre(UnknownForm));
    EXPECT_THAT(doubts("34/HC-ST"), ElementsAre(NoYear));
}

TEST(CaseNumber, IsHeldAgainstWhatTheMessageSaysOfItsRuling) {
    using enum NumberDoubt;
    const auto doubts = [](const char* number, Instance instance, RulingKind kind) {
        return doubtsOf(number, {2025y / 6 / 1, instance, kind});
    };
    constexpr auto kFirst = Instance::First, kAppeal = Instance::Appeal;
    constexpr auto kBa = RulingKind::Judgment, kQd = RulingKind::Decision;
    EXPECT_THAT(doubts("34/2025/HC-ST", kFirst, kBa), IsEmpty());
    EXPECT_THAT(doubts("34/2025/HC-PT", kAppeal, kBa), IsEmpty());
    EXPECT_THAT(doubts("6/2025/QĐST-HC", kFirst, kQd), IsEmpty());
    EXPECT_THAT(doubts("02/2025/QĐ-BPKCTT", kFirst, kQd), IsEmpty());
    EXPECT_THAT(doubts("11/2025/HC-GĐT", Instance::Cassation, kQd), IsEmpty());
    EXPECT_THAT(doubts("11/2025/HC-TT", Instance::Reopening, kQd), IsEmpty());
    EXPECT_THAT(doubts("34/2025/HC-PT", kFirst, kBa), ElementsAre(OtherInstance));
    EXPECT_THAT(doubts("34/2025/HC-ST", kAppeal, kBa), ElementsAre(OtherInstance));
    EXPECT_THAT(doubts("34/2026/HC-ST", kFirst, kBa), ElementsAre(LaterYear));
    EXPECT_THAT(doubts("34/2024/HC-ST", kFirst, kBa), ElementsAre(EarlierYear));
    EXPECT_THAT(doubts("34/2025/HC-ST", kFirst, kQd), ElementsAre(OtherKind));
    EXPECT_THAT(doubts("6/2025/QĐST-HC", kFirst, kBa), ElementsAre(OtherKind));
    EXPECT_THAT(doubts("36/2025/TLST-HC", kFirst, kBa), ElementsAre(NoRuling));
    EXPECT_THAT(doubts("345/2025/TBPT-HC", kAppeal, kBa), ElementsAre(NoRuling));
    EXPECT_THAT(doubts("34/2025/HS-ST", kFirst, kBa), ElementsAre(OtherField));
    EXPECT_THAT(doubtsOf("34/2026/HC-PT", {}), IsEmpty()) << "nothing to hold it against";
    EXPECT_THAT(doubts("３/2026/HS-PT ngày 1", kFirst, kQd),
                ElementsAre(MoreText, OtherSigns, LaterYear, OtherInstance, OtherKind, OtherField));
}

}  // namespace
}  // namespace gateway::model
