#include "gateway/base/error_catalogue.h"

#include <gtest/gtest.h>

#include <set>

#include "gateway/base/problem.h"

using namespace gateway::base;

TEST(ErrorCatalogue, EveryRowIsCompleteAndUnique) {
    std::set<std::string_view> names;
    for (const auto& entry : errorCatalogue()) {
        EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
        EXPECT_FALSE(entry.vi.empty() || entry.en.empty()) << entry.name;
        EXPECT_FALSE(entry.remedyVi.empty() || entry.remedyEn.empty()) << entry.name;
        EXPECT_EQ(&entryOf(entry.code), &entry);
        EXPECT_EQ(errorCodeFromName(entry.name), entry.code);
        if (entry.errorClass != ErrorClass::Transport) {
            EXPECT_EQ(entry.httpStatus, entry.name.starts_with("CONFLICT_") ? 409 : 422)
                << entry.name;
        }
    }
    EXPECT_FALSE(errorCodeFromName("NO_SUCH_CODE"));
}

TEST(Problem, RendersPlaceAndValues) {
    const auto text = render(Problem(ErrorCode::MAPPING_VALUE, "/BanAn/Ngay", {12, 7})
                                 .with("value", "31/02/2026")
                                 .with("expected", "dd/MM/yyyy"));
    EXPECT_EQ(text.en,
              "The value \"31/02/2026\" at /BanAn/Ngay (line 12) is not valid: dd/MM/yyyy.");
    EXPECT_NE(text.vi.find("31/02/2026"), std::string::npos);
}

TEST(Problem, EachLanguageHasItsOwnWords) {
    const auto problem = Problem(ErrorCode::MAPPING_VALUE, "/Ngay", {3, 1})
                             .with("value", "x")
                             .inWords("expected", {"phải là số", "it must be a number"});
    EXPECT_EQ(render(problem).vi, "Giá trị “x” tại /Ngay (dòng 3) không hợp lệ: phải là số.");
    EXPECT_EQ(render(problem).en,
              "The value \"x\" at /Ngay (line 3) is not valid: it must be a number.");
    EXPECT_EQ(render(problem, false).vi.find("phải là số"), std::string::npos);
}

TEST(Problem, ForAnUnknownSignerNothingIsEchoed) {
    const auto text = render(
        Problem(ErrorCode::MAPPING_VALUE, "/secret", {12, 7}).with("value", "Nguyễn Văn A"), false);
    EXPECT_EQ(text.en.find("secret"), std::string::npos);
    EXPECT_EQ(text.en.find("Nguyễn"), std::string::npos);
    EXPECT_NE(text.en.find("line 12"), std::string::npos);
}

TEST(Problem, CutsLongValuesAtACharacter) {
    std::string name;
    for (int i = 0; i < 150; ++i) name += "ế";
    const auto text = render(Problem(ErrorCode::ATTACHMENT_MISMATCH).with("name", name));
    EXPECT_NE(text.en.find("ế…"), std::string::npos);
    EXPECT_LT(text.en.size(), 320U);
}
