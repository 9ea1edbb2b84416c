#include "gateway/document/lookalikes.h"

#include <gtest/gtest.h>

namespace gateway::document {
namespace {

struct Row {
    const char* written;
    const char* plain;
    bool replaced;
};

class Signs : public testing::TestWithParam<Row> {};

TEST_P(Signs, AreComparedAsTheyLook) {
    const auto found = plainSigns(GetParam().written);
    EXPECT_EQ(found.text, GetParam().plain) << GetParam().written;
    EXPECT_EQ(found.replaced, GetParam().replaced) << GetParam().written;
}

INSTANTIATE_TEST_SUITE_P(
    All, Signs,
    testing::Values(Row{"", "", false}, Row{"34/2025/hc-st", "34/2025/HC-ST", false},
                    // Full width; Arabic and Devanagari digits; superscript.
                    Row{"３４／２０２５／ＨＣ－ＳＴ", "34/2025/HC-ST", true},
                    Row{"\u0663\u0664/\u0968", "34/2", true}, Row{"2\u00B2", "22", true},
                    // Cyrillic НС-ЅТ, small letters too; Greek ΗС.
                    Row{"\u041D\u0421-\u0405\u0422", "HC-ST", true},
                    Row{"\u0440\u0442", "PT", true}, Row{"\u0397C", "HC", true},
                    Row{"\u0406", "I", true},
                    // Dashes, slashes and blanks are nobody's doubt.
                    Row{"a\u2010b\u2011c\u2013d\u2014e\u2212f", "A-B-C-D-E-F", false},
                    Row{"1\u20442\u22153", "1/2/3", false},
                    Row{"1\u00A02\u20033\t4", "1 2 3 4", false},
                    Row{"1\u200B2\uFEFF3\u00AD4", "1234", false},
                    // Vietnamese stays what it is, in NFC; Ð and the African Ɖ are Đ.
                    Row{"qđ \u00D0 \u00F0 \u0189", "QĐ Đ Đ Đ", false},
                    Row{"Bản án", "BẢN ÁN", false}, Row{"BA\u0309N", "BẢN", false},
                    // A letter that looks like none of ours stays apart.
                    Row{"\u0416", "\u0416", false}, Row{"\u6CD5", "\u6CD5", false}));

}  // namespace
}  // namespace gateway::document
