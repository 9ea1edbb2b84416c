// The shipped law loads; a slip in it is named with its place.

#include "gateway/law/book/law_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/law/life/matter_life.h"
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
    void write(const std::string& file, const std::string& text) {
        std::ofstream(folder_.path() / file) << text;
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

    using Slip = std::array<std::string, 3>;  ///< from, to, what is told
    void expectSlips(const std::string& file, const std::vector<Slip>& slips) {
        const auto name = fs::path(file).filename().string() + ":";
        for (const auto& [from, to, told] : slips) {
            const auto said = slip(file, from, to);
            EXPECT_NE(said.find(told), std::string::npos) << to << ": " << said;
            EXPECT_NE(said.find(name), std::string::npos) << said;
        }
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
        EXPECT_EQ(book.acts().contains(act->type), act->subject == kCase);
    }
    EXPECT_EQ(book.act("ReconciliationSheet")->subject, kPeriod);
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
        {"acts/StatusReport.xml", "codes=\"10.2 6.2c 14.4\"", "", "codes belong"},
        {notice, "</act>",
         "<rule from=\"2020-01-01\"><sender role=\"thads\" basis=\"x\"/></rule></act>",
         "two rules on one day"},
        {notice, "type=\"any\"", "type=\"riddle\"", "unknown type \"riddle\""},
        {notice, "rank=\"1\"", "rank=\"1\" subject=\"weather\"",
         "its subject weather has no process"},
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
        {process, "<stage name=\"RECEIVED\"",
         "<stage name=\"VISITED\" vi=\"x\" when=\"notice\"/><stage name=\"RECEIVED\"",
         "a case has no stage VISITED"},
        {calendar, "date=\"2024-02-08\"", "date=\"2024-02-09\"", "a second entry"},
        {calendar, "date=\"2024-05-04\"", "date=\"2024-05-05\"", "a working Saturday is"}};
    for (const auto& row : rows) {
        const auto told = slip(row.file, row.from, row.to);
        EXPECT_NE(told.find(row.told), std::string::npos) << row.from << ": " << told;
        EXPECT_NE(told.find(".xml:"), std::string::npos) << told;
    }
}

// A decree of tomorrow, written in haste.
TEST_F(Law, ASlipOfAnActIsNamedWithItsPlace) {
    const std::vector<Slip> slips = {
        {"role=\"obligated\"", "role=\"lead\"", "a case has no lead"},
        {"sender role=\"thads\"", "sender role=\"counterpart\"", "a case has no counterpart"},
        {"sender role=\"thads\"", "sender role=\"public\"", "the public sends nothing"},
        {"when=\"ended\"", "when=\"always\"", "nothing can make it legal"},
        {"when=\"ended\"", "when=\"answered in (explanashion)\"", "when: no act leaves the fact"},
        {"when=\"ended\"", "when=\"today &lt; after(minutes(14.33) ruling.issued)\"",
         "no act leaves the fact minutes(14.33)"},
        {"name=\"number\" type=\"text\"", "name=\"number\" type=\"text\" future=\"yes\"",
         "only a day may be to come"},
        {"name=\"replaces\"", "name=\"number\"", "a second field number"},
        {"name=\"replaces\"", "name=\"Replaces\"", "does not follow the pattern"},
        {"name=\"replaces\"", "name=\"thay thế\"", "does not follow the pattern"},
        {"code=\"WRONG_TERM\"", "code=\"wrong term\"", "does not follow the pattern"},
        {"when=\"ended\"",
         "when=\"" + std::string(100, '(') + "ended" + std::string(100, ')') + "\"",
         "nested too deeply"},
        {"when=\"ended\"", "when=\"today + 2000000000 day &lt; today\"", "is no length"}};
    expectSlips("acts/VoluntaryNotice.xml", slips);
    expectSlips("acts/CaseClosed.xml",
                {{"field action in (closed)", "field action in (shut)", "action has no code shut"},
                 {"codes=\"closed", "codes=\"closed closed", "a code stands twice"}});
    expectSlips("acts/JudgmentTransfer.xml",
                {{"elsewhere=\"LaterRuling\"", "elsewhere=\"CompelOrder\"",
                  "CompelOrder is no act of a case that the gateway alone says"},
                 {"elsewhere=\"LaterRuling\"", "elsewhere=\"Coronation\"", "Coronation is no act"},
                 {"name=\"court\"", "name=\"place\"", "a list whose items name rulings"}});
    EXPECT_NE(slip("acts/NoticeAcknowledgement.xml", "told role=\"thads", "told role=\"addressee")
                  .find("no field of type agency or party that names the addressee"),
              std::string::npos);
    EXPECT_NE(slip("acts/GuidanceAnswer.xml", "type=\"GuidanceAnswer\"", "type=\"Ping\"")
                  .find("Ping is a message of the gateway's own"),
              std::string::npos);
    write("acts/Terms.xml",
          "<terms xmlns=\"urn:thahc:law:1\"><term id=\"x\" vi=\"x\" "
          "applies=\"always\" owes=\"thads\" starts=\"today\"><version "
          "level=\"law\" basis=\"x\"/></term></terms>");
    try {
        static_cast<void>(load());
        ADD_FAILURE() << "loaded";
    } catch (const base::Fault& fault) {
        EXPECT_NE(std::string(fault.what()).find("Terms.xml:1: \"act\" is expected here"),
                  std::string::npos)
            << fault.what();
    }
}

TEST_F(Law, ASlipOfATermIsNamedWithItsPlace) {
    const std::string answer = "each=\"asked(explanation)\"";
    const std::vector<Slip> slips = {
        {answer, "each=\"asked(explanasion)\"", "no act leaves the fact asked(explanasion)"},
        {answer, "each=\"asked(explanation\"", "is missing in"},
        {answer, "", "answered-by needs each"},
        {"each=\"asked(explanation)\" applies=\"always\" starts=\"this.recorded\" "
         "answered-by=\"answered\"",
         "each=\"asked(explanation)\" applies=\"always\" starts=\"this.recorded\" "
         "answered-by=\"protest\"",
         "that answers the term court-explanation"},
        {"answered=\"done\"", "answered=\"latest stay in (posponed)\"",
         "answered: no act leaves the fact stay(posponed)"},
        {"owes=\"obligated\"", "owes=\"counterpart\"", "a case has no counterpart"},
        {"owes=\"obligated\"", "owes=\"public\"", "public owes nothing"},
        {"owes=\"obligated\"", "owes=\"addressee\"", "addressee of which act?"},
        {"length=\"30 day\"", "length=\"30x day\"", "is no length"},
        {"length=\"30 day\"", "length=\"2000000000 day\"", "longer than any term"},
        {"near=\"5 working-day\"", "near=\"999999999 year\"", "longer than any term"},
        {"from=\"2016-07-01\" length=\"30 day\"",
         "from=\"2016-07-01\" until=\"2016-01-01\" length=\"30 day\"", "an empty period"},
        {"answered=\"done\"", "answered=\"passed obligated-voluntary-30d\"",
         "unknown term obligated-voluntary-30d"},
        {"id=\"obligated-at-once\"", "id=\"obligated at once\"", "does not follow the pattern"}};
    expectSlips("legal-rules/terms.xml", slips);
}

TEST_F(Law, AFileThatNothingReadsIsNamed) {
    const std::string text = "<terms xmlns=\"urn:thahc:law:1\"/>";
    for (const char* file : {"legal-rules/visit-terms.xml", "legal-rules/terms-visit.XML",
                             "acts/Visit.XML", "acts/visits/Visit.xml"}) {
        fs::create_directories((folder_.path() / file).parent_path());
        write(file, text);
        try {
            static_cast<void>(load());
            ADD_FAILURE() << file;
        } catch (const base::Fault& fault) {
            EXPECT_NE(std::string(fault.what()).find("nothing reads"), std::string::npos)
                << fault.what();
        }
        fs::remove(folder_.path() / file);
        if (fs::is_empty((folder_.path() / file).parent_path()))
            fs::remove((folder_.path() / file).parent_path());
    }
    EXPECT_NO_THROW(static_cast<void>(load()));
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

// A subject that no decree knows: files, and no line of the program.
constexpr const char* kVisits =
    R"x(<process xmlns="urn:thahc:law:1" subject="visit" vi="Chuyến thăm">
  <stage name="MADE" vi="Đã thăm" open="no" when="closed"/>
  <stage name="HOSTED" vi="Đã nhận lời" when="answered in (visit)"/>
  <stage name="ASKED" vi="Đã đề nghị"/>
</process>)x";
constexpr const char* kVisitTerms = R"x(<terms xmlns="urn:thahc:law:1" subject="visit">
  <term id="visit-answer" vi="Trả lời đề nghị thăm" owes="counterpart" to="lead"
        applies="asked in (visit)" starts="asked(visit).on" answered="answered in (visit)"
        answered-on="answered(visit).on" tell="lead">
    <version from="2027-01-01" length="3 working-day" level="inference"
             basis="Nghị định giả định 2"/>
  </term>
</terms>)x";
constexpr const char* kVisitAsked = R"x(<act xmlns="urn:thahc:law:1" type="VisitAsked" rank="3"
     subject="visit" key="sender message" part="office host" article="Nghị định giả định 1"
     vi="Đề nghị thăm" en="A visit asked for">
  <field name="host" type="agency" vi="nơi được thăm"/>
  <field name="askedOn" type="day" vi="ngày đề nghị"/>
  <rule from="2027-01-01">
    <sender role="thads" basis="Nghị định giả định 1"/>
    <fact kind="asked" code="visit" on="field:askedOn"/>
    <told role="addressee" level="inference" basis="Nghị định giả định 1"/>
  </rule>
</act>)x";
constexpr const char* kVisitAnswer = R"x(<act xmlns="urn:thahc:law:1" type="VisitAnswer" rank="3"
     subject="visit" in="visit" article="Nghị định giả định 2" vi="Trả lời đề nghị thăm"
     en="Answer to a visit">
  <field name="visit" type="any" vi="đề nghị"/>
  <field name="made" type="flag" vi="đã thăm" required="no"/>
  <rule from="2027-01-01">
    <sender role="counterpart" basis="Nghị định giả định 2"/>
    <refuse when="closed" code="CONFLICT_STATE" vi="đã thăm" en="the visit has been made"/>
    <fact kind="answered" code="visit"/>
    <fact kind="closed" part="whole" when="field made"/>
  </rule>
</act>)x";

TEST_F(Law, ASubjectIsAWordOfTheData) {
    write("acts/VisitAsked.xml", kVisitAsked);
    EXPECT_THROW(static_cast<void>(load()), base::Fault) << "its subject has no process";
    write("legal-rules/process-visit.xml", kVisits);
    write("legal-rules/terms-visit.xml", kVisitTerms);
    write("acts/VisitAnswer.xml", kVisitAnswer);
    const auto book = load();
    const auto on = [](const char* day) { return base::parseDate(day).value(); };
    const auto subjects = book.subjects();
    EXPECT_EQ(std::ranges::count(subjects, "visit"), 1);

    model::Matter matter{"visit", "T m1", "Chuyến thăm", on("2027-03-01"), {}, {"T"}, {}, {}};
    matter.parts = {{0, {}, "Chuyến thăm", {}, {}}, {1, "office", "C", {"C"}, {}}};
    MatterLife life(book, matter, {}, {});
    const auto say = [&](const char* day, Role role, const char* type, const char* content) {
        SaidAct act;
        act.type = type;
        act.id = model::sourceOf("T", type);
        act.day = on(day);
        act.recordedAt = std::chrono::sys_days(act.day);
        act.content = document::readJson(content).value().root;
        act.roles[1] = {role};
        act.sender = role;
        return life.take(act, {1}, {});
    };
    const auto asked =
        say("2027-03-01", Role::Thads, "VisitAsked", R"({"host":"C","askedOn":"2027-03-01"})");
    ASSERT_TRUE(asked.reasons.empty()) << asked.reasons.front().en;
    EXPECT_EQ(life.states().back().second->name, "ASKED");
    ASSERT_EQ(life.terms().size(), 1U);
    EXPECT_EQ(life.terms().front().due, on("2027-03-04"));
    EXPECT_EQ(say("2027-03-02", Role::Thads, "VisitAnswer", R"({"visit":"m1"})").reasons.size(), 1U)
        << "only the host answers";
    ASSERT_TRUE(say("2027-03-02", Role::Counterpart, "VisitAnswer", R"({"visit":"m1","made":true})")
                    .reasons.empty());
    EXPECT_EQ(life.states().front().second->name, "MADE") << "the whole";
    EXPECT_EQ(life.terms().front().outcome(), model::TermOutcome::Met);
    EXPECT_EQ(say("2027-03-03", Role::Counterpart, "VisitAnswer", R"({"visit":"m1"})")
                  .reasons.front()
                  .code,
              "CONFLICT_STATE");
}

}  // namespace
}  // namespace gateway::law
