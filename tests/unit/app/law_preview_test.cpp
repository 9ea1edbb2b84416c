// What files would change before they are in force: in the law, and in the terms of kept cases.

#include "gateway/app/operators/law_preview.h"

#include <gtest/gtest.h>

#include "gateway/app/printing/data_view.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/commands.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/law/life/case_life.h"
#include "gateway/law/life/matter_life.h"
#include "tests/scenario/support/child.h"
#include "tests/scenario/support/facts.h"
#include "tests/scenario/support/reply.h"
#include "tests/support/memory_state.h"
#include "tests/support/temporary_folder.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;
using scenario::valueAt;

const fs::path kMappings = THAHC_SOURCE_DIR "/mappings";
const fs::path kDecree = THAHC_SOURCE_DIR "/tests/golden/decree";
const std::string kTerms = "mappings/legal-rules/terms.xml";

class LawPreview : public testing::Test {
  protected:
    LawPreview() { fs::copy(kDecree / "local", folder_.path(), fs::copy_options::recursive); }

    fs::path next() const { return folder_.path(); }
    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((next() / name).parent_path());
        scenario::writeFile(next() / name, text);
    }
    static std::string exchanged(std::string text, const std::string& from, const std::string& to) {
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return at == std::string::npos ? text : text.replace(at, from.size(), to);
    }
    // The voluntary term is shorter from 01/07/2026 on.
    void shorten() const {
        const auto versions = scenario::readFile(kDecree / "voluntary-20-days.xml");
        const auto old =
            exchanged(versions.substr(versions.find('\n') + 1), " until=\"2026-07-01\"", "");
        write(kTerms,
              exchanged(scenario::readFile(kMappings / "legal-rules/terms.xml"), old, versions));
    }
    // What the command says, as one document.
    Node previewed(int code = kExitOk) const {
        testing::internal::CaptureStdout();
        EXPECT_EQ(lawCommand({"--preview", next(), "--mappings", kMappings, "--json"}), code);
        return document::readJson(testing::internal::GetCapturedStdout()).value().root;
    }
    static std::shared_ptr<const exchange::ReferenceData> loaded(const fs::path& local) {
        const DataView data(kMappings, connectorsBeside(kMappings), local);
        return loadReference(data.mappings(), data.connectors());
    }
    static base::Date day(const char* text) { return base::parseDate(text).value(); }

    // A case whose obligated party got the judgment on that day, as the law of now has it.
    static model::CaseFile caseOf(const std::string& id, const char* delivered,
                                  const law::LawBook& law) {
        model::CaseFile file;
        file.caseId = id;
        file.version = 1;
        file.transferredBy = scenario::kCourt;
        file.ruling = scenario::transferOf(id + "/2026/HC-ST").ruling;
        file.ruling.effectiveOn = day("2026-04-02");
        file.routing.enforcement = scenario::kEnforcement;
        file.routing.procuracy = scenario::kProcuracy;
        file.obligations.push_back({1, model::Stage::Voluntary, scenario::kCommittee, {}, {}});
        for (const auto& [kind, on] : {std::pair{law::FactKind::Known, "2026-03-02"},
                                       {law::FactKind::InForce, "2026-04-02"},
                                       {law::FactKind::Delivered, delivered}}) {
            law::Fact fact;
            fact.kind = kind;
            fact.obligation = 1;
            fact.on = day(on);
            fact.source = "m/" + id;
            file.facts.push_back(fact);
        }
        law::CaseLife life(law, file.ruling, file.facts, {}, {});
        static_cast<void>(life.reread(day("2026-08-10")));
        file.terms = life.terms();
        return file;
    }
    static std::vector<const Node*> rowsOf(const Node& cases) {
        std::vector<const Node*> rows;
        for (const auto& row : cases.child("rows")->children) rows.push_back(&row);
        return rows;
    }

    support::TemporaryFolder folder_;
};

TEST_F(LawPreview, NamesWhatIsNewWhatChangesAndWhatGoes) {
    shorten();
    auto urging = scenario::readFile(kMappings / "acts/UrgingLetter.xml");
    write("mappings/acts/UrgingLetter.xml",
          exchanged(urging, "codes=\"progress", "codes=\"soon progress"));
    const auto node = previewed();
    EXPECT_EQ(valueAt(node, "good"), "true");
    EXPECT_EQ(valueAt(node, "files/0/file"), "acts/DialogueInvitation.xml");
    EXPECT_EQ(valueAt(node, "files/0/change"), "added");
    EXPECT_EQ(valueAt(node, "acts/0/act"), "DialogueInvitation");
    EXPECT_EQ(valueAt(node, "acts/0/senders/0"), "thads");
    EXPECT_EQ(valueAt(node, "acts/0/told/0"), "obligated");
    EXPECT_EQ(valueAt(node, "acts/2/act"), "UrgingLetter");
    EXPECT_EQ(valueAt(node, "acts/2/change"), "changed");
    EXPECT_EQ(valueAt(node, "acts/2/becomes/0"),
              "field asks: nội dung, code soon progress cause plan execute");
    EXPECT_EQ(valueAt(node, "terms/0/term"), "dialogue-reply");
    EXPECT_EQ(valueAt(node, "terms/1/term"), "obligated-voluntary-30d");
    EXPECT_EQ(valueAt(node, "terms/1/change"), "changed");
    EXPECT_EQ(valueAt(node, "terms/1/becomes/0").substr(0, 15), "from 2026-07-01");
    EXPECT_EQ(node.child("days")->children.size(), 0U);
}

TEST_F(LawPreview, ACalendarSaysWhichDaysChange) {
    auto calendar = scenario::readFile(kMappings / "legal-rules/calendar.xml");
    write("mappings/legal-rules/calendar.xml",
          exchanged(calendar, "<day ",
                    "<day date=\"2031-06-03\" kind=\"holiday\" status=\"announced\" vi=\"Thử\" "
                    "basis=\"Thử\"/>\n<day "));
    const auto node = previewed();
    EXPECT_EQ(valueAt(node, "days/0/day"), "2031-06-03");
    EXPECT_EQ(valueAt(node, "days/0/becomes"), "holiday, announced: Thử");
    EXPECT_EQ(valueAt(node, "days/0/workingDay"), "false");
}

TEST_F(LawPreview, EveryFaultIsNamedWithItsFileAndLineAsTheOperatorKnowsIt) {
    write("mappings/acts/DialogueInvitation.xml",
          exchanged(scenario::readFile(next() / "mappings/acts/DialogueInvitation.xml"),
                    "role=\"thads\"", "role=\"thad\""));
    write("mappings/acts/DialogueReply.xml",
          exchanged(scenario::readFile(next() / "mappings/acts/DialogueReply.xml"),
                    "not same asked", "not same askd"));
    const auto node = previewed(kExitBadData);
    EXPECT_EQ(valueAt(node, "good"), "false");
    const auto problem = valueAt(node, "problem");
    const auto acts = next() / "mappings/acts";
    EXPECT_NE(problem.find((acts / "DialogueInvitation.xml:14: unknown role").string()),
              std::string::npos)
        << problem;
    EXPECT_NE(problem.find((acts / "DialogueReply.xml:10: when: ").string()), std::string::npos)
        << problem;
}

TEST_F(LawPreview, OpenTermsOfCasesMoveFromDayToDayAndSomebodyIsTold) {
    shorten();
    const auto now = loaded({}), then = loaded(next());
    support::MemoryState state;
    for (const auto& [id, delivered] : {std::pair{"case-1", "2026-06-15"},
                                        {"case-2", "2026-08-03"},
                                        {"case-3", "2026-08-04"},
                                        {"case-4", "2026-07-13"}})
        state.put(exchange::recordOf(caseOf(id, delivered, now->law())));
    const auto cases = support::makeMemoryCases(state);
    const exchange::LawPreview preview(*now, *then, day("2026-08-10"));
    const auto all = caseMoves(*cases, preview, {});
    EXPECT_EQ(valueAt(all, "seen"), "4");
    EXPECT_EQ(valueAt(all, "touched"), "3") << "who started before keeps the old term";
    const auto rows = rowsOf(all);
    ASSERT_GE(rows.size(), 3U) << document::writeJson(all);
    EXPECT_EQ(valueAt(*rows[0], "caseId"), "case-2");
    EXPECT_EQ(valueAt(*rows[0], "term"), "obligated-voluntary-30d");
    EXPECT_EQ(valueAt(*rows[0], "change"), "moved");
    EXPECT_EQ(valueAt(*rows[0], "was"), "2026-09-03") << "02/09 is a holiday";
    EXPECT_EQ(valueAt(*rows[0], "due"), "2026-08-24") << "23/08 is a Sunday";
    EXPECT_EQ(valueAt(*rows[0], "told/0/role"), "obligated");
    EXPECT_EQ(valueAt(*rows[0], "told/0/agency"), scenario::kCommittee);
    // Nothing changes by the law that is in force.
    const exchange::LawPreview same(*now, *now, day("2026-08-10"));
    EXPECT_EQ(valueAt(caseMoves(*cases, same, {}), "touched"), "0");
}

TEST_F(LawPreview, OpenTermsOfMattersMoveAsWellAndTheirOfficesAreTold) {
    write("mappings/legal-rules/terms-petition.xml",
          exchanged(scenario::readFile(kMappings / "legal-rules/terms-petition.xml"),
                    "length=\"7 working-day\"", "length=\"5 working-day\""));
    const auto now = loaded({}), then = loaded(next());
    model::CaseFile file;
    file.caseId = "petition-1";
    file.version = 1;
    auto& matter = file.matter.emplace();
    matter.subject = "petition";
    matter.key = "G15.90.21 m1";
    matter.day = day("2026-08-03");
    matter.agencies = {scenario::kEnforcement};
    matter.parts = {{0, "", "", {}, ""}, {1, "office", "", {scenario::kEnforcement}, ""}};
    law::Fact fact;
    fact.source = "G15.90.21 m1";
    fact.on = matter.day;
    fact.kind = law::FactKind::Classified;
    fact.code = "complaint";
    file.facts.push_back(fact);
    fact.kind = law::FactKind::Received;
    fact.code.clear();
    fact.obligation = 1;
    file.facts.push_back(fact);
    law::MatterLife life(now->law(), matter, file.facts, {});
    static_cast<void>(life.hear({}, day("2026-08-03")));
    file.terms = life.terms();
    support::MemoryState state;
    state.put(exchange::recordOf(file));
    const auto cases = support::makeMemoryCases(state);
    const exchange::LawPreview preview(*now, *then, day("2026-08-04"));
    const auto all = caseMoves(*cases, preview, {});
    ASSERT_EQ(rowsOf(all).size(), 1U) << document::writeJson(all);
    const auto& row = *rowsOf(all).front();
    EXPECT_EQ(valueAt(row, "subject"), "petition");
    EXPECT_EQ(valueAt(row, "lead"), scenario::kEnforcement);
    EXPECT_EQ(valueAt(row, "term"), "complaint-accept");
    EXPECT_EQ(valueAt(row, "change"), "moved");
    EXPECT_EQ(valueAt(row, "was"), "2026-08-12");
    EXPECT_EQ(valueAt(row, "due"), "2026-08-10");
    EXPECT_EQ(valueAt(row, "told/0/agency"), scenario::kEnforcement);
    const exchange::LawPreview same(*now, *now, day("2026-08-04"));
    EXPECT_EQ(valueAt(caseMoves(*cases, same, {}), "touched"), "0");
}

TEST_F(LawPreview, ANewTermBeginsOrIsOverAtOnceAndALiftedOneIsOwedNoMore) {
    auto terms = scenario::readFile(kMappings / "legal-rules/terms.xml");
    write(kTerms, exchanged(terms, "lifted=\"ruling-over or sent-back\"",
                            "lifted=\"ruling-over or sent-back or known\""));
    write("mappings/legal-rules/terms-new.xml", R"x(<terms xmlns="urn:thahc:law:1">
  <term id="after-cassation" vi="Sau" owes="thads" to="entitled" applies="always"
        starts="due(cassation-protest)" answered="done" answered-on="completion.on">
    <version from="2016-07-01" length="2 day" level="law" basis="Nghị định giả định"/>
  </term>
  <term id="long-over" vi="Đã qua" owes="thads" to="entitled" applies="always" starts="in-force.on"
        answered="done" answered-on="completion.on" tell="procuracy-first">
    <version from="2016-07-01" length="2 day" level="law" basis="Nghị định giả định"/>
  </term>
</terms>)x");
    const auto now = loaded({}), then = loaded(next());
    const exchange::LawPreview preview(*now, *then, day("2026-08-10"));
    std::map<std::string, const exchange::TermMove*> moves;
    const auto all = preview.movesIn(caseOf("1", "2026-08-03", now->law()));
    for (const auto& move : all) moves[move.term.rule] = &move;
    ASSERT_EQ(moves.size(), 3U);
    EXPECT_EQ(moves["after-cassation"]->kind, exchange::TermMoveKind::Set);
    EXPECT_FALSE(moves["after-cassation"]->was);
    EXPECT_EQ(moves["long-over"]->kind, exchange::TermMoveKind::Passed);
    ASSERT_EQ(moves["long-over"]->told.size(), 1U);
    EXPECT_EQ(moves["long-over"]->told[0].agency, scenario::kProcuracy);
    EXPECT_EQ(moves["obligated-voluntary-30d"]->kind, exchange::TermMoveKind::Lifted);
    // A term that has gone from the law stays as it was.
    const auto back = exchange::LawPreview(*then, *now, day("2026-08-10"))
                          .movesIn(caseOf("2", "2026-08-03", then->law()));
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].term.rule, "obligated-voluntary-30d");
    EXPECT_EQ(back[0].kind, exchange::TermMoveKind::Set);
}

TEST_F(LawPreview, ManyCasesComeInPages) {
    shorten();
    const auto now = loaded({}), then = loaded(next());
    support::MemoryState state;
    for (int i = 10; i < 15; ++i) {
        const auto id = "case-" + std::to_string(i);
        state.put(exchange::recordOf(caseOf(id, "2026-08-03", now->law())));
    }
    const auto cases = support::makeMemoryCases(state);
    const exchange::LawPreview preview(*now, *then, day("2026-08-10"));
    std::string ids;
    CasePage page{"", 2};
    for (int pages = 0; pages < 9; ++pages) {
        const auto part = caseMoves(*cases, preview, page);
        for (const auto* row : rowsOf(part)) {
            const auto id = valueAt(*row, "caseId");
            if (!ids.ends_with(id)) ids += " " + id;
        }
        page.after = valueAt(part, "next");
        if (page.after.empty()) break;
    }
    EXPECT_EQ(ids, " case-10 case-11 case-12 case-13 case-14");
}

}  // namespace
}  // namespace gateway::app
