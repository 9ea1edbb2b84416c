// What each column counts, to the ruling; what was signed does not change; the identities.

#include "gateway/law/figures/figures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "gateway/law/figures/output.h"
#include "tests/unit/law/histories.h"

namespace gateway::law::figures {
namespace {

const std::string kRulingColumns =
    "A1 A2 A3 A4 A6 A7 B1 B2 B3 B3h B4 B5in B5out B6 B7 B8 B9 B9a B9b B9c B9d B19";

/// The columns of rulings in which something counts.
std::string nonZero(const Table& table) {
    std::istringstream words(kRulingColumns);
    std::string found;
    for (std::string id; words >> id;)
        if (valueOf(table, id) != 0) found += (found.empty() ? "" : " ") + id;
    return found;
}
std::vector<std::string> broken(const Table& table) {
    std::vector<std::string> found;
    for (const auto& finding : table.findings)
        if (!finding.warning) found.push_back(finding.identity);
    return found;
}

struct Life {
    const char* name;
    std::string facts;
    const char *columns, *categories = "b";
};

const Life kLives[] = {
    {"new", kNewWith, "A2 A4 B2 B6 B9 B9a"},
    {"new, done", kNewWith + "completion/claimed 2025-03-01", "A2 A4 B2 B6 B7"},
    {"new, without", kNew + "classified/without-content 2025-01-13", "A2 A4 B3"},
    {"property only", kNew, "A2 A4 B3 B3h", "h"},
    {"property and more", kNewWith, "A2 A4 B2 B6 B9 B9a", "b h"},
    {"unclassified", kNew, "A2 A4 B4"},
    {"an order classifies", kNew + "order 2025-04-01", "A2 A4 B2 B6 B9 B9c B19"},
    {"carried over", kOldWith, "B1 B6 B9 B9a"},
    {"carried over, done", kOldWith + "completion/claimed 2025-03-01", "B1 B6 B7"},
    {"done the year before", kOldWith + "completion/claimed 2024-09-30", ""},
    {"done on the first day", kOldWith + "completion/claimed 2024-10-01", "B1 B6 B7"},
    {"done on the last day", kOldWith + "completion/claimed 2025-09-30", "B1 B6 B7"},
    {"done after", kOldWith + "completion/claimed 2025-10-01", "B1 B6 B9 B9a"},
    {"received on the last day before",
     "received/post 2024-09-30; classified/with-content "
     "2024-09-30",
     "B1 B6 B9 B9a"},
    {"received on the first day", "received/post 2024-10-01; classified/with-content 2024-10-02",
     "A2 A4 B2 B6 B9 B9a"},
    {"reclassified in",
     kOld + "classified/without-content 2024-05-13; classified/with-content "
            "2025-02-01",
     "B5in B6 B9 B9a"},
    {"classified late", kOld + "classified/with-content 2025-02-01", "B5in B6 B9 B9a"},
    {"reclassified out", kOldWith + "classified/without-content 2025-02-01", "B1 B5out"},
    {"annulled", kNewWith + "outcome/annulled 2025-05-05", "A2 A4 B2 B6 B8"},
    {"misdirected", kNew + "returned/returned 2025-01-20", ""},
    {"misdirected, on the list", kNew + "listed 2025-01-09; returned/returned 2025-01-20", "A1 A3"},
    {"taken back by the court", kNewWith + "returned/withdrawn 2025-02-20", "A2 A4 B2 B6 B8"},
    {"returned the year before, sent again",
     kOld + "returned/returned 2024-06-01; known 2025-01-10; "
            "received/electronic 2025-01-10; classified/with-content 2025-01-13",
     "A2 A4 B2 B6 B9 B9a"},
    {"term over", kNewWith + "in-force 2025-01-05; delivered/court 2025-01-15",
     "A2 A4 B2 B6 B9 B9b B19"},
    {"term not over at the end", kNewWith + "in-force 2025-01-05; delivered/court 2025-09-15",
     "A2 A4 B2 B6 B9 B9a"},
    {"stayed", kNewWith + "stay/suspended 2025-02-01", "A2 A4 B2 B6 B9 B9a B9d"},
    {"sent late",
     "known 2025-03-10; received/electronic 2025-03-10; in-force 2025-01-01; "
     "classified/with-content 2025-03-11",
     "A2 A4 A6 B2 B6 B9 B9a"},
    {"on the list", kNewWith + "listed 2025-01-09", "A1 A2 B2 B6 B9 B9a"},
    {"on the list alone", "listed 2025-01-09", "A1 A3"},
    {"an order without the ruling", "known 2025-04-02; missing 2025-04-02; order 2025-04-01",
     "A2 A4 A7 B2 B6 B9 B9c B19"},
    {"missing, and set aside",
     "known 2025-04-02; missing 2025-04-02; classified/without-content 2025-04-03", "A2 A4 A7 B3"},
    {"done before it came", kNewWith + "completion/claimed 2024-08-01", "A2 A4 B2 B6 B7"},
    {"one of two done", kNewWith + "completion/claimed#1 2025-03-01", "A2 A4 B2 B6 B9 B9a", "b b"},
    {"both done", kNewWith + "completion/claimed#1 2025-03-01; completion/claimed#2 2025-04-01",
     "A2 A4 B2 B6 B7", "b b"},
    {"done, and refuted", kNewWith + "completion/claimed 2025-03-01; contested/not-done 2025-04-01",
     "A2 A4 B2 B6 B9 B9a"},
    {"done, annulled later",
     kNewWith + "completion/claimed 2025-03-01; outcome/annulled 2025-05-05", "A2 A4 B2 B6 B7"},
    {"one done, then annulled",
     kNewWith + "completion/claimed#1 2025-03-01; outcome/annulled "
                "2025-05-05",
     "A2 A4 B2 B6 B8", "b b"},
};

TEST(Figures, CountEachLifeWhereItBelongs) {
    std::vector<RulingHistory> all;
    for (const auto& life : kLives) {
        SCOPED_TRACE(life.name);
        all.push_back(told(life.facts, life.categories, life.name));
        const auto table = counted({all.back()});
        EXPECT_EQ(nonZero(table), life.columns);
        EXPECT_EQ(broken(table), std::vector<std::string>());
    }
    const auto table = counted(all);
    EXPECT_EQ(broken(table), std::vector<std::string>());
    EXPECT_EQ(partOf(table, "B8", "annulled"), 2);
    EXPECT_EQ(partOf(table, "B8", "returned"), 1);
    EXPECT_EQ(valueOf(table, "A5"), 3);
    for (const auto& column : table.columns) {
        std::map<std::string, std::int64_t> sums;
        for (const auto& part : column.parts) sums[part.split] += part.cell.value();
        for (const auto& [split, sum] : sums) EXPECT_EQ(sum, column.whole.value()) << split;
    }
}

/// Lives that no order of acts forbids, whatever they may mean.
class Chance {
  public:
    explicit Chance(unsigned seed) : random_(seed) {}

    RulingHistory life() {
        static const std::vector<std::string> kKinds{"classified/with-content",
                                                     "classified/without-content",
                                                     "order",
                                                     "order-ended",
                                                     "completion/claimed",
                                                     "contested/not-done",
                                                     "outcome/annulled",
                                                     "outcome/closed",
                                                     "returned/returned",
                                                     "returned/withdrawn",
                                                     "delivered/court",
                                                     "in-force",
                                                     "notice",
                                                     "officer",
                                                     "registered/post",
                                                     "stay/suspended",
                                                     "resumed",
                                                     "received/post",
                                                     "listed",
                                                     "succession",
                                                     "minutes/14.3"};
        const auto received = day();
        auto facts = "known " + received + "; received/electronic " + received + ";";
        for (auto n = below(8); n > 0; --n)
            facts += kKinds[below(kKinds.size())] + " " + day() + ";";
        auto made = told(facts, below(2) == 0 ? "b" : "b h d", facts);
        made.province = below(2) == 0 ? "AG" : "CM";
        return made;
    }

  private:
    std::size_t below(std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_);
    }
    std::string day() {
        const auto first = std::chrono::sys_days(dayFrom("2023-09-01"));
        return base::formatDate(base::Date(first + std::chrono::days(below(900))));
    }
    std::mt19937 random_;
};

TEST(Figures, BreakdownsAndDrillDownAreTheSameRulings) {
    for (unsigned seed = 20250930; seed < 20250930 + 80; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Chance chance(seed);
        std::vector<RulingHistory> all;
        std::map<std::string, std::vector<RulingHistory>> provinces;
        for (int i = 0; i < 6; ++i) {
            all.push_back(chance.life());
            provinces[all.back().province].push_back(all.back());
        }
        const auto table = counted(all);
        ASSERT_EQ(broken(table), std::vector<std::string>());
        std::map<std::string, std::int64_t> sums, alone;
        for (const auto& [name, some] : provinces)
            for (const auto& column : counted(some).columns)
                sums[column.column->id] += column.whole.value();
        for (const auto& one : all)
            for (const auto& column : counted({one}).columns) {
                alone[column.column->id] += column.whole.value();
                for (const auto& line : column.whole.lines) EXPECT_EQ(line.ruling, one.id);
            }
        for (const auto& column : table.columns) {
            const auto& id = column.column->id;
            ASSERT_EQ(sums[id], column.whole.value()) << id;
            ASSERT_EQ(alone[id], column.whole.value()) << id;
            if (column.column->unit != Unit::Ruling) continue;
            for (const auto& line : column.whole.lines) {
                EXPECT_FALSE(line.grounds.empty()) << id << ": " << line.ruling;
                for (const auto& ground : line.grounds)
                    EXPECT_TRUE(ground.day <= kYear.last() || id == "A6") << id;
            }
        }
    }
}

TEST(Figures, OfASignedSheetDoNotChange) {
    const auto signedAt = noonOf(dayFrom("2025-10-02"));
    const auto then = told(kNewWith + "delivered/court 2025-03-01", "b");
    const auto before = counted({then}, kYear, signedAt);
    // Heard of later: it was done in time, the receipt was earlier, the classification is
    // withdrawn.
    auto later = told(kNewWith +
                      "delivered/court 2025-03-01; completion/claimed "
                      "2025-03-20@2025-10-15; delivered/court 2025-02-01@2025-10-20");
    later.facts[2].known.until = noonOf(dayFrom("2025-11-01"));
    later.listed.push_back({dayFrom("2025-01-09"), noonOf(dayFrom("2025-10-03"))});
    const auto again = counted({later}, kYear, signedAt);
    EXPECT_EQ(document::writeJson(tableNode(again, {})),
              document::writeJson(tableNode(before, {})));
    EXPECT_EQ(nonZero(before), "A2 A4 B2 B6 B9 B9a");
    EXPECT_EQ(nonZero(counted({later}, kYear, noonOf(dayFrom("2025-10-16")))), "A1 A2 B2 B6 B7");
    EXPECT_EQ(nonZero(counted({later})), "A1 A2 B4");
}

TEST(Figures, OfACorrectedRulingAreThoseOfItsVersionAtTheCutOff) {
    auto corrected = told(kNewWith);
    auto version = corrected.versions.front();
    version.ruling.obligations.front().obligatedPartyKind = "ubnd_tinh";
    version.knownFrom = noonOf(dayFrom("2025-10-10"));
    corrected.versions.push_back(version);
    const auto before = counted({corrected}, kYear, noonOf(dayFrom("2025-10-09")));
    EXPECT_EQ(partOf(before, "B6", "commune-committee"), 1);
    EXPECT_EQ(partOf(before, "B6", "province-committee"), 0);
    const auto after = counted({corrected}, kYear, noonOf(dayFrom("2025-10-10")));
    EXPECT_EQ(partOf(after, "B6", "commune-committee"), 0);
    EXPECT_EQ(partOf(after, "B6", "province-committee"), 1);
}

TEST(Figures, AreOfEachPeriodFromTheFirstOfOctober) {
    const auto done = told(kNewWith + "completion/claimed 2025-05-01");
    const std::pair<Months, const char*> rows[] = {{Months::Three, ""},
                                                   {Months::Six, "A2 A4 B2 B6 B9 B9a"},
                                                   {Months::Ten, "A2 A4 B2 B6 B7"},
                                                   {Months::Twelve, "A2 A4 B2 B6 B7"}};
    for (const auto& [months, columns] : rows)
        EXPECT_EQ(nonZero(counted({done}, {months, 2025})), columns);
    EXPECT_EQ(titleOf({Months::Ten, 2025}), "Kỳ 10 tháng năm 2025 (01/10/2024 - 31/07/2025)");
    EXPECT_EQ(titleOf({Months::Three, 2026}), "Kỳ 3 tháng năm 2026 (01/10/2025 - 31/12/2025)");
}

TEST(Figures, OfDocumentsTermsAndFacts) {
    auto one = told(kNewWith +
                    "delivered/court 2025-01-20; in-force 2025-01-05; "
                    "notice 2025-02-10; order-receipt/thads 2025-04-02; "
                    "order-receipt/procuracy 2025-04-02; order 2025-04-01");
    addAct(one, "VoluntaryNotice", "tb1", "2025-02-10",
           R"({"number":"1","issuedOn":"2025-02-10"})");
    addAct(one, "VoluntaryNotice", "tb2", "2025-03-10",
           R"({"number":"2","issuedOn":"2025-03-10","replaces":"1"})");
    addAct(one, "VoluntaryNotice", "tb3", "2025-10-05",
           R"({"number":"3","issuedOn":"2025-10-05"})");
    addAct(one, "Minutes", "bb", "2025-04-05", R"({"kind":"14.3","madeOn":"2025-04-04"})");
    addAct(one, "SanctionResult", "kl", "2025-06-01", R"({"kind":"warning"})");
    addAct(one, "AdministrativeFine", "xp", "2025-06-01",
           R"({"number":"7","issuedOn":"2025-06-01","action":"proposed"})");
    addAct(one, "ProgressNote", "tt", "2025-07-01",
           R"({"progress":"partly","cause":{"text":"=chờ \"quy hoạch\", vốn"}})");
    addAct(one, "CorrectionRequest", "yc", "2025-03-01",
           R"({"number":"9/YC","issuedOn":"2025-03-01"})");
    addAct(one, "RequestReply", "tl", "2025-03-20",
           R"({"number":"8","issuedOn":"2025-03-20","requestOf":"9/YC"})");
    addAct(one, "ExplanationRequest", "gt", "2025-09-01",
           R"({"number":"10/YC","issuedOn":"2025-09-01"})");
    addAct(one, "CassationProposal", "kn", "2025-08-01",
           R"({"number":"11","issuedOn":"2025-08-01"})");
    addAct(one, "Protest", "qd", "2025-08-20",
           R"({"number":"12","issuedOn":"2025-08-20","action":"lodged"})");
    const auto table = counted({one});
    const std::pair<const char*, std::int64_t> rows[] = {
        {"B10", 1}, {"B10l", 1}, {"B11", 1}, {"B13t", 1}, {"B17", 1}, {"B17f", 0}, {"C3", 1},
        {"C4", 1},  {"C5", 1},   {"C6", 1},  {"C7", 0},   {"C8", 1},  {"C8k", 0},  {"D2", 1},
        {"I2d", 1}, {"I2n", 0},  {"I4d", 1}, {"I4n", 0},  {"I8d", 1}, {"I8n", 0},  {"I11n", 1}};
    for (const auto& [id, value] : rows) EXPECT_EQ(valueOf(table, id), value) << id;
    EXPECT_EQ(partOf(table, "B11", "14.3"), 1);
    EXPECT_EQ(partOf(table, "B17", "warning"), 1);
    EXPECT_EQ(partOf(table, "B19", "=chờ \"quy hoạch\", vốn"), 1);
    EXPECT_EQ(table.column("B10")->whole.lines.front().grounds.front().message, "tb1");
    EXPECT_FALSE(table.column("D8")->counted);

    const auto csv = tableCsv(table, {});
    EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
    EXPECT_NE(csv.find("\"'=chờ \"\"quy hoạch\"\", vốn\""), std::string::npos) << csv;
    EXPECT_NE(csv.find("B9c,… đã có quyết định buộc thi hành án hoặc xác định không chấp hành án,"),
              std::string::npos);
    const auto html = tableHtml(table, {"Tỉnh <An Giang>", "02/10/2025", "03"});
    EXPECT_NE(html.find("Tỉnh &lt;An Giang&gt;; theo hiểu biết đến 02/10/2025"), std::string::npos);
    EXPECT_NE(html.find("=chờ &quot;quy hoạch&quot;, vốn"), std::string::npos);
    EXPECT_EQ(html.find("Yêu cầu giải thích"), std::string::npos) << "that is form 02";
}

TEST(Figures, LeaveOutWhatIsNotOfThePeriodAndCountOnceWhatIsOne) {
    // Asked and due in the year before; two obligations of one party; one message for both.
    auto old = told(kOldWith +
                        "delivered/court 2024-05-15; in-force 2024-05-05; "
                        "order-receipt/thads#1 2025-04-02; order-receipt/thads#2 2025-04-02",
                    "b b");
    for (auto& one : old.facts)
        if (one.fact.kind == FactKind::OrderReceipt) one.fact.source = "qd";
    addAct(old, "ExplanationRequest", "gt", "2024-09-01",
           R"({"number":"10/YC","issuedOn":"2024-09-01"})");
    const std::tuple<std::string, const char*, const char*> causes[] = {
        {"n1", "2025-03-01", "land"}, {"n2", "2025-05-01", "money"}, {"n3", "2025-10-02", "later"}};
    for (const auto& [id, day, cause] : causes)
        addAct(old, "ProgressNote", id, day,
               R"({"progress":"partly","cause":")" + std::string(cause) + "\"}");
    auto table = counted({old});
    const std::pair<const char*, std::int64_t> rows[] = {
        {"C1", 0}, {"C8", 1}, {"I2d", 0}, {"I4d", 0}, {"I8d", 2}, {"B13t", 1}, {"B19", 1}};
    for (const auto& [id, value] : rows) EXPECT_EQ(valueOf(table, id), value) << id;
    EXPECT_EQ(partOf(table, "B19", "money"), 1);

    auto timely = told(kNewWith + "notice 2025-01-14", "b b");
    addAct(timely, "VoluntaryNotice", "tb", "2025-01-14",
           R"({"number":"1","issuedOn":"2025-01-14"})");
    table = counted({timely});
    EXPECT_EQ(valueOf(table, "B10"), 1);
    EXPECT_EQ(valueOf(table, "B10l"), 0);
    EXPECT_EQ(valueOf(table, "I2d"), 1) << "one party, one notice";
    EXPECT_EQ(valueOf(table, "I2n"), 1);
}

TEST(Figures, OfTheYearBeforeMustGoOn) {
    // Done in September, refuted in November: open again, but not carried over as the sheet said.
    const auto refuted = told(kOldWith +
                                  "completion/claimed 2024-09-01; contested/not-done "
                                  "2024-11-05",
                              "b", "v7");
    const Period yearBefore{Months::Twelve, 2024};
    const Figures figures(book());
    auto table = figures.count({refuted}, kYear, kEver);
    figures.compare(table, figures.count({refuted}, yearBefore, kEver));
    ASSERT_EQ(broken(table), std::vector<std::string>{"B1 = B9"});
    EXPECT_EQ(table.findings.back().rulings, std::vector<std::string>{"v7"});
    EXPECT_EQ(table.findings.back().left, 1);
    EXPECT_FALSE(table.holds());

    const auto steady = told(kOldWith + "completion/claimed 2025-02-01");
    auto whole = figures.count({steady}, kYear, kEver);
    figures.compare(whole, figures.count({steady}, yearBefore, kEver));
    figures.compare(whole, figures.count({steady}, {Months::Six, 2025}, kEver));
    EXPECT_TRUE(whole.holds());

    const auto undone = told(kNewWith +
                             "completion/claimed 2025-02-01; contested/not-done "
                             "2025-06-01");
    auto ten = figures.count({undone}, {Months::Ten, 2025}, kEver);
    figures.compare(ten, figures.count({undone}, {Months::Six, 2025}, kEver));
    EXPECT_EQ(broken(ten), std::vector<std::string>{"B7 <= B7"});
}

TEST(Figures, RatesAreRoundedHalfUp) {
    const std::tuple<std::int64_t, std::int64_t, const char*> rows[] = {{868, 2098, "41,37 %"},
                                                                        {0, 0, "–"},
                                                                        {5, 0, "–"},
                                                                        {0, 5, "0,00 %"},
                                                                        {1, 32, "3,13 %"},
                                                                        {1, 3, "33,33 %"},
                                                                        {2, 3, "66,67 %"},
                                                                        {7, 7, "100,00 %"},
                                                                        {1, 20000, "0,01 %"},
                                                                        {1, 20001, "0,00 %"},
                                                                        {2097, 2098, "99,95 %"}};
    for (const auto& [numerator, denominator, text] : rows)
        EXPECT_EQ(rateText(numerator, denominator), text) << numerator << "/" << denominator;
    for (const auto& rate : counted({}).rates) EXPECT_EQ(rate.text, "–") << rate.indicator->id;
    for (const auto& rate : counted({told(kNewWith + "completion/claimed 2025-03-01"),
                                     told(kNewWith, "b", "v2"), told(kOldWith, "b", "v3")})
                                .rates)
        if (rate.indicator->id == "I3") {
            EXPECT_EQ(rate.text, "33,33 %");
        }
}

}  // namespace
}  // namespace gateway::law::figures
