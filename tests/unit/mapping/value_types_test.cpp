#include "gateway/mapping/values/value_type.h"

#include <gtest/gtest.h>

#include "gateway/base/fault.h"

namespace gateway::mapping {
namespace {

std::unique_ptr<const ValueType> type(const std::string& as) {
    return makeValueType({as, {}, {}, {}}, {});
}
std::string in(const std::string& as, std::string_view theirs) {
    return type(as)->toOurs(theirs).value_or("refused");
}
std::string out(const std::string& as, std::string_view ours) {
    return type(as)->toTheirs(ours).value_or("refused");
}

TEST(ValueTypes, lettersThatMeanNothingInATimeAreRefused) {
    const std::string known = "yMdHmsSX";
    for (const char c : std::string("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if (known.find(c) == std::string::npos) {
            EXPECT_THROW(static_cast<void>(type(std::string("date dd/MM/yyyy ") + c)), base::Fault)
                << c;
            EXPECT_NO_THROW(static_cast<void>(type(std::string("date dd/MM/yyyy '") + c + "'")))
                << c;
        }
}

TEST(ValueTypes, noPartOfADateMayBeWanting) {
    for (const char* bad : {"01/02/", "/02/2026", "01//2026", "01/02/26", "01/02/202", "//", ""})
        EXPECT_EQ(in("date dd/MM/yyyy", bad), "refused") << bad;
    const std::string moment = "moment yyyy-MM-dd'T'HH:mm:ssXXX";
    for (const char* bad :
         {"2026-01-02T03:04:+07:00", "2026-01-02T03::05+07:00", "2026-01-02T:04:05+07:00",
          "2026-01-02T03:04:05+7:00", "2026-01-02T03:04:05+07:0", "2026-01-02T03:04:05+24:00",
          "2026-01-02T03:04:05+07:60", "2026-01-02T03:04:05+0700", "2026-01-02T03:04:05",
          "2026-01-02T03:04:05.+07:00"})
        EXPECT_EQ(in(moment, bad), "refused") << bad;
    EXPECT_EQ(in(moment, "2026-01-02T03:04:05.1234567899+07:00"), "refused");
    EXPECT_EQ(in(moment, "2026-01-02T03:04:05.123456789+07:00"), "2026-01-01T20:04:05.123Z");
    EXPECT_EQ(in(moment, "2026-01-02T03:04:05,5-23:59"), "2026-01-03T03:03:05.500Z");
    EXPECT_EQ(in(moment, "2026-01-02T03:04:05.07Z"), "2026-01-02T03:04:05.070Z");
}

TEST(ValueTypes, anOffsetMayHaveNoColon) {
    const std::string moment = "moment yyyyMMddHHmmssXX";
    EXPECT_EQ(in(moment, "20260312093000+0700"), "2026-03-12T02:30:00.000Z");
    EXPECT_EQ(in(moment, "20260312093000Z"), "2026-03-12T09:30:00.000Z");
    for (const char* bad : {"20260312093000+07:00", "20260312093000+07", "20260312093000+2400"})
        EXPECT_EQ(in(moment, bad), "refused") << bad;
    EXPECT_EQ(out(moment, "2026-03-12T02:30:00.000Z"), "20260312093000+0700");
}

TEST(ValueTypes, textIsKeptAndTokenIsTidied) {
    EXPECT_EQ(in("text", " a \n b "), " a \n b ");
    EXPECT_EQ(in("token", " a \n\t b "), "a b");
}

TEST(ValueTypes, caseNumberKeepsTheDirt) {
    EXPECT_EQ(in("case-number", " 124/ 2018 HSPT – QĐ "), "124/ 2018 HSPT – QĐ");
    EXPECT_EQ(in("case-number", "không số"), "refused");
    EXPECT_EQ(in("case-number", "12/2018\n/QĐ"), "refused");
    EXPECT_EQ(in("case-number", std::string(201, '1')), "refused");
}

TEST(ValueTypes, integersAreDigitsAndASign) {
    EXPECT_EQ(in("integer", " 12 "), "12");
    EXPECT_EQ(in("integer", "-007"), "-7");
    EXPECT_EQ(in("integer", "000"), "0");
    for (const auto* bad : {"", "-", "+1", "1.0", "1e3", "0x1", "1 2", "١"})
        EXPECT_EQ(in("integer", bad), "refused") << bad;
    EXPECT_EQ(in("integer", std::string(41, '9')), "refused");
}

TEST(ValueTypes, numbersKeepEveryDigit) {
    EXPECT_EQ(in("number", "0.10"), "0.10");
    EXPECT_EQ(in("number", "12345678901234567890.123"), "12345678901234567890.123");
    for (const auto* bad : {".5", "5.", "1,5", "1.2.3", "NaN"})
        EXPECT_EQ(in("number", bad), "refused") << bad;
}

TEST(ValueTypes, amountsFollowTheExample) {
    EXPECT_EQ(in("amount 1.234,56", "1.250.000,50"), "1250000.5");
    EXPECT_EQ(in("amount 1.234,56", "1250000"), "1250000");
    EXPECT_EQ(in("amount 1.234", "1.250.000"), "1250000");
    EXPECT_EQ(in("amount 1,234.56", "-1,250.00"), "-1250");
    EXPECT_EQ(in("amount 1 234", "12 345"), "12345");
    for (const auto* bad : {"12.50", "1.25.000", ".123", "1.2345", "1.250.000,", "1,250"})
        EXPECT_EQ(in("amount 1.234", bad), "refused") << bad;
    EXPECT_EQ(out("amount 1.234,56", "1250000.5"), "1.250.000,50");
    EXPECT_EQ(out("amount 1.234", "-999"), "-999");
    EXPECT_EQ(out("amount 1.234", "1000"), "1.000");
    EXPECT_EQ(out("amount 1.234", "1000.5"), "refused");
    for (const auto* bad : {"amount abc", "amount 1;234", "amount .5"})
        EXPECT_THROW(static_cast<void>(type(bad)), base::Fault) << bad;
}

TEST(ValueTypes, booleansHaveTheirWords) {
    EXPECT_EQ(in("boolean", "1"), "true");
    EXPECT_EQ(in("boolean", "false"), "false");
    EXPECT_EQ(in("boolean", "yes"), "refused");
    const auto words = makeValueType({"boolean", "Có | C", "Không", {}}, {});
    EXPECT_EQ(words->toOurs("C"), "true");
    EXPECT_EQ(words->toOurs("true"), std::nullopt);
    EXPECT_EQ(words->toTheirs("true"), "Có");
    EXPECT_EQ(words->toTheirs("false"), "Không");
    EXPECT_THROW(static_cast<void>(makeValueType({"boolean", "Có", {}, {}}, {})), base::Fault);
    EXPECT_THROW(static_cast<void>(makeValueType({"boolean", "Có", "Có", {}}, {})), base::Fault);
    EXPECT_THROW(static_cast<void>(makeValueType({"text", "Có", "Không", {}}, {})), base::Fault);
}

TEST(ValueTypes, datesTakeAnyOfTheStatedForms) {
    const std::string as = "date dd/MM/yyyy or d/M/yyyy or 'ngày 'd/M/ yyyy";
    EXPECT_EQ(in(as, "05/06/2024"), "2024-06-05");
    EXPECT_EQ(in(as, "5/6/2024"), "2024-06-05");
    EXPECT_EQ(in(as, "ngày 13/9/ 2017"), "2017-09-13");
    EXPECT_EQ(out(as, "2024-06-05"), "05/06/2024");
    for (const auto* bad : {"2024-06-05", "30/02/2024", "29/02/2023", "5/6/24", "05/13/2024",
                            "05/06/2024x", "", "0/1/2024"})
        EXPECT_EQ(in(as, bad), "refused") << bad;
    EXPECT_EQ(in("date", "2024-02-29"), "2024-02-29");
    EXPECT_EQ(in("date yyyy/MM/dd", "2014/02/30"), "refused");
}

TEST(ValueTypes, aMomentMayStandForItsDayInVietNam) {
    const std::string form = "day yyyy-MM-dd'T'HH:mm:ssXXX or yyyy/MM/dd";
    EXPECT_EQ(in(form, "2026-11-20T01:00:00.000Z"), "2026-11-20");
    EXPECT_EQ(in(form, "2026-11-19T17:00:00Z"), "2026-11-20") << "midnight there";
    EXPECT_EQ(in(form, "2026-11-19T16:59:59Z"), "2026-11-19");
    EXPECT_EQ(in(form, "2026/11/20"), "2026-11-20");
    EXPECT_EQ(in("day", "2026-11-20T23:30:00-02:00"), "2026-11-21");
    EXPECT_EQ(out("day", "2026-11-20"), "2026-11-19T17:00:00.000Z");
    EXPECT_EQ(in("day", out("day", "2026-11-20")), "2026-11-20");
    for (const char* wrong : {"2026-02-30T01:00:00Z", "2026-11-20", "20/11/2026", ""})
        EXPECT_EQ(in("day yyyy-MM-dd'T'HH:mm:ssXXX", wrong), "refused") << wrong;
}

TEST(ValueTypes, momentsAreVietnamTimeUnlessTheyHaveAnOffset) {
    EXPECT_EQ(in("moment yyyy/MM/dd HH:mm:ss", "2018/09/28 00:30:00"), "2018-09-27T17:30:00.000Z");
    EXPECT_EQ(out("moment yyyy/MM/dd HH:mm:ss", "2018-09-27T17:30:00.000Z"), "2018/09/28 00:30:00");
    const std::string offset = "moment yyyy-MM-dd'T'HH:mm:ssXXX";
    EXPECT_EQ(in(offset, "2018-09-28T00:30:00-01:30"), "2018-09-28T02:00:00.000Z");
    EXPECT_EQ(in(offset, "2018-09-28T00:30:00Z"), "2018-09-28T00:30:00.000Z");
    EXPECT_EQ(out(offset, "2018-09-28T00:30:00.000Z"), "2018-09-28T07:30:00+07:00");
    EXPECT_EQ(in("moment", "2018-09-28T00:30:00.5+07:00"), "2018-09-27T17:30:00.500Z");
    for (const char* fraction : {".1", ",100", ".100000000"})
        EXPECT_EQ(in("moment dd/MM/yyyy HH:mm:ss", std::string("05/03/2025 08:30:00") + fraction),
                  "2025-03-05T01:30:00.100Z")
            << fraction;
    EXPECT_EQ(in(offset, "2025-03-05T08:30:00.123Z"), "2025-03-05T08:30:00.123Z");
    for (const char* wrong : {"05/03/2025 08:30:00.", "05/03/2025 08:30:00.x",
                              "05/03/2025 08:30:00.1234567890", "05/03/2025 08:30.5:00"})
        EXPECT_EQ(in("moment dd/MM/yyyy HH:mm:ss", wrong), "refused") << wrong;
    const auto utc = makeValueType({"moment yyyy-MM-dd HH:mm", {}, {}, "UTC"}, {});
    EXPECT_EQ(in("moment", "0001-01-01T00:00:00Z"), "refused");
    EXPECT_EQ(in("moment", "9999-12-31T23:00:00Z"), "refused");
    EXPECT_EQ(utc->toOurs("2018-09-28 00:30"), "2018-09-28T00:30:00.000Z");
    for (const auto* bad : {"2018-09-28T24:00:00Z", "2018-09-28T00:60:00Z", "2018-09-28T00:30:00",
                            "2018-09-28T00:30:00+25:00"})
        EXPECT_EQ(in(offset, bad), "refused") << bad;
}

// The words of a refusal, in one language; the place is another's matter.
std::string told(const ValueType& type, const char* text, bool english = false) {
    const auto said = base::render(type.refusalOf(text));
    const auto& sentence = english ? said.en : said.vi;
    const std::string before = english ? "not valid: " : "không hợp lệ: ";
    return sentence.substr(sentence.find(before) + before.size());
}

TEST(ValueTypes, aRefusalShowsTheFirstFormAsAClerkWritesIt) {
    const auto vi = [](const char* as) { return told(*type(as), "x"); };
    const auto en = [](const char* as) { return told(*type(as), "x", true); };
    EXPECT_EQ(vi("date dd/MM/yyyy or d/M/yyyy or d/M/ yyyy"),
              "phải có dạng ngày/tháng/năm, ví dụ 05/03/2025.");
    EXPECT_EQ(en("date dd/MM/yyyy or d/M/yyyy"), "the form is day/month/year, e.g. 05/03/2025.");
    EXPECT_EQ(vi("date d/M/ yyyy"), "phải có dạng ngày/tháng/ năm, ví dụ 5/3/ 2025.");
    EXPECT_EQ(vi("date"), "phải có dạng năm-tháng-ngày, ví dụ 2025-03-05.");
    EXPECT_EQ(vi("date 'ngày 'd/M/yyyy"), "phải viết như ví dụ ngày 5/3/2025.");
    EXPECT_EQ(en("moment dd/MM/yyyy HH:mm:ss"),
              "the form is day/month/year hour:minute:second, e.g. 05/03/2025 08:30:00.");
    EXPECT_EQ(en("moment yyyy-MM-dd'T'HH:mm:ssXXX or dd/MM/yyyy HH:mm:ss"),
              "write it like 2025-03-05T08:30:00+07:00; or the form is day/month/year "
              "hour:minute:second, e.g. 05/03/2025 08:30:00.")
        << "every form is named";
    EXPECT_EQ(en("moment yyyy-MM-dd'T'HH:mm:ssXXX"), "write it like 2025-03-05T08:30:00+07:00.");
    EXPECT_EQ(vi("moment"), "phải là thời điểm theo RFC 3339, ví dụ 2025-03-05T08:30:00+07:00.");
    EXPECT_EQ(vi("amount 1.234,56"), "phải là số tiền, ví dụ 1.234,56.");
}

TEST(ValueTypes, aDayThatDoesNotExistIsNotAWrongForm) {
    for (const auto* as : {"date dd/MM/yyyy", "date d/M/yyyy or dd.MM.yyyy"}) {
        EXPECT_EQ(told(*type(as), " 30/02/2026"), "ngày này không tồn tại.") << as;
        EXPECT_EQ(told(*type(as), "31/13/2026", true), "there is no such day.") << as;
        EXPECT_NE(told(*type(as), "2026-02-30"), "ngày này không tồn tại.") << as;
    }
    EXPECT_EQ(told(*type("moment"), "2026-02-30T08:00:00+07:00"),
              "ngày hoặc giờ này không tồn tại.");
    EXPECT_EQ(told(*type("moment dd/MM/yyyy HH:mm"), "01/02/2026 24:30", true),
              "there is no such day or time.");
}

TEST(ValueTypes, formsThatMeanNothingAreFaults) {
    for (const auto* bad : {"date dd/MM/yy", "date dd/MM", "date dd/MM/yyyy HH:mm",
                            "moment yyyy-MM-dd", "moment yyyy-MM-ddTHH:mm:ss", "date dd/dd/MM/yyyy",
                            "date 'dd/MM/yyyy", "code nowhere", "colour"})
        EXPECT_THROW(static_cast<void>(type(bad)), base::Fault) << bad;
}

TEST(ValueTypes, base64ComesOutInOneLine) {
    EXPECT_EQ(in("base64", "YW\n Jj"), "YWJj");
    EXPECT_EQ(in("base64", "YWJ"), "refused");
    EXPECT_EQ(in("base64", "${file}"), "refused");
}

TEST(ValueTypes, codesGoBackByTheOneThatIsWritten) {
    CodeTables tables;
    auto table = std::make_shared<CodeTable>();
    EXPECT_TRUE(table->add("2", "rejected", CodeTable::Use::Both));
    EXPECT_TRUE(table->add("9", "rejected", CodeTable::Use::In));
    EXPECT_FALSE(table->add("2", "other", CodeTable::Use::Both));
    EXPECT_FALSE(table->add("3", "rejected", CodeTable::Use::Both));
    tables.local.emplace("outcome", table);
    const auto codes = makeValueType({"code outcome", {}, {}, {}}, tables);
    EXPECT_EQ(codes->toOurs("9"), "rejected");
    EXPECT_EQ(codes->toTheirs("rejected"), "2");
    EXPECT_EQ(codes->toOurs("8"), std::nullopt);
    const auto refusal = codes->refusalOf("8");
    EXPECT_EQ(refusal.code, base::ErrorCode::MAPPING_CODE);
    EXPECT_NE(base::render(refusal).vi.find("danh mục outcome (các mã được dùng: 2, 3, 9)"),
              std::string::npos);
}

TEST(ValueTypes, aListTellsTenOfItsCodes) {
    auto table = std::make_shared<CodeTable>();
    for (const char c : std::string("abcdefghijkl"))
        EXPECT_TRUE(table->add({c}, {c, c}, CodeTable::Use::Both));
    CodeTables tables;
    tables.local.emplace("letters", table);
    const auto codes = makeValueType({"code letters", {}, {}, {}}, tables);
    EXPECT_NE(
        base::render(codes->refusalOf("z")).en.find("codes: a, b, c, d, e, f, g, h, i, j, …)"),
        std::string::npos);
}

}  // namespace
}  // namespace gateway::mapping
