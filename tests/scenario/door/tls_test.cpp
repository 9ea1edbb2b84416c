// Who gets through the handshake, and what stays off in TLS.

#include <openssl/ssl.h>

#include <thread>
#include <vector>

#include "tests/scenario/door/door_fixture.h"

namespace thahc::test {
namespace {

using gateway::server::HandshakeRefusal;

class TlsAtTheDoor : public Door {
  protected:
    void SetUp() override {
        auto limits = shortLimits();
        limits.handshakeTimeout = limits.keepAliveTimeout = std::chrono::seconds(60);
        open(limits, [](const Request& request) {
            return Response{200, "text/plain", {}, request.peerFingerprint->hex(), false};
        });
    }

    /// Gets no answer, and is counted for `reason`.
    void refused(const ProbeSettings& settings, HandshakeRefusal reason) {
        const auto index = static_cast<std::size_t>(reason);
        const auto before = server->statistics().handshakesRefused.at(index);
        {
            TlsProbe probe(settings);
            probe.send(get("/v1/whoami"));
            EXPECT_EQ(probe.receive().status, 0);
        }
        EXPECT_EQ(ask(court(), get("/v1/whoami")).status, 200) << "others are served on";
        EXPECT_EQ(server->statistics().handshakesRefused.at(index), before + 1);
    }
};

TEST_F(TlsAtTheDoor, NeedsAClientCertificate) {
    refused(bare(), HandshakeRefusal::NoCertificate);
    EXPECT_EQ(calls, 1);
}

TEST_F(TlsAtTheDoor, TakesACertificateForAnotherAddress) {
    // The court's certificate names 192.0.2.7, and the court calls from 127.0.0.1.
    const WireResponse response = ask(court(), get("/v1/whoami"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, pki.court.fingerprintHex);
}

TEST_F(TlsAtTheDoor, RefusesCertificatesOfOthersAndOldOnes) {
    ProbeSettings settings = bare();
    settings.client = pki.outsider;
    refused(settings, HandshakeRefusal::BadCertificate);
    settings.client = pki.expired;
    refused(settings, HandshakeRefusal::BadCertificate);
    settings.client = pki.server;  // may serve and call: purpose is right
    EXPECT_EQ(ask(settings, get("/v1/whoami")).status, 200);
}

// What is said of a certificate beforehand is what the handshake does with it.
TEST_F(TlsAtTheDoor, IsForetoldByItsOwnSettings) {
    const auto serving = pki.authority.issue("only-serving", {"DNS:s.example", "serverAuth"});
    const std::vector<std::pair<const Issued*, const char*>> cases{
        {&pki.court, ""},
        {&pki.server, ""},
        {&serving, "unsuitable certificate purpose"},
        {&pki.expired, "certificate has expired"},
        {&pki.outsider, "unable to get local issuer certificate"},
        {&pki.stranger.root(), "self-signed certificate"}};
    for (const auto& [shown, word] : cases) {
        const auto reason = server->tls()->whyTurnedAway({shown->der}, clock.now());
        EXPECT_EQ(reason.value_or(""), word);
        ProbeSettings settings = bare();
        settings.client = *shown;
        if (reason)
            refused(settings, HandshakeRefusal::BadCertificate);
        else
            EXPECT_EQ(ask(settings, get("/v1/whoami")).status, 200);
    }
    // What stands behind it counts as what a client sends along, never as an anchor.
    EXPECT_EQ(server->tls()
                  ->whyTurnedAway({pki.outsider.der, pki.stranger.root().der}, clock.now())
                  .value_or(""),
              "self-signed certificate in certificate chain");
    const auto before = clock.now() - std::chrono::hours(2);
    EXPECT_EQ(server->tls()->whyTurnedAway({pki.court.der}, before).value_or(""),
              "certificate is not yet valid");
}

TEST_F(TlsAtTheDoor, RefusesPlainHttpAndOldVersions) {
    ProbeSettings plain = bare();
    plain.tls = false;
    refused(plain, HandshakeRefusal::Protocol);
    ProbeSettings old = court();
    old.lowestVersion = TLS1_VERSION;
    old.highestVersion = TLS1_1_VERSION;
    refused(old, HandshakeRefusal::Protocol);
}

TEST_F(TlsAtTheDoor, SpeaksTwelveAndThirteenWithoutTickets) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        ProbeSettings settings = court();
        settings.lowestVersion = settings.highestVersion = version;
        TlsProbe probe(settings);
        ASSERT_TRUE(probe.send(get("/v1/whoami")));
        EXPECT_EQ(probe.receive().status, 200) << probe.version();
        EXPECT_FALSE(probe.sessionCanResume()) << probe.version();
    }
}

TEST_F(TlsAtTheDoor, DoesNotRenegotiate) {
    ProbeSettings settings = court();
    settings.lowestVersion = settings.highestVersion = TLS1_2_VERSION;
    TlsProbe probe(settings);
    ASSERT_TRUE(probe.send(get("/v1/whoami")));
    ASSERT_EQ(probe.receive().status, 200);
    EXPECT_FALSE(probe.renegotiate());
}

TEST_F(TlsAtTheDoor, TakesNewCertificatesUnderLoadWithoutDroppingAnyone) {
    const Issued next = pki.authority.issue("server-next");
    const auto first = pki.tls();
    const auto second = gateway::server::TlsContext::forServer(
        {next.certificateFile, next.keyFile}, {pki.authority.root().certificateFile});
    TlsProbe early(court());
    ASSERT_TRUE(early.send(get("/early")));
    ASSERT_EQ(early.receive().status, 200);

    std::atomic<int> failures{0};
    std::vector<std::jthread> clients;
    for (int client = 0; client < 4; ++client) {
        clients.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                TlsProbe probe(court());
                for (int j = 0; j < 4; ++j)
                    if (!probe.send(get("/load")) || probe.receive().status != 200) ++failures;
            }
        });
    }
    for (int i = 0; i < 200; ++i) {
        server->replaceTls(i % 2 == 0 ? second : first);
        std::this_thread::yield();
    }
    clients.clear();
    EXPECT_EQ(failures, 0);

    server->replaceTls(second);
    EXPECT_EQ(TlsProbe(court()).serverFingerprintHex(), next.fingerprintHex);
    ASSERT_TRUE(early.send(get("/early")));
    EXPECT_EQ(early.receive().status, 200) << "a connection of before lives on";
    EXPECT_EQ(early.serverFingerprintHex(), pki.server.fingerprintHex);
}

TEST(TlsContext, RefusesWhatCannotServe) {
    using gateway::base::Fault;
    using gateway::server::TlsContext;
    DoorPki& pki = DoorPki::instance();
    const std::vector<std::filesystem::path> anchors = {pki.authority.root().certificateFile};
    EXPECT_THROW(
        (void)TlsContext::forServer({pki.server.certificateFile, pki.court.keyFile}, anchors),
        Fault);
    EXPECT_THROW((void)TlsContext::forServer({pki.server.certificateFile, "/nonexistent"}, anchors),
                 Fault);
    EXPECT_THROW((void)TlsContext::forServer({pki.server.certificateFile, pki.server.keyFile}, {}),
                 Fault);
    const Issued open = pki.authority.issue("open-key");
    std::filesystem::permissions(open.keyFile, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    EXPECT_THROW((void)TlsContext::forServer({open.certificateFile, open.keyFile}, anchors), Fault);
}

}  // namespace
}  // namespace thahc::test
