// The columns as data: a slip is named with its place, a new one is a line, a broken identity is
// seen.

#include "gateway/law/figures/figure_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "gateway/base/fault.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/law/histories.h"

namespace gateway::law::figures {
namespace {

namespace fs = std::filesystem;

class FigureFiles : public ::testing::Test {
  protected:
    FigureFiles() {
        for (const char* part : {"acts", "legal-rules", "schemas"})
            fs::copy(fs::path(THAHC_SOURCE_DIR) / "mappings" / part, folder_.path() / part,
                     fs::copy_options::recursive);
    }
    FigureBook changed(const std::string& from, const std::string& to,
                       const std::string& from2 = {}, const std::string& to2 = {}) const {
        std::ifstream in(THAHC_SOURCE_DIR "/mappings/legal-rules/figures.xml");
        std::string text{std::istreambuf_iterator<char>(in), {}};
        for (const auto& [old, made] : {std::pair(from, to), std::pair(from2, to2)}) {
            const auto at = text.find(old);
            if (at == std::string::npos) throw std::logic_error("no " + old);
            text.replace(at, old.size(), made);
        }
        std::ofstream(folder_.path() / "legal-rules" / "figures.xml") << text;
        return FigureBook::load(folder_.path(), law());
    }
    // The book with a column in which nothing counts.
    FigureBook without(const std::string& id) const {
        const auto& columns = book().sheets()[0].columns;
        auto found = std::ranges::find(columns, id, &Column::id);
        if (found == columns.end())
            found = std::ranges::find(book().sheets()[1].columns, id, &Column::id);
        const auto old = " when=\"" + found->when.text + "\"";
        return changed(found->en + "\"" + old, found->en + "\" when=\"not always\"");
    }

    support::TemporaryFolder folder_;
};

TEST_F(FigureFiles, ABrokenIdentityIsNamedWithItsRulings) {
    const std::tuple<const char*, const char*, std::string> rows[] = {
        {"A1 - A3 = A2 - A4", "A4", kNewWith},
        {"B2 + B3 + B4 = A2", "B4", kNew},
        {"B6 = B1 + B2 + B5in - B5out", "B5in", kOld + "classified/with-content 2025-02-01"},
        {"B6 = B7 + B8 + B9", "B8", kNewWith + "outcome/annulled 2025-05-05"},
        {"B9 = B9a + B9b + B9c", "B9a", kNewWith},
        {"B9d <= B9", "B9", kNewWith + "stay/suspended 2025-02-01"},
        {"B3h <= B3", "B3", "property"},
        {"B19 = B9b + B9c", "B19", kNewWith + "order 2025-04-01"}};
    for (const auto& [identity, column, facts] : rows) {
        SCOPED_TRACE(identity);
        const auto history = facts == "property" ? told(kNew, "h", "v9") : told(facts, "b", "v9");
        EXPECT_TRUE(counted({history}).holds());
        const auto book = without(column);
        const auto table = Figures(book).count({history}, kYear, kEver);
        EXPECT_FALSE(table.holds());
        const auto found = std::ranges::find(table.findings, identity, &Finding::identity);
        ASSERT_NE(found, table.findings.end());
        EXPECT_EQ(found->rulings, std::vector<std::string>{"v9"});
        EXPECT_NE(found->left, found->right);
    }
}

TEST_F(FigureFiles, AnIdentityHoldsForEachKind) {
    const std::vector<RulingHistory> two{told(kNewWith, "b", "v1"),
                                         told(kNewWith + "listed 2025-01-09", "g", "v2")};
    EXPECT_TRUE(counted(two).holds());
    const auto book =
        changed("when=\"new and not listed in period\"", "when=\"new and listed in period\"");
    std::vector<std::string> parts;
    for (const auto& finding : Figures(book).count(two, kYear, kEver).findings)
        if (!finding.warning) parts.push_back(finding.identity + ": " + finding.part);
    EXPECT_EQ(parts, (std::vector<std::string>{"A1 - A3 = A2 - A4: kind/interim-measure",
                                               "A1 - A3 = A2 - A4: kind/judgment-first"}));
}

TEST_F(FigureFiles, AColumnIsALineOfData) {
    const auto book = changed("<column id=\"B2\"",
                              "<column id=\"X1\" level=\"derived\" from=\"2025-06-01\" "
                              "vi=\"Nhận qua bưu điện, đã xong\" en=\"By post, done\" "
                              "when=\"done-in-period and some by-post at end\"/><column id=\"B2\"");
    const auto done = told(
        "received/post 2025-01-10; classified/with-content 2025-01-10; "
        "completion/claimed 2025-03-01");
    EXPECT_EQ(valueOf(Figures(book).count({done}, kYear, kEver), "X1"), 1);
    EXPECT_EQ(valueOf(Figures(book).count({told(kNewWith)}, kYear, kEver), "X1"), 0);
    EXPECT_EQ(valueOf(Figures(book).count({done}, {Months::Six, 2025}, kEver), "X1"), -1)
        << "not yet valid";
}

TEST_F(FigureFiles, TheReadmesColumnIsOne) {
    std::ifstream in(THAHC_SOURCE_DIR "/mappings/legal-rules/README.md");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto element = [&](const std::string& start) {
        const auto at = text.find(start);
        return text.substr(at, text.find("/>", at) + 2 - at);
    };
    const auto book =
        changed("<define name=\"over\"", element("<define name") + "<define name=\"over\"",
                "<column id=\"B8\"", element("<column id") + "<column id=\"B8\"");
    const auto done = told(kNewWith + "order 2025-03-01; completion/claimed 2025-04-01");
    EXPECT_EQ(valueOf(Figures(book).count({done}, kYear, kEver), "B7e"), 1);
}

TEST_F(FigureFiles, ASlipIsNamedWithItsPlace) {
    const std::tuple<const char*, const char*, const char*> rows[] = {
        {"when=\"listed in period\"", "when=\"listed in time\"", "\"period\" expected"},
        {"when=\"new\" splits", "when=\"newer\" splits", "unknown word \"newer\""},
        {"when=\"older and with-then\"", "when=\"older and\"", "something is missing"},
        {"when=\"older and with-then\"", "when=\"(older\"", "something is missing"},
        {"when=\"older and with-then\"", "when=\"older older\"", "not understood"},
        {"every property-part at end", "every heaven at end", "unknown definition \"heaven\""},
        {"some judgment-missing at end", "some judgment-missing at dawn", "unknown day \"dawn\""},
        {"late court-voter-list", "late court-jester", "unknown term \"court-jester\""},
        {"kind in (BA)", "kind in (XX)", "unknown kind \"XX\""},
        {"acts=\"Minutes\"", "acts=\"Hours\"", "unknown act Hours"},
        {"day=\"madeOn\"", "day=\"dreamtOn\"", "no field dreamtOn"},
        {"fact=\"returned\"", "fact=\"gossip\"", "unknown fact \"gossip\""},
        {"splits=\"kind form\"", "splits=\"kind shape\"", "unknown split shape"},
        {"id=\"B2\"", "id=\"B1\"", "a second column B1"},
        {"of=\"B7\" over=\"B6\"", "of=\"B7\" over=\"B66\"", "unknown column B66"},
        {"of=\"B7\" over=\"B6\"", "of=\"D8\" over=\"B6\"", "D8 is not counted"},
        {"says=\"B6 = B7 + B8 + B9\"", "says=\"B6\"", "says nothing equal"},
        {"every=\"over\"", "every=\"term-passed\"", "speaks of terms"},
        {"outcomes=\"met\"", "outcomes=\"meet\"", "unknown outcomes \"meet\""},
        {"<value name=\"other-decision\" vi=\"quyết định khác\"/>", "",
         "its last value holds always"},
        {"level=\"published\"", "level=\"guessed\"", "guessed"}};
    for (const auto& [from, to, told] : rows) {
        std::string said = "loaded";
        try {
            static_cast<void>(changed(from, to));
        } catch (const base::Fault& fault) {
            said = fault.what();
        }
        EXPECT_NE(said.find(told), std::string::npos) << to << ": " << said;
        EXPECT_NE(said.find("figures.xml:"), std::string::npos) << said;
    }
}

}  // namespace
}  // namespace gateway::law::figures
