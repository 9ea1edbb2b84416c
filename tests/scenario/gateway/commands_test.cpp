// What scripts rely on: for every command its exit code, and exactly one JSON document with the
// members that docs/cli.md names, whatever the outcome.

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/scenario/support/push_partner.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

using Words = std::vector<std::string>;

struct Case {
    Words words;
    int code = 0;
    std::vector<std::string> members;  ///< paths that must be there
    std::string path, value;           ///< and one that must have this value
};

class Commands : public Town {
  protected:
    // Runs with --json and without standard error; what it printed as one document.
    static document::Node expect(const Case& wanted) {
        Words words{"sh", "-c", "exec \"$@\" 2>/dev/null", "sh", World::binary()};
        words.insert(words.end(), wanted.words.begin(), wanted.words.end());
        words.emplace_back("--json");
        std::string said, output;
        for (const auto& word : wanted.words) said += word + " ";
        EXPECT_EQ(run(words, &output), wanted.code) << said << output;
        auto tree = document::readJson(output);
        EXPECT_TRUE(tree.ok()) << said << "printed no single document: " << output;
        if (!tree) return document::objectNode();
        for (const auto& member : wanted.members)
            EXPECT_TRUE(nodeAt(tree->root, member)) << said << member << " in " << output;
        if (!wanted.path.empty()) {
            EXPECT_EQ(valueAt(tree->root, wanted.path), wanted.value) << said << output;
        }
        return std::move(tree->root);
    }
    static void expectAll(const std::vector<Case>& cases) {
        for (const auto& one : cases) expect(one);
    }
    static std::string file(const std::string& name, const std::string& bytes) {
        writeFile(world().folder() / name, bytes);
        return place(name);
    }
    static std::string place(const std::string& name) { return world().folder() / name; }
    static std::string settings() { return place("gateway.properties"); }
    static Words joined(Words words, const Words& more) {
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    static Words client(const std::string& agency, Words words, std::uint16_t port = 0,
                        const std::string& channel = {}) {
        const auto name = channel.empty() ? agency + "-channel" : channel;
        words.insert(words.begin(), "client");
        return joined(
            words,
            {"--gateway", "https://127.0.0.1:" + std::to_string(port == 0 ? world().port() : port),
             "--certificate", world().certificate(name), "--key", world().key(name), "--ca",
             world().authority(), "--gateway-seal", world().certificate("gateway-seal"),
             "--seal-certificate", world().certificate(agency + "-seal"), "--seal-key",
             world().key(agency + "-seal")});
    }
    static Words toSocket(Words words) {
        return joined(std::move(words), {"--socket", place("operator.sock")});
    }
};

const std::string kPing = THAHC_SOURCE_DIR "/mappings/case-model-json/ping/";

TEST_F(Commands, WrongUseIsTwoEverywhere) {
    const std::vector<Words> wrong{
        {"nonsense"},
        {"check-config"},
        {"check-config", "--config", settings(), "--what"},
        {"check-mapping"},
        {"verify"},
        {"verify", settings()},
        {"verify", settings(), "--trust", world().authority(), "--time", "yesterday"},
        {"demo-pki", place("p")},
        {"demo-pki", place("p"), "name:crown"},
        {"demo-pki", place("p"), "name:seal", "--what"},
        {"client"},
        {"client", "wave"},
        {"client", "ping"},
        {"agency"},
        {"agency", "wave", "--agency", kCourt},
        {"messages"},
        {"messages", "find", "--verdict", "perhaps", "--socket", place("operator.sock")},
        {"messages", "find", "--case", "x", "--verdict", "refused", "--socket", place("s")},
        {"messages", "find", "--code", "x", "--verdict", "parked", "--socket", place("s")},
        {"audit", "writes"},
        {"status"},
        {"resend", "--reason", "x"},
        {"backup", "--socket", place("operator.sock")},
        client(kCourt, {"mailbox", "--acknowledge", "--to", kAddress}),
        client(kCourt, {"mailbox", "--take", place("t"), "--refuse", "x"}),
        client(kCourt, {"mailbox", "--take", place("t"), "--acknowledge"})};
    for (const auto& words : wrong) expect({words, 2, {"problem"}, "", ""});
    // It prints no result, so it has no --json.
    for (const Words& words :
         {Words{"serve"}, Words{"serve", "--config"}, Words{"serve", "--no-such-option"},
          Words{"serve", "--config", settings(), "more"},
          Words{"serve", "--config", settings(), "--config", settings()}})
        EXPECT_EQ(run(joined({World::binary()}, words)), 2) << words.back();
}

TEST_F(Commands, ServeAndCheckConfigJudgeAlike) {
    const auto good = expect({{"check-config", "--config", settings(), "--set", "log.level=debug",
                               "--set", "dispatch.workers=3"},
                              0,
                              {"settings"},
                              "good",
                              "true"});
    const auto* list = good.child("settings");
    ASSERT_TRUE(list);
    for (const char* name : {"log.level", "dispatch.workers"}) {
        ASSERT_TRUE(list->child(name)) << name;
        EXPECT_EQ(list->child(name)->child("origin")->value, "command line");
    }
    const auto garbage = file("garbage.pem", "no certificate");
    ASSERT_EQ(
        run({World::binary(), "store", "create", "--config", settings(), "--set",
             "store.file=" + place("other.db"), "--set", "store.identity=" + place("other.id")}),
        0);
    for (const std::string& bad :
         {std::string("no.such=1"), std::string("listen.port=many"),
          std::string("seal.others=/no/such/folder"), std::string("push.key="),
          "seal.key=" + garbage, "data.revocationAnchors=" + garbage,
          "data.mappings=" + world().folder().string(), std::string("operator.group=no-such-group"),
          "operator.socket=/" + std::string(100, 'x')}) {
        SCOPED_TRACE(bad);
        expect({{"check-config", "--config", settings(), "--set", bad},
                3,
                {"problem"},
                "good",
                "false"});
        std::string log;
        EXPECT_EQ(
            run({World::binary(), "serve", "--config", settings(), "--set",
                 "store.file=" + place("other.db"), "--set", "store.identity=" + place("other.id"),
                 "--set", "operator.socket=" + place("other.sock"), "--set", bad},
                &log),
            3)
            << log;
        EXPECT_NE(log.find("\"level\":\"error\",\"event\":\"gateway.bad_config\""),
                  std::string::npos)
            << log;
    }
    expect({{"check-config", "--config", place("none")}, 3, {"problem"}, "good", "false"});
}

TEST_F(Commands, ABundleOfRevocationAnchors) {
    expect({{"demo-pki", place("elsewhere"), "x:seal"}, 0, {"certificates/0"}, "", ""});
    const auto bundle =
        file("bundle.pem", readFile(place("elsewhere/ca.pem")) + readFile(world().authority()));
    expect({{"check-config", "--config", settings(), "--set", "data.revocationAnchors=" + bundle,
             "--set", "tls.clientAnchors=" + bundle},
            0,
            {},
            "good",
            "true"});
    // The list in service is by the second of the two: without it, it has no issuer.
    expect({{"check-config", "--config", settings(), "--set",
             "data.revocationAnchors=" + place("elsewhere/ca.pem")},
            3,
            {"problem"},
            "good",
            "false"});
}

TEST_F(Commands, Mappings) {
    const auto mapping = kPing + "mapping.xml";
    const std::string root = THAHC_SOURCE_DIR "/mappings";
    const auto outside = file("outside.xml", readFile(mapping));
    const auto broken = file("broken.xml", "<mapping");
    expectAll({
        {{"check-mapping", mapping}, 0, {"mapping", "version", "problems"}, "accepted", "true"},
        {{"check-mapping", mapping, "--sample", kPing + "ok-full.json"},
         0,
         {"ours", "report/0/path", "report/0/line", "report/0/use", "problems"},
         "accepted",
         "true"},
        {{"check-mapping", mapping, "--sample", kPing + "bad-unknown.json"},
         1,
         {"problems/0/code", "problems/0/path", "problems/0/line", "problems/0/en",
          "problems/0/vi"},
         "accepted",
         "false"},
        {{"check-mapping", mapping, "--mappings", root + "/"}, 0, {}, "accepted", "true"},
        {{"check-mapping", outside}, 3, {"problem", "problems"}, "accepted", "false"},
        {{"check-mapping", broken, "--mappings", root}, 3, {"problem"}, "accepted", "false"},
        {{"check-mapping", place("none")}, 3, {"problem"}, "accepted", "false"},
        {{"check-mapping", mapping, "--sample", place("none")},
         3,
         {"problem"},
         "accepted",
         "false"},
    });
}

TEST_F(Commands, Verification) {
    const auto signedFile = file("signed.jose", court().json(court().message(model::Ping{})).body);
    auto text = readFile(signedFile);
    text[text.size() - 9] = text[text.size() - 9] == 'A' ? 'B' : 'A';
    const auto forged = file("forged.jose", text);
    const std::string body = "{\"any\":\"bytes\"}";
    const auto header = [] {
        auto node = document::objectNode();
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
            base::SystemClock().now().time_since_epoch());
        for (const auto& [name, value] : std::map<std::string, std::string>{
                 {"aud", kAddress}, {"typ", "Ping"}, {"jti", "p-1"}, {"cty", "application/json"}})
            node.children.push_back(document::stringNode(name, value));
        node.children.push_back(document::numberNode("iat", std::to_string(seconds.count())));
        return node;
    }();
    const auto bodyFile = file("detached.json", body);
    const auto headerFile = file("detached.header", court().seal().detachedJws(body, header));
    const std::string seal = world().certificate(kCourt + "-seal");
    const auto now = base::formatTimestamp(base::SystemClock().now());
    expectAll({
        {{"verify", signedFile, "--trust", seal},
         0,
         {"0/file", "0/form", "0/algorithm", "0/signer", "0/signerSha256", "0/bodySha256",
          "0/problems"},
         "0/good",
         "true"},
        {{"verify", signedFile, "--trust", seal, "--time", now}, 0, {}, "0/good", "true"},
        {{"verify", signedFile, "--trust", seal, "--time", "2001-01-01T00:00:00Z"},
         1,
         {"0/problems/0/code", "0/problems/0/en", "0/problems/0/vi"},
         "0/good",
         "false"},
        {{"verify", forged, "--trust", seal}, 1, {"0/problems/0/code"}, "0/good", "false"},
        {{"verify", bodyFile, "--trust", seal, "--signature", headerFile},
         0,
         {},
         "0/form",
         "jws-detached"},
        {{"verify", place("none"), signedFile, "--trust", seal},
         3,
         {"0/problem", "0/good", "1/signer"},
         "1/good",
         "true"},
        {{"verify", signedFile, "--trust", place("none")}, 3, {"problem"}, "good", "false"},
        {{"verify", signedFile, "--trust", settings()}, 3, {"problem"}, "good", "false"},
        {{"verify", bodyFile, "--trust", seal, "--signature", place("none")},
         3,
         {"problem"},
         "good",
         "false"},
        {{"demo-pki", place("made"), "a:seal", "b:channel:P-384"},
         0,
         {"certificates/0", "certificates/1"},
         "",
         ""},
        {{"demo-pki", place("made"), "c:seal"}, 3, {"problem"}, "", ""},
    });
}

TEST_F(Commands, AnAgencysClient) {
    const auto number = newNumber();
    const auto ruling = court().message(transferOf(number));
    const auto rulingFile = file("ruling.json", jsonOf(ruling));
    auto stray = court().message(transferOf(newNumber()));
    stray.envelope.to = "thahc/other";
    const auto strayFile = file("stray.json", jsonOf(stray));
    const auto question = file("question.json", jsonOf(procuracy().message(questionFor(number))));
    const auto ping = court().message(model::Ping{"tách"});
    const auto pingFile = file("ping.json", jsonOf(ping));
    world().issue("stranger", trust::DemoKind::Channel);
    expectAll({
        {client(kCourt, {"ping"}), 0, {"content/agencies/0/code"}, "status", "200"},
        {client(kCourt, {"send", rulingFile, "--dry-run"}),
         0,
         {"status", "verified"},
         "content/receipt/verdict",
         "would-accept"},
        {client(kCourt, {"send", rulingFile}),
         0,
         {"verified"},
         "content/receipt/verdict",
         "accepted"},
        {client(kCourt, {"status", "--id", ruling.envelope.id}),
         0,
         {"content"},
         "verified",
         "true"},
        {client(kCourt, {"status", "--id", "never-sent"}), 6, {"content/code"}, "status", "404"},
        {client(kCourt, {"send", strayFile}),
         1,
         {"verified"},
         "content/refusal/reasons/0/code",
         "ADDRESSEE_OTHER"},
        {client(kCourt, {"send", pingFile, "--detached", "--to", kAddress, "--type", "Ping", "--id",
                         ping.envelope.id, "--content-type", "application/json"}),
         0,
         {"verified"},
         "content/receipt/verdict",
         "accepted"},
        {client(kProcuracy, {"query", question}), 0, {"content"}, "verified", "true"},
        {client(kCourt, {"ping"}, 1), 4, {"problem"}, "", ""},
        {client(kCourt, {"ping"}, 0, "stranger"), 7, {"status"}, "content/code", "CHANNEL_UNKNOWN"},
        {client(kCourt, {"send", place("none")}), 3, {"problem"}, "", ""},
        {client(kCourt, {"send", rulingFile, "--save", "/no/such/folder/x"}),
         3,
         {"problem"},
         "",
         ""},
    });
}

// Told before anything is sent, with the place, in both languages; nothing goes out unsigned.
TEST_F(Commands, AnAgencysFileThatCannotBeSent) {
    const std::string xml = "<Message>\n";
    const std::string json = jsonOf(court().message(model::Ping{"x"}));
    const std::vector<std::array<std::string, 3>> wrong{
        {"no-end.xml", xml + "<A>", "line 2: SYNTAX_XML"},
        {"ampersand.xml", xml + "<A>x & y</A></Message>", "line 2: SYNTAX_XML"},
        {"doctype.xml", "<!DOCTYPE Message>\n<Message/>", "SYNTAX_DOCTYPE"},
        {"comment.xml", xml + "<A>x<!-- y -->z</A></Message>", "line 2: SYNTAX_COMMENT_IN_TEXT"},
        {"1258.xml", "<?xml version=\"1.0\" encoding=\"windows-1258\"?>\n<Message/>",
         "line 1: SYNTAX_ENCODING"},
        {"mark.json", "\xEF\xBB\xBF" + json, "line 1: SYNTAX_ENCODING"},
        {"half.json", "{\n\"a\":1,\n}", "line 3: SYNTAX_JSON"},
        {"list.json", "[" + json + "]", "unsigned"},
        {"empty.json", "", "unsigned"},
        {"letter.txt", "Kính gửi Tòa án.", "unsigned"},
        {"dots.txt", "a..b", "unsigned"},
        {"wide.xml", std::string("\xFF\xFE<\0a\0/\0>\0", 10), "unsigned"}};
    for (const auto& [name, bytes, why] : wrong) {
        // A port where nobody listens: asking there would end with 4.
        const auto node =
            expect({client(kCourt, {"send", file(name, bytes)}, 1), 3, {"problem"}, "", ""});
        const auto problem = valueAt(node, "problem");
        for (const auto& part : {place(name) + ": ", why, std::string("ề nghị")})
            EXPECT_NE(problem.find(part), std::string::npos) << part << " in " << problem;
    }
    // Signed elsewhere, it is nobody's to sign again.
    const auto sent = file("elsewhere.jose", court().json(court().message(model::Ping{"y"})).body);
    expect({client(kCourt, {"send", sent}), 0, {}, "content/receipt/verdict", "accepted"});
}

TEST_F(Commands, AnIdMayHoldWhatAQueryMayNot) {
    for (const char* id : {"X#1", "X%411", "X+1;a=b/c?d@[1]!$"}) {
        auto ping = court().message(model::Ping{"?"});
        ping.envelope.id = id;
        expectAll({{client(kCourt, {"send", file("id.json", jsonOf(ping))}),
                    0,
                    {},
                    "content/receipt/messageId",
                    id},
                   {client(kCourt, {"status", "--id", id, "--agency", kCourt}),
                    0,
                    {},
                    "content/receipt/messageId",
                    id}});
    }
}

TEST_F(Commands, AnAgencysMailbox) {
    ASSERT_EQ(court().send(transferOf(newNumber())).verdict(), "accepted");
    const Words to{"--acknowledge", "--to", kAddress};
    expectAll({
        {client(kEnforcement, {"mailbox"}), 0, {"content/items/0/item"}, "status", "200"},
        // Each word has its answer in the one document.
        {client(kEnforcement, joined({"mailbox", "--take", place("taken")}, to)),
         0,
         {"content/items", "taken/0/item", "taken/0/file", "taken/0/verified"},
         "taken/0/closed/status",
         "200"},
        {client(kProcuracy,
                joined({"mailbox", "--take", place("not")}, joined(to, {"--refuse", "nhầm nơi"}))),
         0,
         {"taken"},
         "status",
         "200"},
        {client(kEnforcement, joined({"mailbox", "--take", place("taken")}, to)),
         0,
         {"content/items", "taken"},
         "status",
         "200"},
        {client(kEnforcement, {"mailbox", "--take", settings()}), 3, {"problem"}, "", ""},
    });
}

TEST_F(Commands, WhatAClientTellsOfABadDoor) {
    world().issue("partner-tls", trust::DemoKind::Server);
    const PushPartner door(
        world(), [](const Attempt&, std::size_t number, thahc::test::OddPeer& peer) {
            if (number == 0) {
                peer.send("HTTP/1.1 200 OK\r\nContent-Len");
                peer.cut();
                return false;
            }
            const std::string code = number == 1 ? "OUTCOME_UNKNOWN" : "OVERLOADED";
            return peer.send(
                httpAnswer(503, "application/problem+json", "{\"code\":\"" + code + "\"}"));
        });
    const auto message = file("cut.json", jsonOf(court().message(model::Ping{"?"})));
    const auto send = client(kCourt, {"send", message}, door.port());
    expectAll({{send, 5, {"problem"}, "", ""},
               {send, 5, {"status"}, "content/code", "OUTCOME_UNKNOWN"},
               {send, 7, {"status"}, "content/code", "OVERLOADED"}});
}

TEST_F(Commands, OperatorsFind) {
    ASSERT_EQ(court().send(model::Ping{"?"}).verdict(), "accepted");
    expectAll({
        {toSocket({"messages", "find", "--agency", kCourt, "--limit", "1"}),
         0,
         {"messages/0/messageId", "messages/0/receipt", "messages/0/bodySha256", "refusals"},
         "messages/0/verdict",
         "accepted"},
        {toSocket({"messages", "find", "--case", "none"}), 0, {"messages"}, "", ""},
        {toSocket({"messages", "find", "--verdict", "refused"}), 0, {"refusals"}, "", ""},
        {toSocket({"messages", "find", "--digest", "none"}), 7, {"problem"}, "status", "400"},
        {toSocket({"audit", "reads", "--agency", kProcuracy}), 0, {"reads"}, "", ""},
    });
}

TEST_F(Commands, Operators) {
    world().issue("fresh-seal", trust::DemoKind::Seal);
    const auto fresh = world().load(world().certificate("fresh-seal"))->fingerprint().hex();
    const Words addSigner{"agency", "add-signer",    "--agency",
                          kCourt,   "--certificate", world().certificate("fresh-seal")};
    const auto copy = place("copies/copy.db");
    expectAll({
        {toSocket({"status"}),
         0,
         {"time", "figures/thahc_outbox_items/dead", "expiring", "revocationListsOverdue"},
         "gateway",
         kAddress},
        {toSocket({"agency", "list"}),
         0,
         {"agencies/0/agency", "agencies/0/name", "agencies/0/delivery", "agencies/0/channels/0/id",
          "agencies/0/channels/0/sha256", "agencies/0/channels/0/expires",
          "agencies/0/signers/0/sha256", "agencies/0/signers/0/subject",
          "agencies/0/signers/0/expires"},
         "",
         ""},
        {toSocket(addSigner), 0, {}, "done", "true"},
        {toSocket({"agency", "revoke", "--agency", kCourt, "--sha256", fresh}),
         0,
         {},
         "done",
         "true"},
        {toSocket({"agency", "revoke", "--agency", kCourt, "--sha256", std::string(64, '0')}),
         1,
         {"reason"},
         "done",
         "false"},
        {toSocket({"agency", "add-signer", "--agency", kCourt, "--certificate", place("none")}),
         3,
         {"problem"},
         "",
         ""},
        {toSocket({"dead-letters"}), 0, {"items"}, "", ""},
        {toSocket({"resend", "no-such-item", "--reason", "thử"}), 1, {"reason"}, "done", "false"},
        {toSocket({"resend", "no-such-item", "--reason", ""}), 7, {"problem"}, "status", "400"},
        {toSocket({"door", "refusals"}), 0, {"refusals"}, "", ""},
        {toSocket({"door", "wave"}), 2, {"problem"}, "", ""},
        {toSocket({"storage"}), 0, {"freeBytes", "agencies"}, "space", "ample"},
        {toSocket({"reload"}), 0, {}, "done", "true"},
        {toSocket({"backup", copy}), 0, {}, "done", "true"},
        {toSocket({"backup", copy}), 1, {"reason"}, "done", "false"},
        {toSocket({"rebuild"}), 0, {"messages", "cases", "parked", "differences"}, "clean", "true"},
        {{"rebuild", "--file", copy},
         0,
         {"messages", "cases", "parked", "differences"},
         "clean",
         "true"},
        {{"rebuild", "--file", place("none")}, 3, {"problem"}, "", ""},
        {{"rebuild", "--file", settings()}, 75, {"problem"}, "", ""},
    });
    const auto work = world().folder() / "work";
    std::filesystem::create_directory(work);
    EXPECT_EQ(run({"env", "TMPDIR=" + work.string(), World::binary(), "rebuild", "--file", copy}),
              0);
    EXPECT_TRUE(std::filesystem::is_empty(work)) << "personal data stay nowhere else";
    for (const Words& words :
         {Words{"status"}, Words{"agency", "list"}, Words{"dead-letters"}, Words{"reload"},
          Words{"rebuild"}, Words{"backup", copy}, Words{"resend", "x", "--reason", "y"}})
        expect({joined(words, {"--socket", place("nobody.sock")}), 4, {"problem"}, "", ""});
}

TEST_F(Commands, ATransferThatIsNoneIsNotStruck) {
    expect({toSocket({"undo-transfer", "no-such-case", "--reason", "thử"}),
            1,
            {"reason"},
            "done",
            "false"});
}

}  // namespace
}  // namespace gateway::scenario
