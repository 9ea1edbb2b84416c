// Lives read as the rulings of one office, and the sheet in every format.

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "gateway/app/printing/life_files.h"
#include "gateway/base/time_format.h"
#include "gateway/law/figures/standing.h"
#include "tests/scenario/support/child.h"
#include "tests/scenario/support/reply.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/app/lives.h"
#include "tests/unit/app/printed_by.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
namespace figures = law::figures;
using document::Node;
using namespace lives;

const std::string kMappings = THAHC_SOURCE_DIR "/mappings";
const fs::path kLives = THAHC_SOURCE_DIR "/tests/unit/app/lives";

class Figures : public ::testing::Test {
  protected:
    // The command's output, or what it complained of.
    std::string run(const std::vector<std::string>& more, int expected) {
        Words words{"--mappings", kMappings, "--lives", folder_.path().string(), "--year", "2025"};
        words.insert(words.end(), more.begin(), more.end());
        return printedBy(figuresCommand, words, expected);
    }
    std::string valueIn(const std::vector<std::string>& more, const std::string& column) {
        const auto read = document::readJson(run(more, kExitOk), {}).value().root;
        for (const auto& one : read.child("columns")->children)
            if (text(one, "id") == column) return text(one, "value");
        return "none";
    }
    // A shipped life with more members beside its own.
    void put(const std::string& life, const std::string& name, const std::string& more) {
        auto read = scenario::readFile(kLives / (life + ".json"));
        read.insert(read.find('{') + 1, more);
        scenario::writeFile(folder_.path() / (name + ".json"), read);
    }
    [[nodiscard]] std::string out(const std::string& name) const {
        return (out_.path() / name).string();
    }

    support::TemporaryFolder folder_, out_;
};

TEST_F(Figures, OfLivesCountAsTheirOfficesDo) {
    put("buoc-thi-hanh", "a",
        R"("office":{"province":"AG","court":"TA.AG"},)"
        R"("listed":[{"sentOn":"2025-02-20","on":"2025-03-01"}],)");
    put("giam-doc-tham-272-3", "b", R"("office":{"province":"CM","court":"TA.CM"},)");
    put("tre-han-roi-bao-cao", "c", R"("office":{"province":"CM","court":"TA.CM"},)");
    EXPECT_EQ(valueIn({}, "A2"), "3");
    EXPECT_EQ(valueIn({"--province", "AG"}, "A2"), "1");
    EXPECT_EQ(valueIn({"--province", "CM"}, "A2"), "2");
    EXPECT_EQ(valueIn({"--court", "TA.CM"}, "B8"), valueIn({}, "B8"));
    EXPECT_EQ(valueIn({"--province", "AG"}, "A1"), "1");
    EXPECT_EQ(valueIn({"--as-known-at", "2025-02-28"}, "A1"), "0") << "the list came in March";
    EXPECT_EQ(valueIn({"--as-known-at", "2025-02-28T17:00:00Z"}, "B13"), "0");
    EXPECT_EQ(valueIn({"--province", "AG"}, "B13"), "1");
    EXPECT_EQ(valueIn({"--province", "AG", "--period", "3"}, "A2"), "0");
    EXPECT_EQ(valueIn({"--province", "HN"}, "A2"), "0");
}

TEST_F(Figures, ThatDoNotFitTheYearBeforeArePrintedButNotGood) {
    auto input = readJsonFile(kLives / "tu-nguyen-trong-tet.json");
    auto& acts = input.child("acts")->children;
    const auto add = [&](std::size_t at, const char* act) {
        acts.insert(acts.begin() + static_cast<std::ptrdiff_t>(at),
                    document::readJson(act).value().root);
    };
    add(2, R"({"on":"2024-01-10","sender":"thads","type":"Classification","content":
           {"class":"with-content","reason":"x","decidedOn":"2024-01-10"}})");
    scenario::writeFile(folder_.path() / "v1.json", document::writeJson(input));
    run({}, kExitOk);
    // Done in the year before; found out in this one that it was not.
    for (const auto* act :
         {R"({"on":"2024-11-04","sender":"thads","type":"Contest","content":
             {"by":"A","on":"2024-11-04","reason":"x"}})",
          R"({"on":"2024-11-05","sender":"thads","type":"ContestDecision","content":
             {"on":"2024-11-05","result":"not-done","officer":"A","reason":"x"}})"})
        add(acts.size(), act);
    scenario::writeFile(folder_.path() / "v1.json", document::writeJson(input));
    const auto printed = document::readJson(run({}, kExitRefused)).value().root;
    EXPECT_EQ(text(printed, "holds"), "false");
    bool found = false;
    for (const auto& finding : printed.child("findings")->children)
        if (text(finding, "identity") == "B1 = B9") {
            found = true;
            EXPECT_EQ(texts(finding, "cases"), std::vector<std::string>{"v1"});
        }
    EXPECT_TRUE(found) << document::writeJson(*printed.child("findings"));
    EXPECT_NE(run({"--format", "html"}, kExitRefused).find("Chưa chốt được số liệu"),
              std::string::npos);
}

TEST(LifeFiles, SayWhichActsCountForNothing) {
    auto input = readJsonFile(kLives / "tu-nguyen-trong-tet.json");
    auto& acts = input.child("acts")->children;
    acts.resize(2);
    acts.push_back(document::readJson(R"({"on":"2024-01-12","sender":"obligated","id":"tb",
        "type":"VoluntaryNotice","content":{"number":"1","issuedOn":"2024-01-12",
        "voluntaryTerm":"d30","duties":"x","consequences":"x"}})")
                       .value()
                       .root);
    std::vector<std::string> left;
    auto history = readLife(book(), input, "v1", *base::parseDate("2024-02-01"), left);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().find("v1: VoluntaryNotice tb, 2024-01-12: refused FORBIDDEN"), 0U)
        << left.front();
    acts.erase(acts.begin());
    left.clear();
    history = readLife(book(), input, "v1", *base::parseDate("2024-02-01"), left);
    EXPECT_EQ(left.size(), 2U) << "nothing is known of the ruling";
    EXPECT_TRUE(history.facts.empty());
}

TEST_F(Figures, SayWhatIsWrong) {
    EXPECT_NE(run({"--period", "9"}, kExitUsage).find("3, 6, 10 or 12"), std::string::npos);
    EXPECT_NE(run({"--format", "doc"}, kExitUsage).find("--format is"), std::string::npos);
    EXPECT_NE(run({"--format", "csv"}, kExitUsage).find("--out"), std::string::npos);
    EXPECT_NE(run({"--form", "05"}, kExitUsage).find("no form 05"), std::string::npos);
    EXPECT_NE(run({"--as-known-at", "soon"}, kExitUsage).find("RFC 3339"), std::string::npos);
    EXPECT_NE(run({"--format", "xlsx", "--out", "/nowhere/x.xlsx"}, kExitBadData).find("/nowhere"),
              std::string::npos);
    scenario::writeFile(folder_.path() / "x.json", R"({"acts":[]})");
    EXPECT_NE(run({}, kExitBadData).find("x.json: / (line 1, column 1): \"ruling\" is missing"),
              std::string::npos);
    scenario::writeFile(folder_.path() / "x.json", "{");
    EXPECT_NE(run({}, kExitBadData).find("x.json"), std::string::npos);
}

TEST_F(Figures, AsCsvAndAsAWorkbookAreTheSameNumbers) {
    put("buoc-thi-hanh", "vụ án 1", "");
    put("giam-doc-tham-272-3", "vụ án 2", "");
    run({"--format", "csv", "--out", out("a.csv")}, kExitOk);
    const auto csv = scenario::readFile(out("a.csv"));
    EXPECT_TRUE(
        csv.starts_with("\xEF\xBB\xBF"
                        "Kỳ 12 tháng năm 2025"));
    run({"--format", "xlsx", "--out", out("a.xlsx")}, kExitOk);
    std::string said;
    const std::string script =
        "import csv, sys\n"
        "try: import openpyxl\n"
        "except ImportError: print('no openpyxl'); sys.exit()\n"
        "book = openpyxl.load_workbook(sys.argv[1])\n"
        "sheet, lines = book['Biểu'], book['Chi tiết']\n"
        "mine = {r[0].value: r[3].value for r in sheet.iter_rows()}\n"
        "mine = {id: number for id, number in mine.items() if type(number) is int}\n"
        "rows = list(csv.reader(open(sys.argv[2], encoding='utf-8-sig', newline='')))\n"
        "theirs = {r[0]: int(r[3]) for r in rows if len(r) > 3 and r[3].isdigit()}\n"
        "assert mine == theirs and len(mine) > 100, (mine, theirs)\n"
        "assert sum(1 for r in lines.iter_rows() if r[0].value == 'B6') == mine['B6']\n"
        "assert lines['B2'].value.startswith('vụ án'), lines['B2'].value\n"
        "print('the same', mine['A2'])\n";
    EXPECT_EQ(scenario::run({"/usr/bin/python3", "-c", script, out("a.xlsx"), out("a.csv")}, &said),
              0)
        << said;
    if (said == "no openpyxl\n") GTEST_SKIP() << said;
    EXPECT_EQ(said, "the same 2\n");
}

TEST_F(Figures, AsAPageInVietnamese) {
    put("buoc-thi-hanh", "a", "");
    const auto page = run({"--format", "html", "--form", "03"}, kExitOk);
    EXPECT_NE(page.find("Chuyển giao bản án, quyết định của Tòa án về vụ án hành chính"),
              std::string::npos);
    EXPECT_NE(page.find("<td class=\"n\">1</td>"), std::string::npos);
    if (std::string said; scenario::run({"sh", "-c", "command -v weasyprint"}, &said) != 0)
        GTEST_SKIP() << "no weasyprint";
    run({"--format", "pdf", "--out", out("a.pdf")}, kExitOk);
    EXPECT_TRUE(scenario::readFile(out("a.pdf")).starts_with("%PDF-"));
}

// What a history leads to is what the law made of the life, on every day of it.
std::size_t standsAsItWasPlayed(const Node& input) {
    std::size_t looked = 0;
    std::vector<std::string> left;
    const auto until = *base::parseDate("2027-12-31");
    const auto history = readLife(book(), input, "x", until, left);
    const auto played = playLife(book(), input, until);
    const auto& steps = played.child("steps")->children;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto day = text(steps[i], "on");
        if (i + 1 < steps.size() && text(steps[i + 1], "on") == day) continue;
        const auto on = *base::parseDate(day);
        const auto evening = std::chrono::sys_days(on) + std::chrono::hours(16);
        const auto known = figures::asKnownAt(history, evening, on);
        const figures::Standing standing(book(), known, on, figures::Standing::Depth::Whole);
        std::vector<std::string> stages;
        for (const auto& place : standing.places()) stages.emplace_back(place.stage);
        EXPECT_EQ(stages, texts(steps[i], "obligations", "stage"))
            << day << " " << document::writeJson(*input.child("acts"));
        ++looked;
    }
    return looked;
}

TEST(LifeFiles, StandAsTheyWerePlayed) {
    std::size_t looked = 0;
    for (const auto& file : fs::directory_iterator(kLives)) {
        SCOPED_TRACE(file.path().filename().string());
        looked += standsAsItWasPlayed(readJsonFile(file.path()));
    }
    EXPECT_GT(looked, 150U);
}

// Acts of which some are refused, told up to a month late, about one obligation or both.
TEST(LifeFiles, StandAsTheyWerePlayedWhateverHappens) {
    struct Kind {
        const char *sender, *type, *content;
    };
    const Kind kinds[] = {
        {"thads", "OfficerAssigned", R"("officer":"A","from":"DAY"OF)"},
        {"thads", "Classification", R"("class":"with-content","reason":"x","decidedOn":"DAY"OF)"},
        {"thads", "Classification",
         R"("class":"without-content","reason":"x","decidedOn":"DAY"OF)"},
        {"court-first", "JudgmentDelivered",
         R"("deliveries":[{"obligation":1,"receivedOn":"DAY","form":"post"}])"},
        {"obligated", "JudgmentDelivered",
         R"("deliveries":[{"obligation":2,"receivedOn":"DAY","form":"post"}])"},
        {"obligated", "StatusReport",
         R"("number":"1","reportedOn":"DAY","items":[{"obligation":1,"progress":"partly"}])"},
        {"court-first", "CompelOrder", R"("number":"1","issuedOn":"DAY"OF)"},
        {"court-first", "CompelOrderWithdrawn",
         R"("number":"2","issuedOn":"DAY","order":"1","reason":"x"OF)"},
        {"obligated", "CompletionReport",
         R"("number":"3","reportedOn":"DAY","items":[{"obligation":2,"completedOn":"DAY"}])"},
        {"thads", "Contest", R"("by":"A","on":"DAY","reason":"x"OF)"},
        {"thads", "ContestDecision",
         R"("result":"not-done","on":"DAY","officer":"A","reason":"x"OF)"},
        {"protest-authority", "Postponement",
         R"("number":"4","issuedOn":"DAY","from":"DAY","until":"2025-06-10"OF)"},
        {"protest-authority", "Suspension", R"("number":"5","issuedOn":"DAY","from":"DAY"OF)"},
    };
    std::size_t looked = 0;
    for (unsigned seed = 20250601; seed < 20250601 + 150; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        const auto below = [&](int most) {
            return std::uniform_int_distribution<int>(0, most - 1)(random);
        };
        auto input = readJsonFile(kLives / "buoc-thi-hanh.json");
        auto& obligations = input.child("ruling")->child("obligations")->children;
        obligations.push_back(obligations.front());
        obligations.back().child("no")->value = "2";
        auto& acts = input.child("acts")->children;
        acts.resize(2);
        auto day = std::chrono::sys_days(*base::parseDate("2025-03-01"));
        for (int n = 2 + below(8); n > 0; --n) {
            day += std::chrono::days(below(30));
            const auto& kind = kinds[below(static_cast<int>(std::size(kinds)))];
            std::string act = kind.content;
            const auto happened = base::formatDate(base::Date(day - std::chrono::days(below(30))));
            for (std::size_t at = 0; (at = act.find("DAY")) != std::string::npos;)
                act.replace(at, 3, happened);
            if (const auto at = act.find("OF"); at != std::string::npos)
                act.replace(at, 2, below(2) == 0 ? "" : ",\"obligations\":[1]");
            acts.push_back(document::objectNode());
            document::addText(acts.back(), "on", base::formatDate(base::Date(day)));
            document::addText(acts.back(), "sender", kind.sender);
            document::addText(acts.back(), "type", kind.type);
            acts.back().children.push_back(document::readJson("{" + act + "}").value().root);
            acts.back().children.back().name = "content";
        }
        looked += standsAsItWasPlayed(input);
    }
    EXPECT_GT(looked, 1000U);
}

TEST(LifeFiles, AnActSpeaksOfTheObligationsForWhichItIsLegal) {
    auto input = readJsonFile(kLives / "buoc-thi-hanh.json");
    auto& obligations = input.child("ruling")->child("obligations")->children;
    obligations.push_back(obligations.front());
    obligations.back().child("no")->value = "2";
    obligations.back().child("category")->value = "h";
    std::vector<std::string> left;
    const auto history = readLife(book(), input, "x", *base::parseDate("2025-12-31"), left);
    std::set<std::pair<law::FactKind, std::int64_t>> found;
    for (const auto& one : history.facts) found.emplace(one.fact.kind, one.fact.obligation);
    EXPECT_TRUE(found.contains({law::FactKind::Order, 1}));
    EXPECT_FALSE(found.contains({law::FactKind::Order, 2})) << "no order for property";
    EXPECT_TRUE(found.contains({law::FactKind::Registered, 2}));
}

TEST(LifeFiles, KnowWhatWasCorrectedAndWithdrawnFromItsDayOn) {
    auto input = readJsonFile(kLives / "buoc-thi-hanh.json");
    auto& acts = *input.child("acts");
    acts.children.resize(3);  // transfer, register, notice 05/TB-THADS of 25/02
    acts.children[2].children.push_back(document::stringNode("id", "tb"));
    for (const auto* more :
         {R"({"on":"2025-03-03","sender":"thads","type":"ActCorrection","content":
              {"act":"tb","reason":"x","changes":[
              {"field":"issuedOn","was":"2025-02-25","is":"2025-02-24"}]}})",
          R"({"on":"2025-03-10","sender":"thads","type":"ActWithdrawal",
              "content":{"act":"tb","reason":"x"}})"})
        acts.children.push_back(document::readJson(more).value().root);
    std::vector<std::string> left;
    const auto history = readLife(book(), input, "x", *base::parseDate("2025-04-01"), left);
    EXPECT_EQ(left, std::vector<std::string>());
    const auto noticeOn = [&](const char* day) {
        const auto on = *base::parseDate(day);
        const auto known =
            figures::asKnownAt(history, std::chrono::sys_days(on) + std::chrono::hours(16), on);
        for (const auto& fact : known.facts)
            if (fact.kind == law::FactKind::Notice) return base::formatDate(fact.on);
        return std::string("none");
    };
    EXPECT_EQ(noticeOn("2025-02-20"), "none");
    EXPECT_EQ(noticeOn("2025-03-02"), "2025-02-25");
    EXPECT_EQ(noticeOn("2025-03-03"), "2025-02-24");
    EXPECT_EQ(noticeOn("2025-03-10"), "none");
}

}  // namespace
}  // namespace gateway::app
