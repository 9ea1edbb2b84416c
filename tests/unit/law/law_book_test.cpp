// The shipped law loads; a slip in it is named with its place.

#include "gateway/law/book/law_book.h"

#include <gtest/gtest.h>

#include <fstream>

#include "gateway/base/fault.h"
#include "tests/support/temporary_folder.h"

namespace gateway::law {
namespace {

namespace fs = std::filesystem;

class Law : public ::testing::Test {
  protected:
    Law() {
        for (const char* part : {"acts", "legal-rules", "schemas"})
            fs::copy(fs::path(THAHC_SOURCE_DIR) / "mappings" / part, folder_.path() / part);
    }
    LawBook load() const { return LawBook::load(folder_.path()); }
    void change(const std::string& file, const std::string& from, const std::string& to) {
        const auto path = folder_.path() / file;
        std::ifstream in(path);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
        std::ofstream(path, std::ios::trunc) << text;
    }
    std::string slip(const std::string& file, const std::string& from, const std::string& to) {
        fs::copy_file(fs::path(THAHC_SOURCE_DIR) / "mappings" / file, folder_.path() / file,
                      fs::copy_options::overwrite_existing);
        change(file, from, to);
        std::string told = "loaded";
        try {
            static_cast<void>(load());
        } catch (const base::Fault& fault) {
            told = fault.what();
        }
        fs::copy_file(fs::path(THAHC_SOURCE_DIR) / "mappings" / file, folder_.path() / file,
                      fs::copy_options::overwrite_existing);
        return told;
    }

    support::TemporaryFolder folder_;
};

TEST_F(Law, IsWhole) {
    const auto book = load();
    EXPECT_GT(book.acts().size(), 60U);
    EXPECT_NE(book.act("VoluntaryNotice"), nullptr);
    EXPECT_EQ(book.act("Coronation"), nullptr);
    EXPECT_TRUE(book.groupsOf("province-committee").contains("top-level"));
    EXPECT_TRUE(book.groupsOf("person").empty());
    for (const auto* act : book.everyAct()) {
        EXPECT_EQ(book.act(act->type), act);
        EXPECT_FALSE(act->rules.empty()) << act->type;
        for (const auto& rule : act->rules) EXPECT_FALSE(rule.senders.empty()) << act->type;
        EXPECT_EQ(book.acts().contains(act->type), act->subject == Subject::Case);
    }
    EXPECT_EQ(book.act("ReconciliationSheet")->subject, Subject::Period);
    EXPECT_EQ(book.stages().back().name, "RECEIVED");
}

TEST_F(Law, ASlipIsNamedWithItsPlace) {
    const std::string notice = "acts/VoluntaryNotice.xml", terms = "legal-rules/terms.xml",
                      process = "legal-rules/process.xml", calendar = "legal-rules/calendar.xml";
    struct Row {
        std::string file, from, to, told;
    };
    const Row rows[] = {
        {notice, "role=\"thads\"", "role=\"king\"", "unknown role \"king\""},
        {notice, "kind=\"notice\"", "kind=\"gossip\"", "unknown kind \"gossip\""},
        {notice, "field:number", "field:nummer", "no field nummer"},
        {notice, "of=\"obligations\"", "of=\"items/obligation\"", "no field items"},
        {notice, "when=\"ended\"", "when=\"endet\"", "when: unknown word endet"},
        {notice, "type=\"VoluntaryNotice\"", "type=\"Notice\"", "to be called Notice.xml"},
        {notice, "codes=\"d30 at-once\"", "", "codes belong"},
        {notice, "</act>",
         "<rule from=\"2020-01-01\"><sender role=\"thads\" basis=\"x\"/></rule></act>",
         "two rules on one day"},
        {notice, "type=\"any\"", "type=\"riddle\"", "unknown type \"riddle\""},
        {notice, "rank=\"1\"", "rank=\"1\" subject=\"weather\"", "unknown subject \"weather\""},
        {notice, "rank=\"1\"", "rank=\"1\" subject=\"office\"", "facts need a file"},
        {terms, "length=\"30 day\"", "length=\"30 moons\"", "is no length"},
        {terms, "owes=\"obligated\"", "owes=\"king\"", "unknown owes \"king\""},
        {terms, "answered=\"done\"", "", "nothing answers it"},
        {terms, "answered-on=\"completion.on\"", "", "on which day"},
        {terms, "applies=\"category in (d)\"", "applies=\"passed entitled-request-order\"",
         "unknown term entitled-request-order"},
        {process, "<stage name=\"RECEIVED\" vi=\"Đã nhận bản án, quyết định\"/>",
         "<stage name=\"RECEIVED\" vi=\"Đã nhận\" when=\"known\"/>", "the last stage holds always"},
        {process, "name=\"done\" when", "name=\"order\" when", "order is a fact"},
        {calendar, "date=\"2024-02-08\"", "date=\"2024-02-09\"", "a second entry"},
        {calendar, "date=\"2024-05-04\"", "date=\"2024-05-05\"", "a working Saturday is"}};
    for (const auto& row : rows) {
        const auto told = slip(row.file, row.from, row.to);
        EXPECT_NE(told.find(row.told), std::string::npos) << row.from << ": " << told;
        EXPECT_NE(told.find(".xml:"), std::string::npos) << told;
    }
}

TEST_F(Law, AFactThatNoActAddsIsFound) {
    fs::remove(folder_.path() / "acts" / "ObligorSuccession.xml");
    for (const char* file : {"acts/InterimMeasure.xml", "acts/InterimMeasureComplaintDecision.xml"})
        change(file, "kind=\"succession\"", "kind=\"officer\"");
    try {
        static_cast<void>(load());
        FAIL();
    } catch (const base::Fault& fault) {
        EXPECT_NE(std::string(fault.what()).find("no act adds the fact succession"),
                  std::string::npos)
            << fault.what();
    }
}

}  // namespace
}  // namespace gateway::law
