// certs/README.md walked through: a key and request by its script, openssl as the authority.

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

namespace fs = std::filesystem;

const std::string kCerts = THAHC_SOURCE_DIR "/certs/";

class Certificates : public testing::Test {
  protected:
    void SetUp() override {
        enrolProvince(world_);
        ASSERT_TRUE(world_.start()) << world_.log();
    }
    // Where the world looks for certificates and keys by name.
    [[nodiscard]] fs::path folder() const { return world_.authority().parent_path(); }

    int request(const std::string& kind, const std::string& code, std::string* output) const {
        return run({"sh", kCerts + "request.sh", kind, code, "Tòa án \"ví dụ\" #1 $x", folder()},
                   output);
    }
    // What an authority does with a request.
    int issue(const std::string& name) const {
        std::string output;
        const int code = run({"openssl", "x509", "-req", "-in", folder() / (name + ".csr"), "-CA",
                              world_.authority(), "-CAkey", world_.key("ca"), "-days", "3",
                              "-copy_extensions", "copyall", "-out", world_.certificate(name)},
                             &output);
        if (code != 0) ADD_FAILURE() << output;
        return code;
    }
    [[nodiscard]] std::string shown(const std::string& name) const {
        std::string output;
        EXPECT_EQ(run({"sh", kCerts + "show.sh", world_.certificate(name)}, &output), 0) << output;
        return output;
    }
    World world_;
};

std::string line(const std::string& text, const std::string& label) {
    const auto at = text.find(label);
    if (at == std::string::npos) return {};
    const auto from = text.find_first_not_of(' ', at + label.size());
    return text.substr(from, text.find('\n', from) - from);
}

TEST_F(Certificates, FromRequestToRevocation) {
    std::string output;
    ASSERT_EQ(request("seal", "TA.NEW", &output), 0) << output;
    ASSERT_EQ(request("channel", "TA.NEW", &output), 0) << output;
    ASSERT_EQ(issue("TA.NEW-seal"), 0);
    ASSERT_EQ(issue("TA.NEW-channel"), 0);
    const auto seal = shown("TA.NEW-seal");
    const auto fingerprint = line(seal, "sha256:");
    EXPECT_EQ(fingerprint, world_.load(world_.certificate("TA.NEW-seal"))->fingerprint().hex());
    EXPECT_EQ(line(seal, "curve:"), "prime256v1");
    EXPECT_EQ(line(seal, "usage:"), "Digital Signature, Non Repudiation");
    EXPECT_NE(seal.find("O=Tòa án \\\"ví dụ\\\" #1 $x"), std::string::npos) << seal;
    EXPECT_NE(line(shown("TA.NEW-channel"), "usage:").find("TLS Web Client Authentication"),
              std::string::npos);

    const Agency court(world_, kCourt, "TA.NEW-channel", "TA.NEW-seal");
    expectTransport(court.get("/v1/whoami"), 403, "CHANNEL_UNKNOWN");
    ASSERT_EQ(world_.command({"agency", "add-channel", "--agency", kCourt, "--id", "ch-new",
                              "--certificate", world_.certificate("TA.NEW-channel")},
                             &output),
              0)
        << output;
    EXPECT_EQ(court.send(model::Ping{"trước"}).code(), "SIGNER_UNKNOWN");
    ASSERT_EQ(world_.command({"agency", "add-signer", "--agency", kCourt, "--certificate",
                              world_.certificate("TA.NEW-seal")},
                             &output),
              0)
        << output;
    EXPECT_EQ(court.send(model::Ping{"sau"}).verdict(), "accepted");
    ASSERT_EQ(world_.command({"agency", "list", "--json"}, &output), 0);
    EXPECT_NE(output.find(fingerprint), std::string::npos) << output;
    ASSERT_EQ(
        world_.command({"agency", "revoke", "--agency", kCourt, "--sha256", fingerprint}, &output),
        0)
        << output;
    EXPECT_EQ(court.send(model::Ping{"mất"}).code(), "SIGNER_REVOKED");
}

TEST_F(Certificates, KeysStayWithTheirOwner) {
    std::string output;
    ASSERT_EQ(request("seal", "TA.NEW", &output), 0) << output;
    const auto permissions = fs::status(world_.key("TA.NEW-seal")).permissions();
    EXPECT_EQ(permissions, fs::perms::owner_read | fs::perms::owner_write);
    const auto key = readFile(world_.key("TA.NEW-seal"));
    EXPECT_EQ(request("seal", "TA.NEW", &output), 1) << "a second request must not replace the key";
    EXPECT_EQ(readFile(world_.key("TA.NEW-seal")), key);
    EXPECT_EQ(request("crown", "TA.NEW", &output), 2);
    EXPECT_EQ(request("seal", "../TA.NEW", &output), 2);
}

// What our sandbox's authority gives: the kind that was asked for, whatever the request says of
// itself.
TEST_F(Certificates, ASandboxIssuesNamesAndKeysOnly) {
    std::string output;
    const auto ca = folder() / "sandbox";
    const auto sandbox = [&](const std::string& kind, const fs::path& request) {
        return run({"sh", kCerts + "sandbox.sh", kind, request, ca}, &output);
    };
    ASSERT_EQ(request("channel", "TA.NEW", &output), 0) << output;
    ASSERT_EQ(sandbox("channel", folder() / "TA.NEW-channel.csr"), 0) << output;
    writeFile(world_.certificate("TA.NEW-channel"), output);
    EXPECT_NE(line(shown("TA.NEW-channel"), "usage:").find("TLS Web Client Authentication"),
              std::string::npos);
    // One that would be an authority's.
    const auto greedy = folder() / "greedy.csr";
    ASSERT_EQ(run({"openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                   "-nodes", "-keyout", folder() / "greedy.key", "-subj", "/CN=TA.GREEDY",
                   "-addext", "basicConstraints=critical,CA:TRUE", "-addext",
                   "keyUsage=keyCertSign", "-out", greedy},
                  &output),
              0)
        << output;
    ASSERT_EQ(sandbox("seal", greedy), 0) << output;
    writeFile(world_.certificate("greedy"), output);
    ASSERT_EQ(
        run({"openssl", "x509", "-in", world_.certificate("greedy"), "-noout", "-text"}, &output),
        0);
    EXPECT_EQ(output.find("CA:TRUE"), std::string::npos) << output;
    EXPECT_EQ(output.find("Certificate Sign"), std::string::npos) << output;
    EXPECT_EQ(run({"openssl", "verify", "-CAfile", ca / "sandbox-ca.pem",
                   world_.certificate("TA.NEW-channel"), world_.certificate("greedy")},
                  &output),
              0)
        << output;
    EXPECT_EQ(sandbox("seal", world_.certificate("greedy")), 1) << "no request";
    EXPECT_EQ(sandbox("crown", greedy), 2);
}

// The door's own certificate, made the same way, carries a running gateway.
TEST_F(Certificates, ADoorOfItsOwn) {
    std::string output;
    ASSERT_EQ(request("door", "127.0.0.1", &output), 0) << output;
    ASSERT_EQ(issue("127.0.0.1-door"), 0);
    world_.set("tls.certificate", world_.certificate("127.0.0.1-door"));
    world_.set("tls.key", world_.key("127.0.0.1-door"));
    ASSERT_EQ(world_.stop(), 0);
    ASSERT_TRUE(world_.start()) << world_.log();
    const Agency court(world_, kCourt);
    EXPECT_EQ(court.send(model::Ping{"cửa mới"}).verdict(), "accepted");
}

}  // namespace
}  // namespace gateway::scenario
