// An agency without software of its own: the client commands, and offline verification.

#include "gateway/document/json.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

struct Said {
    int code = 0;
    std::string output;
    document::Node content;
    [[nodiscard]] std::string at(const char* path) const { return valueAt(content, path); }
};

class ClientCommands : public Town {
  protected:
    // thahc-gateway client ... with everything that this agency has.
    static Said client(const std::string& agency, std::vector<std::string> words,
                       const std::string& url = {}) {
        words.insert(words.begin(), {World::binary(), "client"});
        const auto here = "https://127.0.0.1:" + std::to_string(world().port());
        for (const std::string& word :
             {std::string("--gateway"), url.empty() ? here : url, std::string("--certificate"),
              world().certificate(agency + "-channel").string(), std::string("--key"),
              world().key(agency + "-channel").string(), std::string("--ca"),
              world().authority().string(), std::string("--gateway-seal"),
              world().certificate("gateway-seal").string(), std::string("--seal-certificate"),
              world().certificate(agency + "-seal").string(), std::string("--seal-key"),
              world().key(agency + "-seal").string(), std::string("--json")})
            words.push_back(word);
        return finished(words);
    }
    static Said finished(const std::vector<std::string>& words) {
        Said said;
        said.code = run(words, &said.output);
        if (auto tree = document::readJson(said.output)) said.content = std::move(tree->root);
        return said;
    }
    static std::string file(const std::string& name, const std::string& bytes) {
        writeFile(world().folder() / name, bytes);
        return world().folder() / name;
    }
};

TEST_F(ClientCommands, SendAskFetchAcknowledgeAndVerify) {
    const auto number = newNumber();
    const auto message = court().message(transferOf(number));
    const auto receipt = (world().folder() / "receipt.xml").string();
    const auto sent =
        client(kCourt, {"send", file("ruling.xml", xmlOf(message)), "--save", receipt});
    ASSERT_EQ(sent.code, 0) << sent.output;
    EXPECT_EQ(sent.at("status"), "200");
    EXPECT_EQ(sent.at("verified"), "true");

    const auto status = client(kCourt, {"status", "--id", message.envelope.id});
    EXPECT_EQ(status.code, 0) << status.output;
    EXPECT_EQ(client(kCourt, {"status", "--id", "never-sent"}).code, 6);
    EXPECT_EQ(client(kCourt, {"ping"}).code, 0);

    const auto query = procuracy().message(questionFor(number));
    const auto answer = client(kProcuracy, {"query", file("query.json", jsonOf(query))});
    EXPECT_EQ(answer.code, 0) << answer.output;
    EXPECT_NE(answer.output.find(number), std::string::npos);

    const auto folder = (world().folder() / "taken").string();
    const auto taken =
        client(kEnforcement, {"mailbox", "--take", folder, "--acknowledge", "--to", kAddress});
    EXPECT_EQ(taken.code, 0) << taken.output;
    EXPECT_FALSE(std::filesystem::is_empty(folder));
    EXPECT_TRUE(enforcement().mailbox().children.empty());

    // The receipt speaks for itself, years later and far from the gateway.
    const std::string seal = world().certificate("gateway-seal");
    EXPECT_EQ(finished({World::binary(), "verify", receipt, "--trust", seal}).code, 0);
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        EXPECT_EQ(finished({World::binary(), "verify", entry.path(), "--trust", seal}).code, 0);
    auto forged = readFile(receipt);
    forged[forged.find(kCourt)] = 'X';
    EXPECT_EQ(
        finished({World::binary(), "verify", file("forged.xml", forged), "--trust", seal}).code, 1);
}

TEST_F(ClientCommands, ExitCodesTellTheClassOfTheOutcome) {
    auto wrong = court().message(transferOf(newNumber()));
    wrong.envelope.to = "thahc/other";
    const auto name = file("wrong.json", jsonOf(wrong));
    const auto refused = client(kCourt, {"send", name});
    EXPECT_EQ(refused.code, 1) << refused.output;
    EXPECT_EQ(refused.at("verified"), "true");
    EXPECT_NE(refused.output.find("ADDRESSEE_OTHER"), std::string::npos);
    EXPECT_EQ(client(kCourt, {"send", name}, "https://127.0.0.1:1").code, 4);
    EXPECT_EQ(client(kCourt, {"send", name, "--no-such-option"}).code, 2);
    EXPECT_EQ(finished({World::binary(), "nonsense"}).code, 2);
}

TEST_F(ClientCommands, ARebuildFindsWhatWasTamperedWith) {
    ASSERT_EQ(court().send(transferOf(newNumber())).verdict(), "accepted");
    const auto good = world().folder() / "good.db";
    std::string output;
    ASSERT_EQ(world().command({"backup", good}, &output), 0) << output;
    EXPECT_EQ(finished({World::binary(), "rebuild", "--file", good}).code, 0);
    const auto tampered = [&](const std::string& name, const std::string& statement) {
        const auto copy = world().folder() / name;
        std::filesystem::copy_file(good, copy);
        EXPECT_EQ(run({"sqlite3", copy, statement}, &output), 0) << output;
        const auto said = finished({World::binary(), "rebuild", "--file", copy, "--json"});
        EXPECT_EQ(said.at("clean"), "false") << said.output;
        return said.code;
    };
    EXPECT_EQ(tampered("events.db",
                       "UPDATE message SET events = replace(events, 'Thử', 'Thật') "
                       "WHERE message_type = 'JudgmentTransfer'"),
              1);
    EXPECT_EQ(tampered("state.db", "UPDATE case_file SET stage = 'COMPLETED'"), 1);
    EXPECT_EQ(tampered("version.db", "UPDATE case_file SET version = version + 1"), 1);
    EXPECT_EQ(tampered("body.db",
                       "UPDATE message SET body_sha256 = replace(body_sha256, "
                       "substr(body_sha256, 1, 1), 'z') WHERE position = 1"),
              1);
}

}  // namespace
}  // namespace gateway::scenario
