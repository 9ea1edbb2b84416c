// Next year's decree: an act, a term and a changed length that the program has never seen, as
// files.

#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/app/lives.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;
using namespace lives;

constexpr const char* kAct = R"x(<act xmlns="urn:thahc:law:1" type="DialogueInvitation" rank="2"
     article="Nghị định giả định 1.1" vi="Giấy mời đối thoại" en="Invitation to a dialogue">
  <field name="number" type="text" vi="số"/>
  <field name="issuedOn" type="day" vi="ngày mời"/>
  <field name="heldOn" type="day" vi="ngày đối thoại" future="yes"/>
  <rule from="2027-01-01">
    <sender role="thads" basis="Nghị định giả định 1.1"/>
    <refuse when="not notice" code="CONFLICT_STATE" vi="chưa ra thông báo" 
            en="no notice yet"/>
    <refuse when="field:heldOn &lt; field:issuedOn" code="DAY_ORDER"
            vi="đối thoại trước ngày mời" en="held before the invitation"/>
    <fact kind="asked" on="field:issuedOn" code="dialogue" number="field:number"
          until="field:heldOn"/>
    <told role="obligated entitled" level="law" basis="Nghị định giả định 1.2"/>
  </rule>
</act>)x";
constexpr const char* kAnswer = R"x(<act xmlns="urn:thahc:law:1" type="DialogueReply" rank="2"
     article="Nghị định giả định 1.3" vi="Trả lời giấy mời" en="Reply to an invitation">
  <field name="invitation" type="text" vi="giấy mời số"/>
  <field name="repliedOn" type="day" vi="ngày trả lời"/>
  <rule from="2027-01-01">
    <sender role="obligated" basis="Nghị định giả định 1.3"/>
    <fact kind="answered" on="field:repliedOn" code="dialogue" about="field:invitation"/>
    <told role="thads" level="law" basis="Nghị định giả định 1.3"/>
  </rule>
</act>)x";
constexpr const char* kTerm = R"x(  <term id="dialogue-reply" vi="Trả lời giấy mời đối thoại"
        owes="obligated" to="thads" each="asked(dialogue)" applies="always" starts="this.on"
        answered-by="answered" tell="thads superior-obligated" flag="DIALOGUE_DUE">
    <version from="2027-01-01" length="2 working-day" level="law" basis="Nghị định giả định 1.3"/>
  </term>
</terms>)x";

class Decree : public ::testing::Test {
  protected:
    Decree() {
        for (const char* part : {"acts", "legal-rules", "schemas"})
            fs::copy(fs::path(THAHC_SOURCE_DIR) / "mappings" / part, folder_.path() / part);
    }
    void write(const std::string& file, const std::string& text) {
        std::ofstream(folder_.path() / file) << text;
    }
    void change(const std::string& from, const std::string& to) {
        const auto path = folder_.path() / "legal-rules" / "terms.xml";
        std::ifstream in(path);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, from.size(), to);
        std::ofstream(path, std::ios::trunc) << text;
    }
    Node play(const std::string& name, const std::string& more) const {
        const auto book = law::LawBook::load(folder_.path());
        auto input =
            readJsonFile(fs::path(THAHC_SOURCE_DIR) / "tests/unit/app/lives" / (name + ".json"));
        const auto added = document::readJson(more).value().root;
        for (const auto& act : added.children) input.child("acts")->children.push_back(act);
        return playLife(book, input, base::parseDate("2027-12-31"));
    }
    // The steps of one act, in order.
    static std::vector<const Node*> stepsOf(const Node& played, const std::string& act) {
        std::vector<const Node*> found;
        for (const auto& step : played.child("steps")->children)
            if (text(step, "act") == act) found.push_back(&step);
        return found;
    }
    static std::string dueOf(const Node& played, const std::string& rule, const char* member) {
        for (const auto& term :
             played.child("state")->child("obligations")->children[0].child("deadlines")->children)
            if (text(term, "rule") == rule) return text(term, member);
        return {};
    }

    support::TemporaryFolder folder_;
};

constexpr const char* kSaid = R"([
  {"on":"2027-03-01","sender":"thads","type":"DialogueInvitation","id":"gm",
   "content":{"number":"1/GM","issuedOn":"2027-03-01","heldOn":"2027-03-10"}},
  {"on":"2027-03-04","sender":"obligated","type":"DialogueReply",
   "content":{"invitation":"1/GM","repliedOn":"2027-03-04"}},
  {"on":"2027-03-05","sender":"obligated","type":"DialogueInvitation",
   "content":{"number":"2/GM","issuedOn":"2027-03-05","heldOn":"2027-03-10"}},
  {"on":"2027-03-05","sender":"thads","type":"DialogueInvitation",
   "content":{"number":"2/GM","issuedOn":"2027-03-05","heldOn":"2027-03-02"}}])";

TEST_F(Decree, ANewActAndItsTermAreFiles) {
    write("acts/DialogueInvitation.xml", kAct);
    write("acts/DialogueReply.xml", kAnswer);
    change("</terms>", kTerm);
    const auto played = play("tre-han-roi-bao-cao", kSaid);
    const auto invitations = stepsOf(played, "DialogueInvitation");
    ASSERT_EQ(invitations.size(), 3U);
    EXPECT_EQ(text(*invitations[0], "verdict"), "accepted") << document::writeJson(*invitations[0]);
    EXPECT_EQ(texts(*invitations[0], "recipients", "role"),
              (std::vector<std::string>{"obligated", "entitled"}));
    EXPECT_EQ(texts(*invitations[1], "reasons", "code"), std::vector<std::string>{"FORBIDDEN"});
    EXPECT_EQ(texts(*invitations[2], "reasons", "code"), std::vector<std::string>{"DAY_ORDER"});
    EXPECT_EQ(dueOf(played, "dialogue-reply", "due"), "2027-03-03");
    EXPECT_EQ(dueOf(played, "dialogue-reply", "outcome"), "met-late");
    EXPECT_EQ(text(*stepsOf(played, "DialogueReply")[0], "verdict"), "accepted");

    // Taken out again, it is no act any more.
    fs::remove(folder_.path() / "acts/DialogueInvitation.xml");
    EXPECT_THROW(play("tre-han-roi-bao-cao", kSaid), base::Fault) << "its term runs for nothing";
    change(kTerm, "</terms>");
    const auto without = play("tre-han-roi-bao-cao", kSaid);
    EXPECT_EQ(texts(*stepsOf(without, "DialogueInvitation")[0], "reasons", "code"),
              std::vector<std::string>{"UNKNOWN_ACT"});
}

// The files that mappings/README.md shows.
TEST_F(Decree, TheDocumentedCaseIsPlayedByTheDocumentedFiles) {
    const auto shown = fs::path(THAHC_SOURCE_DIR) / "tests/golden/decree";
    fs::copy(shown / "local/mappings", folder_.path(), fs::copy_options::recursive);
    const auto book = law::LawBook::load(folder_.path());
    const auto played = playLife(book, readJsonFile(shown / "life.json"), {});
    const auto invitations = stepsOf(played, "DialogueInvitation");
    ASSERT_EQ(invitations.size(), 2U);
    EXPECT_EQ(texts(*invitations[0], "reasons", "code"),
              std::vector<std::string>{"CONFLICT_STATE"});
    EXPECT_EQ(text(*invitations[1], "verdict"), "accepted");
    EXPECT_EQ(dueOf(played, "dialogue-reply", "due"), "2026-08-05");
    EXPECT_EQ(dueOf(played, "dialogue-reply", "outcome"), "met");
}

TEST_F(Decree, ATermInAFileOfItsOwnBuildsUponTheDeliveredOnes) {
    write("legal-rules/terms-after.xml", R"x(<terms xmlns="urn:thahc:law:1">
  <term id="after-the-voluntary-term" vi="Sau thời hạn tự nguyện" owes="thads" to="entitled"
        applies="always" starts="due(obligated-voluntary-30d)" answered="done"
        answered-on="completion.on">
    <version from="2016-07-01" length="2 day" level="law" basis="Nghị định giả định"/>
  </term>
</terms>)x");
    const auto played = play("tre-han-roi-bao-cao", "[]");
    EXPECT_EQ(dueOf(played, "obligated-voluntary-30d", "due"), "2025-09-03");
    EXPECT_EQ(dueOf(played, "after-the-voluntary-term", "due"), "2025-09-05");
}

// Who has not answered one question is urged about that one, from its own last day.
TEST_F(Decree, ATermThatFollowsAnotherForEachFactLooksAtTheSameFact) {
    write("acts/DialogueInvitation.xml", kAct);
    write("acts/DialogueReply.xml", kAnswer);
    std::string terms = kTerm;
    terms.insert(terms.rfind("</terms>"), R"x(  <term id="dialogue-urge" vi="Đôn đốc" owes="thads"
        each="asked(dialogue)" applies="passed dialogue-reply"
        starts="due(dialogue-reply)" answered-by="answered" flag="DIALOGUE_URGE">
    <version from="2027-01-01" length="3 working-day" level="law" basis="Nghị định giả định 1.4"/>
  </term>
  <term id="dialogue-late" vi="Báo cáo" owes="thads" applies="passed dialogue-reply"
        starts="due(dialogue-reply)" answered="closed" answered-on="closed.on" flag="DIALOGUE_LATE">
    <version from="2027-01-01" length="1 working-day" level="law" basis="Nghị định giả định 1.5"/>
  </term>
)x");
    change("</terms>", terms);
    // The first has the name that comes last.
    const auto played = play("tre-han-roi-bao-cao", R"([
  {"on":"2027-03-01","sender":"thads","type":"DialogueInvitation","id":"z",
   "content":{"number":"1/GM","issuedOn":"2027-03-01","heldOn":"2027-03-10"}},
  {"on":"2027-03-03","sender":"thads","type":"DialogueInvitation","id":"a",
   "content":{"number":"2/GM","issuedOn":"2027-03-03","heldOn":"2027-03-10"}},
  {"on":"2027-03-04","sender":"thads","type":"DialogueInvitation","id":"b",
   "content":{"number":"3/GM","issuedOn":"2027-03-04","heldOn":"2027-03-10"}},
  {"on":"2027-03-05","sender":"obligated","type":"DialogueReply",
   "content":{"invitation":"2/GM","repliedOn":"2027-03-05"}}])");
    std::vector<std::string> urged, late;
    for (const auto& term :
         played.child("state")->child("obligations")->children[0].child("deadlines")->children) {
        const auto line = text(term, "start") + " " + text(term, "due");
        if (text(term, "rule") == "dialogue-urge") urged.push_back(line);
        if (text(term, "rule") == "dialogue-late") late.push_back(line);
    }
    std::ranges::sort(urged);
    EXPECT_EQ(urged, (std::vector<std::string>{"2027-03-03 2027-03-08", "2027-03-08 2027-03-11"}))
        << "none for what was answered in time";
    EXPECT_EQ(late, std::vector<std::string>{"2027-03-08 2027-03-09"}) << "the last of all";
}

TEST_F(Decree, FilesThatMustComeAreNotAnEmptyList) {
    const auto with = [](const char* required) {
        std::string act = kAct;
        act.insert(act.find("  <rule"), std::string("  <field name=\"attachments\" type=\"files\" "
                                                    "vi=\"tệp\" required=\"") +
                                            required + "\"/>\n");
        return act;
    };
    const auto reasons = [&] {
        const auto played = play("tre-han-roi-bao-cao", R"([
  {"on":"2027-03-01","sender":"thads","type":"DialogueInvitation",
   "content":{"number":"1/GM","issuedOn":"2027-03-01","heldOn":"2027-03-10","attachments":[]}}])");
        return texts(*stepsOf(played, "DialogueInvitation")[0], "reasons", "path");
    };
    write("acts/DialogueInvitation.xml", with("field number"));
    EXPECT_EQ(reasons(), std::vector<std::string>{"/attachments"});
    write("acts/DialogueInvitation.xml", with("not field number"));
    EXPECT_EQ(reasons(), std::vector<std::string>{});
    write("acts/DialogueInvitation.xml", with("no"));
    EXPECT_EQ(reasons(), std::vector<std::string>{});
}

TEST_F(Decree, AChangedTermIsANewVersionAndOldCasesKeepTheirs) {
    change(R"(<version from="2016-07-01" length="30 day" level="law" basis="Luật TTHC Đ.311.2b)",
           R"(<version from="2026-01-01" length="20 day" level="law" basis="Nghị định giả định"/>
    <version from="2016-07-01" until="2026-01-01" length="30 day" level="law"
             basis="Luật TTHC Đ.311.2b)");
    const auto old = play("tre-han-roi-bao-cao", "[]");
    EXPECT_EQ(dueOf(old, "obligated-voluntary-30d", "due"), "2025-09-03");
    EXPECT_EQ(dueOf(old, "obligated-voluntary-30d", "ruleFrom"), "2016-07-01");
    const auto later = play("dinh-chinh-va-thu-hoi", R"([
      {"on":"2026-03-20","sender":"court-first","type":"JudgmentDelivered","content":
       {"deliveries":[{"obligation":1,"receivedOn":"2026-03-16","form":"direct"}]}}])");
    EXPECT_EQ(dueOf(later, "obligated-voluntary-30d", "due"), "2026-04-06") << "20 days";
    EXPECT_EQ(dueOf(later, "obligated-voluntary-30d", "basis"), "Nghị định giả định");
}

}  // namespace
}  // namespace gateway::app
