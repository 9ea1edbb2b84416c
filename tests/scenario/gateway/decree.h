#pragma once
// A running gateway, the files of an invented decree, and what is said under it.

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/law/conditions/calendar.h"
#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {

namespace fs = std::filesystem;

inline const fs::path kDecree = THAHC_SOURCE_DIR "/tests/golden/decree";
constexpr const char* kInvitation = "05/GM-THADS";
constexpr const char* kInvitationDay = "2026-08-03";

inline std::string exchanged(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from << "\n" << text;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// The line, from 1, on which the words stand.
inline std::string lineOf(const std::string& text, const std::string& words) {
    const auto at = static_cast<long>(text.find(words));
    return std::to_string(std::count(text.begin(), text.begin() + at, '\n') + 1);
}

class Decree : public testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(local());
        world_.set("data.local", local());
        enrolProvince(world_);
        Enrolment inXml;
        inXml.agency = kProcuracy;
        inXml.preferred = "xml";
        world_.enrol(inXml);
        ASSERT_TRUE(world_.start()) << world_.log();
        agencies_ = std::make_unique<Agencies>(world_);
    }
    void TearDown() override { EXPECT_EQ(world_.rebuild(), "clean"); }

    fs::path local() const { return world_.folder() / "local"; }
    const Agency& court() const { return agencies_->court; }
    const Agency& enforcement() const { return agencies_->enforcement; }
    const Agency& committee() const { return agencies_->committee; }
    const Agency& procuracy() const { return agencies_->procuracy; }

    void reload() {
        std::string output;
        ASSERT_EQ(world_.command({"reload"}, &output), 0) << output;
    }
    void bringIn() {
        fs::copy(kDecree / "local", local(), fs::copy_options::recursive);
        reload();
    }
    void takeOut() {
        fs::remove_all(local() / "mappings");
        reload();
    }
    /// The delivered terms with the voluntary term shortened from `day` on, below `folder`.
    static void shorten(const fs::path& folder, base::Date day) {
        const auto versions = readFile(kDecree / "voluntary-20-days.xml");
        const auto old = versions.substr(versions.find('\n') + 1);
        auto text = exchanged(readFile(THAHC_SOURCE_DIR "/mappings/legal-rules/terms.xml"),
                              exchanged(old, " until=\"2026-07-01\"", ""), versions);
        for (const char* bound : {"from=\"2026-07-01\"", "until=\"2026-07-01\""}) {
            const auto name = std::string(bound).substr(0, std::string(bound).find('"') + 1);
            text = exchanged(std::move(text), bound, name + base::formatDate(day) + "\"");
        }
        fs::create_directories(folder / "mappings" / "legal-rules");
        writeFile(folder / "mappings" / "legal-rules" / "terms.xml", text);
    }
    /// What the files of a folder would change, by the command, beside the running gateway.
    document::Node previewed(const fs::path& folder) const {
        std::string output;
        EXPECT_EQ(
            run({World::binary(), "law", "--preview", folder, "--config",
                 world_.folder() / "gateway.properties", "--store", world_.storeFile(), "--json"},
                &output),
            0)
            << output;
        const auto tree = document::readJson(output);
        EXPECT_TRUE(tree) << output;
        return tree ? tree->root : document::objectNode();
    }

    /// A case as far as its notice, and whose mailboxes are empty.
    std::string noticed() {
        const auto number = std::to_string(++numbers_) + "/2026/HC-ST";
        auto transfer = transferOf(number);
        transfer.ruling.effectiveOn = base::parseDate("2026-04-02");
        EXPECT_EQ(court().send(transfer).verdict(), "accepted");
        EXPECT_EQ(enforcement().send(registrationOf(number, "R-" + number)).verdict(), "accepted");
        EXPECT_EQ(enforcement().send(noticeToday(number, "TB-" + number)).verdict(), "accepted");
        for (const auto* agency : {&court(), &enforcement(), &committee(), &procuracy()})
            EXPECT_GE(agency->emptyMailbox(), 0);
        return number;
    }
    /// The invitation of the documents, said now of this case; with its number.
    std::string invitation(const std::string& number) const {
        auto text = spoken(readFile(kDecree / "invitation.xml"), "THADS-2026-000301", number);
        const auto day = base::formatDate(today());
        text = exchanged(std::move(text), kInvitationDay, day);
        return exchanged(std::move(text), "2026-08-12",
                         base::formatDate(law::dayAfter(today(), 9)));
    }
    std::string reply(const std::string& number) const {
        return exchanged(spoken(readFile(kDecree / "reply.json"), "UBND-2026-000088", number),
                         "\"repliedOn\": \"2026-08-04",
                         "\"repliedOn\": \"" + base::formatDate(today()));
    }
    static std::string spoken(std::string text, const std::string& id, const std::string& number) {
        const auto now = base::SystemClock().now();
        text = exchanged(std::move(text), "thahc/demo", kAddress);
        text = exchanged(std::move(text), id, base::newId("msg", now));
        if (const auto said = text.find("reated"); said != std::string::npos)
            text.replace(text.find("T0", said) - 10, 20, base::formatTimestamp(now));
        return exchanged(std::move(text), "12/2026/HC-ST", number);
    }
    static base::Date today() { return base::vietnamDate(base::SystemClock().now()); }

    Reply saidInXml(const std::string& text) const {
        return enforcement().send(enforcement().signXml(text));
    }
    Reply saidInJson(const Agency& agency, const std::string& text) const {
        return agency.send(agency.signJson(text));
    }
    /// The first open item of a mailbox, fetched, checked and signed for.
    static Reply fetched(const Agency& agency) {
        const auto item = valueAt(agency.mailbox(), "0/item");
        const auto delivered = agency.get("/v1/mailbox/" + item);
        EXPECT_TRUE(delivered.sealed) << agency.code() << ": " << delivered.body;
        EXPECT_EQ(agency.close(item, agency.word(item, delivered.body)).status, 200);
        return delivered;
    }
    /// A member of the case's term of that rule; "" when there is no such term.
    std::string term(const std::string& number, const std::string& rule, const char* member) const {
        const auto answer = enforcement().ask(questionFor(number));
        EXPECT_TRUE(answer.sealed) << answer.body;
        if (const auto* terms = nodeAt(answer.content, "queryAnswer/cases/0/terms"))
            for (const auto& one : terms->children)
                if (valueAt(one, "rule") == rule) return valueAt(one, member);
        return {};
    }
    /// The acts of the case's history that no class of the program knows.
    std::string history(const std::string& number) const {
        const auto answer = enforcement().ask(questionFor(number));
        std::string acts;
        if (const auto* items = nodeAt(answer.content, "queryAnswer/cases/0/history"))
            for (const auto& item : items->children)
                if (const auto act = valueAt(item, "act"); !act.empty()) acts += act + " ";
        return acts;
    }
    static void expectAt(const Reply& refused, int status, const std::string& code,
                         const std::string& path, const std::string& line) {
        expectRefusal(refused, status, "A", code);
        EXPECT_EQ(refused.at("refusal/reasons/0/path"), path) << refused.body;
        EXPECT_EQ(refused.at("refusal/reasons/0/line"), line);
    }

    World world_;
    std::unique_ptr<Agencies> agencies_;
    int numbers_ = 0;
};

}  // namespace gateway::scenario
