// Kept messages read once more, by a version of their mapping that came later.

#include <gtest/gtest.h>

#include "tests/scenario/gateway/refusals.h"
#include "tests/scenario/support/child.h"
#include "tests/scenario/support/facts.h"

namespace gateway::scenario {
namespace {

class Reprocess : public testing::Test {
  protected:
    Reprocess() : mappings_(world_.folder() / "mappings") {
        for (const char* part : {"mappings", "connectors"})
            std::filesystem::copy(std::filesystem::path(THAHC_SOURCE_DIR) / part,
                                  world_.folder() / part, std::filesystem::copy_options::recursive);
        world_.set("data.mappings", mappings_);
        enrolProvince(world_);
    }
    void start() {
        ASSERT_TRUE(world_.start()) << world_.log();
        agencies_.emplace(world_);
    }
    void TearDown() override {
        if (world_.running()) {
            EXPECT_EQ(world_.rebuild(), "clean");
        }
    }

    /// The next version of case-model-json/NAME, which waits, with one piece of its text replaced.
    void version(const std::string& name, const std::string& number, const std::string& from,
                 const std::string& to) const {
        const auto folder = mappings_ / "case-model-json" / name;
        auto text = readFile(folder / "mapping.xml");
        text.replace(text.find("version=\"1\""), 11, "version=\"" + number + "\"");
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        writeFile(folder / ("mapping-" + number + ".xml"), text.replace(at, from.size(), to));
    }
    std::string reprocessed(std::vector<std::string> words) const {
        words.insert(words.begin(), {World::binary(), "reprocess", "--config",
                                     (world_.folder() / "gateway.properties").string(), "--json"});
        std::string output;
        const int code = run(words, &output);
        return std::to_string(code) + " " + output;
    }
    static testing::AssertionResult has(const std::string& text, const std::string& part) {
        if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
        return testing::AssertionFailure() << part << " is not in " << text;
    }

    World world_;
    std::filesystem::path mappings_;
    std::optional<Agencies> agencies_;
};

TEST_F(Reprocess, ShowsWhatAnotherVersionReadsAndChangesNothing) {
    const std::string text = "<field theirs=\"text\" ours=\"text\"/>";
    version("ping", "2", text, "<ignore theirs=\"text\" why=\"thử\"/>");
    version("ping", "3", "theirs=\"text\"", "theirs=\"words\"");
    version("ping", "4", text, text + "<ignore theirs=\"extra\" why=\"thử\"/>");
    start();
    const auto message = agencies_->court.message(model::Ping{"kiểm tra"});
    const auto sent = agencies_->court.send(message);
    ASSERT_EQ(sent.at("receipt/mappingId"), "case-model-json/ping@1");
    auto more = jsonOf(agencies_->court.message(model::Ping{"thừa"}, "PING-THUA"));
    more.insert(more.find("\"text\""), "\"extra\":\"x\",");
    const auto refusal = agencies_->court.send(agencies_->court.signJson(more));
    expectRefusal(refusal, 422, "A", "MAPPING_UNKNOWN_NODE");

    const auto by = [this](const std::string& version, std::vector<std::string> words = {}) {
        words.insert(words.begin(), {"--mapping", "case-model-json/ping" + version});
        return reprocessed(std::move(words));
    };
    EXPECT_TRUE(by("").starts_with("0 "));
    EXPECT_TRUE(
        has(by("@1"), R"("same":1,"differs":0,"refused":0,"accepted":0,"still-refused":1)"));
    const auto less = by("@2");
    EXPECT_TRUE(less.starts_with("1 ")) << less;
    EXPECT_TRUE(has(less, R"("differences":[{"path":"/ping/text","was":"kiểm tra"}])"));
    EXPECT_TRUE(has(less, sent.at("receipt/receiptId")));
    const auto never = by("@3");
    EXPECT_TRUE(has(never, R"("verdict":"refused")"));
    EXPECT_TRUE(has(never, R"("code":"MAPPING_UNKNOWN_NODE","path":"/ping/text","line":1)"));
    const auto now = by("@4");
    EXPECT_TRUE(has(now, R"("same":1,"differs":0,"refused":0,"accepted":1)"));
    EXPECT_TRUE(has(now, R"("messageId":"PING-THUA")"));
    EXPECT_TRUE(has(now, R"("refusal":")" + refusal.at("refusal/refusalId")));

    // Which messages, told in three ways.
    EXPECT_TRUE(has(by("@2", {"--agency", kCommittee}), R"("differs":0)"));
    EXPECT_TRUE(has(by("@2", {"--to", "2020-01-01"}), R"("differs":0)"));
    EXPECT_TRUE(has(by("@2", {"--from", "2020-01-01"}), R"("differs":1)"));
    EXPECT_TRUE(has(by("@2", {message.envelope.id}), R"("differs":1)"));
    EXPECT_TRUE(has(by("@2", {"PING-OTHER"}), R"("differs":0)"));
    EXPECT_TRUE(by("@9").starts_with("3 "));
    // Without the files by which it was read nobody knows what differs.
    const auto file = mappings_ / "case-model-json" / "ping" / "mapping.xml";
    writeFile(file, readFile(file) + "<!-- khác -->\n");
    EXPECT_TRUE(has(by("@2"), R"("incomparable":1)"));
}

// What an act says in its case is its author's to correct: applying records how it reads now.
TEST_F(Reprocess, ApplyingIsRecordedInTheCaseOnce) {
    auto parts = readFile(mappings_ / "case-model-json" / "parts.xml");
    const std::string field = "<field theirs=\"courtName\" ours=\"courtName\"/>";
    ASSERT_NE(parts.find(field), std::string::npos);
    for (auto at = parts.find(field); at != std::string::npos; at = parts.find(field))
        parts.replace(at, field.size(), "<ignore theirs=\"courtName\" why=\"thử\"/>");
    writeFile(mappings_ / "case-model-json" / "parts-2.xml", parts);
    version("judgment-transfer", "2", "../parts.xml", "../parts-2.xml");
    start();
    const auto sent = agencies_->court.send(transferOf("15/2026/HC-ST"));
    ASSERT_EQ(sent.verdict(), "accepted");
    const std::vector<std::string> asked{"--mapping", "case-model-json/judgment-transfer@2"};
    const auto shown = reprocessed(asked);
    EXPECT_TRUE(has(shown, R"([{"path":"/judgmentTransfer/ruling/courtName","was":"Tòa án)"));
    EXPECT_TRUE(has(shown, R"("case":")" + sent.at("receipt/caseId")));
    const auto acts = [this] {
        std::string found;
        EXPECT_EQ(world_.command({"messages", "find", "--type", "OperatorAct", "--json"}, &found),
                  0);
        return found;
    };
    const auto before = acts();
    EXPECT_FALSE(has(before, sent.at("receipt/caseId")));

    auto apply = asked;
    apply.insert(apply.end(),
                 {"--apply", "--socket", (world_.folder() / "operator.sock").string()});
    EXPECT_TRUE(reprocessed(apply).starts_with("2 ")) << "an act of an operator has a reason";
    apply.insert(apply.end(), {"--reason", "sai tên tòa án"});
    const auto applied = reprocessed(apply);
    EXPECT_TRUE(applied.starts_with("0 ")) << applied;
    EXPECT_TRUE(has(applied, R"("act":"act-)"));
    EXPECT_TRUE(has(acts(), sent.at("receipt/caseId")));
    EXPECT_EQ(world_.rebuild(), "clean");
    const auto again = reprocessed(apply);
    EXPECT_TRUE(again.starts_with("1 ")) << again;
    EXPECT_TRUE(has(again, "recorded before"));
    // The case goes on as it was.
    EXPECT_EQ(agencies_->enforcement.send(registrationOf("15/2026/HC-ST", "7")).verdict(),
              "accepted");
}

}  // namespace
}  // namespace gateway::scenario
