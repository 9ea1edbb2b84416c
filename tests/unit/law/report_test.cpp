// Reports of a period, sheets as they are sent, and where two sides differ.
#include "gateway/law/reports/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "gateway/law/reports/differences.h"
#include "gateway/law/reports/sheet_check.h"
#include "tests/unit/law/histories.h"

namespace gateway::law::figures {
namespace {

const ReportBook& reports() {
    static const auto loaded = ReportBook::load(THAHC_SOURCE_DIR "/mappings", book());
    return loaded;
}

// Two provinces; one of them was two a year before.
Places places() {
    Places made;
    made.province = [](const RulingHistory& history, base::Date day) {
        if (history.province == "north") return std::string("Bắc");
        return day < dayFrom("2025-07-01") ? "Nam cũ " + history.province : std::string("Nam");
    };
    made.courtLevel = [](const RulingHistory&) { return std::string("region"); };
    return made;
}

RulingHistory at(RulingHistory history, const std::string& province, const std::string& id) {
    history.province = province;
    history.id = id;
    return history;
}

std::vector<RulingHistory> country() {
    return {at(told(kNewWith), "north", "a"), at(told(kOldWith), "north", "b"),
            at(told(kOldWith + "completion/claimed 2025-03-01"), "south-1", "c"),
            at(told(kOldWith), "south-1", "d"), at(told(kNewWith, "c"), "south-2", "e")};
}

const Printed& section(const std::vector<Printed>& all, const std::string& id) {
    return *std::ranges::find(all, id, &Printed::id);
}

TEST(Reports, TheSumOfProvincesIsTheWholeCountry) {
    const auto histories = country();
    const auto all = reportOf(reports(), book(), histories, kYear, kEver, places());
    const auto table = counted(histories);
    const Figures figures(book());
    const auto before = figures.count(histories, {Months::Twelve, 2024}, kEver);
    for (const char* id : {"province", "party", "category", "court-level", "age"}) {
        const auto& one = section(all, id);
        for (std::size_t i = 1; i < one.heads.size(); ++i) {
            std::int64_t sum = 0;
            for (std::size_t row = 0; row + 1 < one.rows.size(); ++row)
                sum += std::stoll(one.rows[row][i]);
            EXPECT_EQ(std::to_string(sum), one.rows.back()[i]) << id << " " << one.heads[i];
            const auto column = one.heads[i].substr(0, one.heads[i].find(' '));
            const bool past = column != one.heads[i];
            EXPECT_EQ(sum, valueOf(past ? before : table, column)) << id << " " << one.heads[i];
        }
    }
}

// A ruling counts in one pair of offices, and in one only.
TEST(Reports, TheSumOfPairsIsTheWholeCountry) {
    auto histories = country();
    for (std::size_t i = 0; i < histories.size(); ++i) {
        histories[i].thads = i % 2 == 0 ? "T1" : "T2";
        histories[i].court = i % 3 == 0 ? "C1" : "C2";
    }
    std::map<std::pair<std::string, std::string>, std::vector<RulingHistory>> pairs;
    for (const auto& one : histories) pairs[{one.thads, one.court}].push_back(one);
    EXPECT_GT(pairs.size(), 2U);
    const auto whole = counted(histories);
    for (const char* id : {"A2", "A4", "B1", "B2", "B6", "B7", "B9"}) {
        std::int64_t sum = 0;
        for (const auto& [pair, own] : pairs) sum += valueOf(counted(own), id);
        EXPECT_EQ(sum, valueOf(whole, id)) << id;
    }
}

TEST(Reports, ComparesWithTheYearBeforeOnTheLandOfTodayAndOfThen) {
    const auto all = reportOf(reports(), book(), country(), kYear, kEver, places());
    const auto& today = section(all, "province");
    ASSERT_EQ(today.rows.size(), 3U) << "two provinces and their sum";
    EXPECT_EQ(today.rows[0][0], "Bắc");
    EXPECT_EQ(today.rows[1][0], "Nam");
    const auto& then = section(all, "province-then");
    std::vector<std::string> names;
    for (const auto& row : then.rows) names.push_back(row[0]);
    EXPECT_NE(std::ranges::find(names, "Nam cũ south-1"), names.end());
}

TEST(Reports, NamesTheOldestFirst) {
    auto histories = country();
    for (int i = 0; i < 12; ++i) {
        auto one = at(told(kOldWith), "north", "old" + std::to_string(i));
        one.versions.front().ruling.reference.issuedOn =
            dayFrom("2010-01-" + std::to_string(10 + i));
        histories.push_back(one);
    }
    const auto all = reportOf(reports(), book(), histories, kYear, kEver, places());
    const auto& oldest = section(all, "oldest");
    ASSERT_EQ(oldest.rows.size(), 10U);
    EXPECT_EQ(oldest.rows.front()[3], "10/01/2010");
    EXPECT_EQ(oldest.rows.back()[3], "19/01/2010");
}

TEST(Reports, AreWrittenInEveryForm) {
    const auto all = reportOf(reports(), book(), country(), kYear, kEver, places());
    const auto node = reportNode(reports(), kYear, all);
    EXPECT_EQ(node.child("sections")->children.size(), reports().sections.size());
    const auto csv = reportCsv(reports(), kYear, all);
    EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
    EXPECT_NE(csv.find("\r\nNhóm,B6,B7,B9\r\n"), std::string::npos) << "as many heads as fields";
    const auto page = reportHtml(reports(), kYear, all);
    EXPECT_NE(page.find("Theo tỉnh, thành phố"), std::string::npos);
    EXPECT_EQ(page.find("chưa có thông điệp về đơn</td><td>0"), std::string::npos);
}

TEST(SheetCheck, KnowsThePeriodsOfTheYear) {
    const auto period = [](const char* from, const char* until, const char* kind) {
        const auto text = std::string(R"({"from":")") + from + R"(","until":")" + until +
                          R"(","kind":")" + kind + R"("})";
        return periodIn(document::readJson(text).value().root).has_value();
    };
    EXPECT_TRUE(period("2024-10-01", "2024-12-31", "3"));
    EXPECT_TRUE(period("2024-10-01", "2025-03-31", "6"));
    EXPECT_TRUE(period("2024-10-01", "2025-07-31", "10"));
    EXPECT_TRUE(period("2024-10-01", "2025-09-30", "12"));
    EXPECT_TRUE(period("2024-10-01", "2025-09-30", "joint"));
    EXPECT_FALSE(period("2024-10-01", "2025-09-30", "6"));
    EXPECT_FALSE(period("2025-01-01", "2025-03-31", "3"));
    EXPECT_FALSE(period("2024-10-01", "2024-12-30", "3"));
    EXPECT_TRUE(mayCorrect({Months::Three, 2025}, {Months::Six, 2025}));
    EXPECT_FALSE(mayCorrect({Months::Three, 2025}, {Months::Three, 2025}));
    EXPECT_TRUE(mayCorrect({Months::Twelve, 2025}, {Months::Three, 2026}));
    EXPECT_FALSE(mayCorrect({Months::Twelve, 2025}, {Months::Six, 2026}));
}

TEST(SheetCheck, FindsWhatDoesNotAgree) {
    const auto found = [](const std::string& cells, const std::string& lines = {}) {
        const auto text = R"({"form":"03","cells":)" + cells +
                          (lines.empty() ? "" : R"(,"lines":)" + lines) + "}";
        std::string all;
        for (const auto& one : findingsOf(book(), document::readJson(text).value().root))
            all += (all.empty() ? "" : " ") + one;
        return all;
    };
    EXPECT_EQ(found(R"([{"column":"B6","value":2},{"column":"B7","value":1},
                        {"column":"B8","value":0},{"column":"B9","value":1}])"),
              "");
    EXPECT_EQ(found(R"([{"column":"B6","value":2},{"column":"B7","value":1},
                        {"column":"B8","value":0},{"column":"B9","value":2}])"),
              "broken-identity");
    EXPECT_EQ(found(R"([{"column":"C1","value":2}])"), "other-cells") << "of form 02";
    EXPECT_EQ(found(R"([{"column":"A2","value":1},{"column":"A2","value":1}])"), "other-cells");
    EXPECT_EQ(found(R"([{"column":"A2","value":1}])", R"([{"columns":["A2"]}])"), "");
    EXPECT_EQ(found(R"([{"column":"A2","value":2}])", R"([{"columns":["A2"]}])"), "other-cells");
    EXPECT_EQ(found(R"([{"column":"B11","value":3}])", R"([{"columns":["B11"]}])"), "")
        << "three working sessions about one ruling";
    EXPECT_EQ(found(R"([{"column":"A3","value":1}])", R"([{"columns":["A3"]}])"), "unexplained");
    EXPECT_EQ(found(R"([{"column":"A3","value":1}])", R"([{"columns":["A3"],"reason":"x"}])"), "");
}

TEST(Differences, SayRulingByRulingWhy) {
    auto sent = at(told("listed 2025-02-01"), "north", "sent");
    auto late = at(told("received/post 2025-10-02; listed 2025-09-20"), "north", "late");
    auto extra = at(told(kNewWith), "north", "extra");
    auto agreed = at(told(kNewWith + "listed 2025-01-09"), "north", "agreed");
    auto other = agreed;
    other.id = "other";
    other.listed.front().monitored = false;
    auto kind = agreed;
    kind.id = "kind";
    kind.listed.front().kind = "appellate";
    const auto all = differences(book(), {sent, late, extra, agreed, other, kind}, kYear, kEver);
    std::string found;
    for (const auto& one : all)
        found += one.ruling + "=" + std::string(model::nameOf(one.because)) + " ";
    EXPECT_EQ(found,
              "extra=not-listed kind=other-class late=received-in-another-period "
              "other=other-classification sent=missing-transfer ");
    EXPECT_NE(all.back().vi.find("01/02/2025"), std::string::npos) << all.back().vi;
}

}  // namespace
}  // namespace gateway::law::figures
