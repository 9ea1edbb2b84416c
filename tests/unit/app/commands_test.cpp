// What the commands that need no gateway print, for people and for scripts.

#include "gateway/app/settings/commands.h"

#include <gtest/gtest.h>

#include <fstream>

#include "gateway/app/process/known_store.h"
#include "gateway/app/settings/failure.h"
#include "gateway/document/json.h"
#include "gateway/trust/signer.h"
#include "tests/scenario/support/reply.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/app/office.h"

namespace gateway::app {
namespace {

const std::string kPing = THAHC_SOURCE_DIR "/mappings/case-model-json/ping/";

struct Printed {
    int code = 0;
    std::string text;
    [[nodiscard]] document::Node json() const {
        auto tree = document::readJson(text);
        EXPECT_TRUE(tree) << text;
        return tree ? std::move(tree->root) : document::objectNode();
    }
    [[nodiscard]] std::string at(std::string_view path) const {
        return scenario::valueAt(json(), path);
    }
    [[nodiscard]] bool says(const std::string& part) const {
        return text.find(part) != std::string::npos;
    }
};

Printed run(int (*command)(const Words&), const Words& words) {
    testing::internal::CaptureStdout();
    Printed printed;
    try {
        printed.code = command(words);
    } catch (const CommandFailure& failure) {
        printed.code = failure.code();
        static_cast<void>(testing::internal::GetCapturedStdout());
        printed.text = failure.what();
        return printed;
    }
    printed.text = testing::internal::GetCapturedStdout();
    return printed;
}

const std::string kLaw = THAHC_SOURCE_DIR "/mappings";
const std::string kLife = THAHC_SOURCE_DIR "/tests/unit/app/lives/tu-nguyen-trong-tet.json";

TEST(TryLife, PlaysForPeopleAndForPrograms) {
    const auto told = run(tryLifeCommand, {kLife, "--mappings", kLaw, "--json"});
    EXPECT_EQ(told.code, kExitOk);
    EXPECT_EQ(told.at("steps/0/verdict"), "accepted");
    EXPECT_EQ(told.at("state/obligations/0/stage"), "COMPLETED");
    const auto people = run(tryLifeCommand, {kLife, "--mappings", kLaw});
    EXPECT_TRUE(people.says("2024-02-15  CompletionReport  accepted  [1 COMPLETED]\n"));
    EXPECT_TRUE(people.says("hết ngày 15/02/2024")) << people.text;
    // What comes after the day is left out, and the clock runs until it.
    const auto cut = run(tryLifeCommand, {kLife, "--mappings", kLaw, "--as-of", "2024-02-10"});
    EXPECT_FALSE(cut.says("CompletionReport")) << cut.text;
    EXPECT_TRUE(cut.says("2024-02-01  clock")) << cut.text;
}

TEST(TryLife, SaysWhatIsWrong) {
    EXPECT_EQ(run(tryLifeCommand, {"--mappings", kLaw}).code, kExitUsage);
    const auto nowhere = run(tryLifeCommand, {kLife, "--mappings", "/nowhere"});
    EXPECT_EQ(nowhere.code, kExitBadData);
    EXPECT_TRUE(nowhere.says("--mappings")) << nowhere.text;
    const auto day = run(tryLifeCommand, {kLife, "--mappings", kLaw, "--as-of", "soon"});
    EXPECT_EQ(day.code, kExitBadData);
    EXPECT_TRUE(day.says("\"soon\" is no day")) << day.text;
    support::TemporaryFolder folder;
    const auto file = (folder.path() / "case.json").string();
    const auto saying = [&](const std::string& acts) {
        std::ifstream stream(kLife);
        std::string text{std::istreambuf_iterator<char>(stream), {}};
        text.replace(text.find("\"acts\":"), 7, "\"acts\": " + acts + ", \"others\":");
        std::ofstream(file) << text;
        return run(tryLifeCommand, {file, "--mappings", kLaw});
    };
    const std::string ping = R"({"on":"2024-01-10","sender":"thads","type":"X"})";
    EXPECT_TRUE(saying(R"([{"on":"2024-01-10","sender":"king","type":"X"}])").says("no role"));
    EXPECT_TRUE(saying(R"([{"on":"2024-01-10","sender":"thads"}])").says("\"type\" is missing"));
    const auto earlier =
        saying("[" + ping + R"(,{"on":"2024-01-09","sender":"thads","type":"X"}])");
    EXPECT_TRUE(earlier.says("/acts/1/on (line ")) << earlier.text;
    EXPECT_TRUE(earlier.says("it is before the act that stands above it")) << earlier.text;
    EXPECT_TRUE(saying("[" + ping + "]").says("UNKNOWN_ACT"));
}

TEST(Law, PrintsAPageOrASchema) {
    EXPECT_TRUE(run(lawCommand, {"--mappings", kLaw}).says("### Quyết định buộc thi hành án"));
    const auto json =
        run(lawCommand, {"--schema", "json", "--act", "CompelOrder", "--mappings", kLaw});
    EXPECT_EQ(json.at("oneOf/0/required/0"), "compelOrder");
    EXPECT_FALSE(json.says("completionReport"));
    EXPECT_TRUE(run(lawCommand, {"--schema=xsd", "--mappings", kLaw}).says("name=\"Message\""));
    for (const auto& [words, told] :
         {std::pair{Words{"--schema", "rng"}, "json or xsd"},
          {Words{"--act", "X"}, "goes with"},
          {Words{"--schema", "json", "--act", "X", "--mappings", kLaw}, "there is no act X"}}) {
        const auto printed = run(lawCommand, words);
        EXPECT_EQ(printed.code, kExitUsage);
        EXPECT_TRUE(printed.says(told)) << printed.text;
    }
}

TEST(CheckMapping, SaysThatItIsGood) {
    const auto good = run(checkMappingCommand, {kPing + "mapping.xml"});
    EXPECT_EQ(good.code, kExitOk);
    EXPECT_EQ(good.text, "case-model-json/ping version 1 is good\n");
    const auto told = run(checkMappingCommand, {kPing + "mapping.xml", "--json"});
    EXPECT_TRUE(
        told.says("{\"accepted\":true,\"mapping\":\"case-model-json/ping\","
                  "\"version\":\"1\",\"problems\":[],\"losses\":[{\"rule\":\"field theirs"))
        << told.text;
    EXPECT_TRUE(told.says("\"loses\":\"zone\"}")) << told.text;
    EXPECT_EQ(run(checkMappingCommand, {}).code, kExitUsage);
    EXPECT_EQ(run(checkMappingCommand, {"a", "b"}).code, kExitBadData);
}

// Several at once, and folders of them: each is judged, whatever is wrong with another.
TEST(CheckMapping, JudgesEachOfSeveral) {
    const std::string mappings = THAHC_SOURCE_DIR "/mappings";
    const auto good = run(checkMappingCommand, {mappings + "/court-xml", kPing + "mapping.xml"});
    EXPECT_EQ(good.code, kExitOk) << good.text;
    EXPECT_TRUE(good.says("/court-xml/ruling/mapping.xml  court-xml/ruling@1\n"));
    EXPECT_TRUE(good.says("/ping/mapping.xml  case-model-json/ping@1\n"));
    EXPECT_FALSE(good.says("BAD"));

    const support::TemporaryFolder folder;
    const auto write = [&folder](const std::string& name, const std::string& body) {
        std::filesystem::create_directories(folder.path() / name);
        scenario::writeFile(folder.path() / name / "mapping.xml",
                            R"(<mapping xmlns="urn:thahc:mapping:1" id="a/)" + name +
                                R"(" version="1" message="Ping" theirs="json" direction="in">
        <accept when="exists ma"/><body><constant ours="envelope/type" value="Ping"/>)" +
                                body + "</body></mapping>");
    };
    write("less", R"(<field theirs="luc" ours="envelope/created" as="moment"/>)");
    Words words{folder.path().string(), "--mappings", mappings};
    EXPECT_EQ(run(checkMappingCommand, words).code, kExitRefused) << "one file in a folder";
    words.insert(words.begin(), kPing + "mapping.xml");
    const auto less = run(checkMappingCommand, words);
    EXPECT_EQ(less.code, kExitRefused);
    EXPECT_TRUE(less.says("No rule fills envelope/id")) << less.text;
    EXPECT_TRUE(less.says("good ")) << less.text;
    write("wrong", R"(<field theirs="x" ours="ping/no"/><field theirs="y" ours="ping/nor"/>)");
    words.emplace_back("--json");
    const auto told = run(checkMappingCommand, words);
    EXPECT_EQ(told.code, kExitBadData) << told.text;
    EXPECT_EQ(told.at("accepted"), "false");
    EXPECT_EQ(told.at("mappings/0/accepted"), "true");
    EXPECT_EQ(told.at("mappings/1/problems/0/code"), "MAPPING_REQUIRED");
    EXPECT_EQ(told.at("mappings/2/accepted"), "false");
    EXPECT_NE(told.at("mappings/2/problem").find("ping/nor"), std::string::npos) << told.text;
    words.insert(words.end(), {"--sample", kPing + "ok-full.json"});
    EXPECT_EQ(run(checkMappingCommand, words).code, kExitUsage);
    EXPECT_EQ(run(checkMappingCommand, {mappings + "/schemas"}).code, kExitBadData);
}

TEST(CheckMapping, RefusesOneThatCouldNeverMakeAMessage) {
    const support::TemporaryFolder folder;
    scenario::writeFile(folder.path() / "mapping.xml",
                        R"(<mapping xmlns="urn:thahc:mapping:1" id="a/ping" version="1"
        message="Ping" theirs="json" direction="in"><accept when="exists ma"/><body>
        <constant ours="envelope/type" value="Ping"/>
        <field theirs="luc" ours="envelope/created" as="moment"/></body></mapping>)");
    const auto told = run(checkMappingCommand, {(folder.path() / "mapping.xml").string(),
                                                "--mappings", THAHC_SOURCE_DIR "/mappings"});
    EXPECT_EQ(told.code, kExitRefused);
    EXPECT_TRUE(told.says("No rule fills envelope/id, which ours requires.")) << told.text;
}

// The view that puts local files in front of the delivered ones is gone when the command ends.
TEST(CheckMapping, NamesTheFilesOfRulesWhereTheyLie) {
    const support::TemporaryFolder local;
    std::filesystem::create_directories(local.path() / "mappings/operations");
    const auto told =
        run(checkMappingCommand, {kPing + "mapping.xml", "--json", "--sample",
                                  kPing + "ok-full.json", "--local", local.path().string()});
    EXPECT_EQ(told.code, kExitOk) << told.text;
    EXPECT_TRUE(told.says(THAHC_SOURCE_DIR "/mappings/")) << told.text;
    EXPECT_FALSE(told.says("/thahc-data")) << told.text;
}

TEST(CheckMapping, TellsWhatBecomesOfASample) {
    const Words words{kPing + "mapping.xml", "--sample", kPing + "ok-full.json"};
    const auto good = run(checkMappingCommand, words);
    EXPECT_EQ(good.code, kExitOk);
    EXPECT_EQ(good.text.substr(0, 9), "accepted\n");
    for (const char* part : {"\"text\": \"kiểm tra kết nối\"", "  used\t", "ping/text (line 11)\n"})
        EXPECT_TRUE(good.says(part)) << part << " in " << good.text;
    auto json = words;
    json.emplace_back("--json");
    const auto told = run(checkMappingCommand, json);
    EXPECT_EQ(told.at("accepted"), "true");
    EXPECT_EQ(told.at("ours/ping/text"), "kiểm tra kết nối");
    EXPECT_EQ(told.at("ours/envelope/from"), "H21.X1");
    bool seen = false;
    const auto verdict = told.json();
    for (const auto& fate : verdict.child("report")->children)
        if (fate.child("path")->value.ends_with("ping/text")) {
            seen = true;
            EXPECT_EQ(fate.child("use")->value, "used");
            EXPECT_EQ(fate.child("line")->value, "11");
            EXPECT_NE(fate.child("rule"), nullptr);
        }
    EXPECT_TRUE(seen);
}

TEST(CheckMapping, TellsWhatBecomesOfASampleInXml) {
    const std::string ping = THAHC_SOURCE_DIR "/mappings/case-model-xml/ping/";
    const auto told = run(checkMappingCommand,
                          {ping + "mapping.xml", "--sample", ping + "ok-full.xml", "--json"});
    EXPECT_EQ(told.code, kExitOk) << told.text;
    EXPECT_EQ(told.at("accepted"), "true");
    EXPECT_EQ(told.at("ours/ping/text"), "kiểm tra kết nối");
}

TEST(CheckMapping, TellsWhyASampleIsRefused) {
    const Words words{kPing + "mapping.xml", "--sample", kPing + "bad-unknown.json"};
    const auto bad = run(checkMappingCommand, words);
    EXPECT_EQ(bad.code, kExitRefused);
    EXPECT_EQ(bad.text.substr(0, 8), "refused\n");
    EXPECT_TRUE(bad.says("  line 12  MAPPING_UNKNOWN_NODE\n    ")) << bad.text;
    const support::TemporaryFolder folder;
    const auto judged = [&](const char* name, const std::string& bytes) {
        const auto file = folder.path() / name;
        scenario::writeFile(file, bytes);
        return run(checkMappingCommand,
                   {kPing + "mapping.xml", "--sample", file.string(), "--json"});
    };
    const auto broken = judged("a.json", "{\n,}");
    EXPECT_EQ(broken.code, kExitRefused);
    EXPECT_EQ(broken.at("accepted"), "false");
    EXPECT_EQ(broken.at("problems/0/code"), "SYNTAX_JSON");
    EXPECT_EQ(broken.at("problems/0/line"), "2");
    const auto other = judged("b.json", "{\"envelope\":{\"type\":\"Pong\"}}");
    EXPECT_EQ(other.code, kExitRefused);
    EXPECT_EQ(other.at("problems/0/code"), "MAPPING_NO_FORMAT");
    for (const char* member : {"en", "vi"})
        EXPECT_NE(other.at(std::string("problems/0/") + member), "") << member;
}

class Verify : public testing::Test {
  protected:
    Verify() {
        office_.world().issue("seal", trust::DemoKind::Seal);
        signer_ = trust::loadSigner(office_.world().key("seal"), pem());
        const trust::Seal seal(*signer_);
        put("xml", seal.xml("<a>x</a>"));
        put("jws", seal.jws("{\"a\":1}", "test"));
        put("plain", "nothing signed");
        put("forged", seal.xml("<a>x</a>").replace(3, 1, "y"));
    }
    [[nodiscard]] std::string pem() { return office_.world().certificate("seal"); }
    [[nodiscard]] std::string file(const std::string& name) {
        return office_.world().folder() / name;
    }
    void put(const std::string& name, const std::string& bytes) {
        scenario::writeFile(file(name), bytes);
    }
    Printed verify(Words words) {
        words.insert(words.end(), {"--trust", pem()});
        return run(verifyCommand, words);
    }
    Office office_;
    std::unique_ptr<trust::Signer> signer_;
};

TEST_F(Verify, TellsEachFile) {
    const auto all = verify({file("xml"), file("jws"), file("plain"), file("forged"), "--json"});
    EXPECT_EQ(all.code, kExitRefused);
    EXPECT_EQ(all.at("0/file"), file("xml"));
    EXPECT_EQ(all.at("0/good"), "true");
    EXPECT_EQ(all.at("0/form"), "xml");
    EXPECT_EQ(all.at("1/form"), "jws");
    EXPECT_EQ(all.at("1/good"), "true");
    EXPECT_EQ(all.at("1/algorithm"), "ES256");
    EXPECT_EQ(all.at("1/signer"), signer_->certificate()->subject());
    EXPECT_EQ(all.at("1/signerSha256"), signer_->certificate()->fingerprint().hex());
    EXPECT_EQ(all.at("1/bodySha256").size(), 64U);
    EXPECT_EQ(all.at("1/contentSha256").size(), 64U);
    EXPECT_EQ(all.at("2/good"), "false");
    EXPECT_EQ(all.at("2/form"), "none");
    EXPECT_EQ(all.at("3/good"), "false");
    EXPECT_NE(all.at("3/problems/0/code"), "");
    EXPECT_NE(all.at("3/problems/0/en"), "");
    EXPECT_NE(all.at("3/problems/0/vi"), "");
    EXPECT_EQ(verify({file("xml"), file("jws")}).code, kExitOk);
}

TEST_F(Verify, TellsPeople) {
    const auto good = verify({file("jws")});
    EXPECT_EQ(good.text.substr(0, 6), "GOOD  ");
    EXPECT_TRUE(good.says("\n      algorithm: ES256\n")) << good.text;
    const auto bad = verify({file("forged")});
    EXPECT_EQ(bad.text.substr(0, 6), "BAD   ");
    EXPECT_TRUE(bad.says("\n      SIGNATURE_")) << bad.text;
}

TEST_F(Verify, OneUnreadFileHidesNoOther) {
    const auto some = verify({file("none"), file("forged"), file("xml"), "--json"});
    EXPECT_EQ(some.code, kExitBadData);
    EXPECT_EQ(some.at("0/good"), "false");
    EXPECT_EQ(some.at("0/form"), "none");
    EXPECT_NE(some.at("0/problem"), "");
    EXPECT_EQ(some.at("2/good"), "true");
    EXPECT_EQ(verify({}).code, kExitUsage);
    EXPECT_EQ(verify({file("xml"), "--time", "yesterday"}).code, kExitUsage);
    EXPECT_EQ(verify({file("xml"), "--time", "2001-01-01T00:00:00Z"}).code, kExitRefused);
    EXPECT_EQ(run(verifyCommand, {file("xml")}).code, kExitUsage);
}

TEST(DemoPki, NamesWhatItMade) {
    const support::TemporaryFolder folder;
    const std::string place = folder.path() / "p";
    const auto made = run(demoPkiCommand, {place, "a:seal", "b:channel:P-384"});
    EXPECT_EQ(made.code, kExitOk);
    EXPECT_EQ(made.text, place + "/a.pem\n" + place + "/b.pem\n");
    const auto b = trust::Certificate::decode(scenario::readFile(place + "/b.pem"));
    const auto now = base::SystemClock().now();
    EXPECT_LT(b->notBefore(), now);
    EXPECT_GT(b->notAfter(), now + std::chrono::hours(24 * 396));
    const std::string other = folder.path() / "q";
    EXPECT_EQ(run(demoPkiCommand, {other, "a:seal", "--json"}).text,
              "{\"certificates\":[\"" + other + "/a.pem\"]}\n");
    for (const char* subject : {"a", "a:", "a:crown", ":seal:", "a:seal:", "a:seal:P-1"})
        EXPECT_EQ(run(demoPkiCommand, {folder.path() / "r", subject}).code, kExitUsage) << subject;
    EXPECT_EQ(run(demoPkiCommand, {other}).code, kExitUsage);
}

class Stores : public testing::Test {
  protected:
    Stores() {
        auto& config = office_.config();
        config.storeFile = office_.world().folder() / "store.db";
        config.storeIdentity = office_.world().folder() / "store-identity";
        scenario::writeFile(settings(),
                            "gateway.id = thahc\ngateway.environment = test\n"
                            "tls.certificate = " +
                                config.tlsCertificate.string() +
                                "\ntls.key = " + config.tlsKey.string() +
                                "\ntls.clientAnchors = " + office_.world().authority().string() +
                                "\nseal.certificate = " + config.sealCertificate.string() +
                                "\nseal.key = " + config.sealKey.string() +
                                "\nstore.file = store.db\noperator.socket = o.sock\n"
                                "data.mappings = " THAHC_SOURCE_DIR
                                "/mappings\n"
                                "data.connectors = " THAHC_SOURCE_DIR
                                "/connectors\n"
                                "data.registrations = registrations\n"
                                "data.revocationLists = registrations/pki/crl\n"
                                "data.revocationAnchors = registrations/pki/ca.pem\n");
    }
    [[nodiscard]] std::string settings() { return office_.world().folder() / "gateway.properties"; }
    Printed store(Words words) {
        words.insert(words.end(), {"--config", settings()});
        return run(storeCommand, words);
    }
    std::string identity() {
        auto text = scenario::readFile(office_.config().storeIdentity);
        EXPECT_EQ(text.back(), '\n');
        text.pop_back();
        return text;
    }
    std::string fault() {
        try {
            static_cast<void>(openKnownStore(office_.config(), office_.clock()));
            return "opened";
        } catch (const store::StoreFault& found) {
            return found.what();
        }
    }
    Office office_;
};

TEST_F(Stores, AreMadeOnceAndOnPurpose) {
    EXPECT_EQ(store({}).code, kExitUsage);
    EXPECT_EQ(store({"make"}).code, kExitUsage);
    EXPECT_EQ(store({"create", "adopt"}).code, kExitUsage);
    EXPECT_NE(fault().find("there is no store"), std::string::npos);
    EXPECT_EQ(store({"adopt"}).code, kExitNotFound);
    const auto made = store({"create", "--json"});
    EXPECT_EQ(made.code, kExitOk);
    EXPECT_EQ(made.at("identity"), identity());
    EXPECT_EQ(made.at("store"), office_.config().storeFile.string());
    EXPECT_EQ(fault(), "opened");
    const auto again = store({"create"});
    EXPECT_EQ(again.code, kExitRefused);
    EXPECT_TRUE(again.says("is there already")) << again.text;
    std::filesystem::rename(office_.config().storeFile, office_.world().folder() / "moved.db");
    const auto lost = store({"create"});
    EXPECT_EQ(lost.code, kExitRefused) << "an unmounted disk is no reason for a new store";
    EXPECT_TRUE(lost.says("was made before")) << lost.text;
    std::filesystem::rename(office_.world().folder() / "moved.db", office_.config().storeFile);
    EXPECT_EQ(fault(), "opened");
}

TEST_F(Stores, AreKnownByTheirIdentity) {
    ASSERT_EQ(store({"create"}).code, kExitOk);
    const auto ours = identity();
    scenario::writeFile(office_.config().storeIdentity, ours + " \r\n\n");
    EXPECT_EQ(fault(), "opened");
    scenario::writeFile(office_.config().storeIdentity, ours + "x\n");
    EXPECT_NE(fault().find("is another store (" + ours + ") than ours (" + ours + "x"),
              std::string::npos)
        << fault();
    std::filesystem::remove(office_.config().storeIdentity);
    EXPECT_NE(fault().find("store adopt"), std::string::npos) << fault();
    const auto adopted = store({"adopt"});
    EXPECT_EQ(adopted.code, kExitOk);
    EXPECT_EQ(adopted.text, office_.config().storeFile.string() + ": store " + ours + "\n");
    EXPECT_EQ(fault(), "opened");
}

TEST_F(Stores, CheckConfigTellsSettingsAndProblems) {
    const auto check = [&](Words words) {
        words.insert(words.end(), {"--config", settings()});
        return run(checkConfigCommand, words);
    };
    const auto good = check({"--set", "log.level=debug"});
    EXPECT_EQ(good.code, kExitOk) << good.text;
    EXPECT_TRUE(good.text.ends_with("\ngood\n")) << good.text;
    EXPECT_TRUE(good.says("\nlog.level = debug    # command line\n")) << good.text;
    EXPECT_TRUE(good.says("\nstore.file = store.db    # " + settings() + "\n"));
    EXPECT_TRUE(good.says("\nlisten.port = 8443    # default\n"));
    const auto json = check({"--json"});
    EXPECT_EQ(json.at("good"), "true");
    const auto document = json.json();
    EXPECT_EQ(document.child("problem"), nullptr);
    EXPECT_NE(document.child("warnings"), nullptr);
    EXPECT_NE(document.child("settings")->child("log.level"), nullptr);
    const auto bad = check({"--set", "data.connectors=none"});
    EXPECT_EQ(bad.code, kExitBadData);
    EXPECT_TRUE(bad.says("\nBAD: ")) << bad.text;
    const auto told = check({"--json", "--set", "data.connectors=none"});
    EXPECT_EQ(told.at("good"), "false");
    EXPECT_NE(told.at("problem"), "");
    EXPECT_EQ(check({"more"}).code, kExitUsage);
    EXPECT_EQ(run(checkConfigCommand, {}).code, kExitUsage);
}

}  // namespace
}  // namespace gateway::app
