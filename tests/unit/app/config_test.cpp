#include "gateway/app/settings/config.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "gateway/app/client/files.h"
#include "gateway/app/settings/arguments.h"
#include "tests/support/temporary_folder.h"

namespace gateway::app {
namespace {

using Words = std::vector<std::string>;

// Set for one test, gone afterwards.
class Environment {
  public:
    Environment(std::string name, const std::string& value) : name_(std::move(name)) {
        ::setenv(name_.c_str(), value.c_str(), 1);
    }
    ~Environment() { ::unsetenv(name_.c_str()); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

  private:
    std::string name_;
};

class ConfigTest : public testing::Test {
  protected:
    std::filesystem::path write(const std::string& more = {}) {
        const auto file = folder.path() / "gateway.properties";
        std::ofstream(file) << "gateway.id = thahc\ngateway.environment = test\n"
                               "tls.certificate = tls/a.pem\ntls.key = /abs/a.key\n"
                               "tls.clientAnchors = x.pem, y.pem\n"
                               "seal.certificate = s.pem\nseal.key = s.key\n"
                               "store.file = g.db\noperator.socket = o.sock\n"
                               "data.mappings = m\ndata.connectors = c\n"
                               "data.registrations = r\n"
                            << more;
        return file;
    }
    static std::string refusal(const std::filesystem::path& file, const Words& overrides = {}) {
        try {
            static_cast<void>(configFrom(layerSettings(file, overrides), file));
            return "taken";
        } catch (const ConfigError& error) {
            return error.what();
        }
    }
    support::TemporaryFolder folder;
};

TEST_F(ConfigTest, PathsAreRelativeToTheFile) {
    const auto file = write();
    const auto config = configFrom(layerSettings(file, {}), file);
    EXPECT_EQ(config.tlsCertificate, folder.path() / "tls/a.pem");
    EXPECT_EQ(config.tlsKey, "/abs/a.key");
    EXPECT_EQ(config.tlsClientAnchors, (std::vector<std::filesystem::path>{
                                           folder.path() / "x.pem", folder.path() / "y.pem"}));
    EXPECT_EQ(config.listenPort, 8443);
    EXPECT_EQ(config.limits.commitBatch, base::Limits().commitBatch);
}

TEST_F(ConfigTest, LaterLayersWin) {
    const auto file = write("listen.port = 1000\nlimits.messageAgeSeconds = 60\n");
    EXPECT_EQ(layerSettings(file, {}).at("listen.port").origin, file.string());
    EXPECT_EQ(layerSettings(file, {}).at("log.level").origin, "default");
    const Environment port("THAHC_LISTEN_PORT", "2000");
    const Environment age("THAHC_LIMITS_MESSAGE_AGE_SECONDS", "61");
    auto settings = layerSettings(file, {});
    EXPECT_EQ(settings.at("listen.port").value, "2000");
    EXPECT_EQ(settings.at("listen.port").origin, "environment");
    EXPECT_EQ(configFrom(settings, file).limits.messageAge, std::chrono::seconds(61));
    settings = layerSettings(file, {"listen.port=3000"});
    EXPECT_EQ(settings.at("listen.port").value, "3000");
    EXPECT_EQ(settings.at("listen.port").origin, "command line");
}

TEST_F(ConfigTest, UnknownKeysAreRefusedWithTheirOrigin) {
    EXPECT_NE(refusal(write("listen.prot = 1\n")).find("listen.prot"), std::string::npos);
    const auto file = write();
    EXPECT_NE(refusal(file, {"listen.prot=1"}).find("command line"), std::string::npos);
    EXPECT_NE(refusal(file, {"listen.port"}).find("not key=value"), std::string::npos);
    const Environment typo("THAHC_LISTEN_PROT", "1");
    EXPECT_NE(refusal(file).find("THAHC_LISTEN_PROT"), std::string::npos);
}

TEST_F(ConfigTest, AProductionsClockIsNobodysToPush) {
    const auto file = write("gateway.pushedClock = clock\n");
    EXPECT_EQ(configFrom(layerSettings(file, {}), file).pushedClock, folder.path() / "clock");
    EXPECT_NE(refusal(file, {"gateway.environment=production"}).find("gateway.pushedClock"),
              std::string::npos);
    EXPECT_EQ(refusal(write(), {"gateway.environment=production"}), "taken");
}

TEST_F(ConfigTest, ValuesAreOfTheirKind) {
    const auto file = write();
    EXPECT_EQ(refusal(file), "taken");
    const char* const bad[] = {
        "listen.port=65536", "listen.port=-1",       "listen.port=8443x",      "listen.port=",
        "log.level=loud",    "limits.connections=0", "limits.connections=1e3", "gateway.id=Có dấu",
        "gateway.id=",       "dispatch.workers=65"};
    for (const char* one : bad) {
        const std::string key = std::string(one).substr(0, std::string(one).find('='));
        EXPECT_NE(refusal(file, {one}).find("setting " + key), std::string::npos) << one;
    }
    const auto empty = folder.path() / "empty.properties";
    std::ofstream(empty) << "\n";
    EXPECT_NE(refusal(empty).find("missing setting gateway.id"), std::string::npos);
    EXPECT_NE(refusal(folder.path() / "none").find("cannot read"), std::string::npos);
}

TEST(Arguments, OptionsFlagsAndTheRest) {
    const Arguments some({"--to", "x", "a", "--json", "--id=1=2", "--", "--b"}, {"to", "id"},
                         {"json"});
    EXPECT_EQ(some.get("to"), "x");
    EXPECT_EQ(some.need("id"), "1=2");
    EXPECT_TRUE(some.has("json"));
    EXPECT_EQ(some.get("none", "standard"), "standard");
    EXPECT_EQ(some.positional(), (Words{"a", "--b"}));
    EXPECT_THROW(static_cast<void>(some.need("none")), UsageError);
    for (const Words& wrong : {Words{"--to"}, Words{"--to", "1", "--to", "2"}, Words{"--what"},
                               Words{"--json=1"}, Words{"--json", "--json"}})
        EXPECT_THROW(Arguments(wrong, {"to"}, {"json"}), UsageError) << wrong.front();
}

TEST(Files, ListsAndBytes) {
    EXPECT_EQ(splitList(" a , b c,, d "), (Words{"a", "b c", "d"}));
    EXPECT_EQ(splitList(""), Words{});
    const support::TemporaryFolder folder;
    const std::string bytes("a\0b\r\n", 5);
    std::ofstream(folder.path() / "f", std::ios::binary) << bytes;
    EXPECT_EQ(readFile(folder.path() / "f"), bytes);
    EXPECT_THROW(static_cast<void>(readFile(folder.path() / "none")), InputError);
    EXPECT_THROW(static_cast<void>(readFile(folder.path())), InputError);
}

}  // namespace
}  // namespace gateway::app
