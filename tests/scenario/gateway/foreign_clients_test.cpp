// Stock HTTP clients of others at the real process: what they make of our door.

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

const std::string kClients = THAHC_SOURCE_DIR "/tests/interop/clients/";
const std::string kLength = "21000000";

class ForeignClients : public Town {
  protected:
    static std::string channel(const char* what) {
        const auto name = court().code() + "-channel";
        return what == std::string("key") ? world().key(name) : world().certificate(name);
    }
};

// A client that is told 413 while it still sends must not lose the answer to a reset connection.
TEST_F(ForeignClients, ReadWhyALargeBodyIsRefused) {
    const auto store = world().folder() / "channel.p12";
    ASSERT_EQ(run({"openssl", "pkcs12", "-export", "-in", channel("certificate"), "-inkey",
                   channel("key"), "-out", store, "-passout", "pass:changeit"}),
              0);
    const auto port = std::to_string(world().port());
    std::string java, python, node;
    run({"java", "-XX:TieredStopAtLevel=1", kClients + "LargeBody.java",
         "https://localhost:" + port, store, world().authority(), kLength},
        &java);
    EXPECT_EQ(java,
              "HttpURLConnection: 413 HTTP_BODY_TOO_LARGE\nstreaming: 413 HTTP_BODY_TOO_LARGE\n"
              "HttpClient: 413 HTTP_BODY_TOO_LARGE\n");
    run({"python3", kClients + "large_body.py", port, channel("certificate"), channel("key"),
         world().authority(), kLength},
        &python);
    EXPECT_EQ(python, "http.client: 413 HTTP_BODY_TOO_LARGE\n");
    run({"node", kClients + "large_body.mjs", port, channel("certificate"), channel("key"),
         world().authority(), kLength},
        &node);
    EXPECT_EQ(node, "node:https: 413 HTTP_BODY_TOO_LARGE\n");
}

}  // namespace
}  // namespace gateway::scenario
