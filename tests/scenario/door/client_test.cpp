// Outgoing calls against a server that answers late, half, never and wrong.

#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <gtest/gtest.h>

#include <thread>

#include "gateway/base/fault.h"
#include "gateway/server/wire/https_client.h"
#include "gateway/server/wire/tls_handshake.h"
#include "tests/scenario/door/door_fixture.h"
#include "tests/support/odd_server.h"

namespace thahc::test {
namespace {

using gateway::server::CallOutcome;
using gateway::server::HttpsClient;
using gateway::server::HttpsTarget;
using gateway::server::OutgoingCall;
using Kind = CallOutcome::Kind;

// By number: a machine need not know any name, not even its own.
constexpr const char* kHost = "127.0.0.1";
constexpr std::string_view kOk =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok";

class OutgoingHttps : public testing::Test {
  protected:
    HttpsTarget targetAt(std::uint16_t port) const {
        return {kHost, port, {pki.authority.root().der}};
    }
    CallOutcome callWith(const OddServer::Script& script, OutgoingCall call = soon()) {
        const OddServer server(pki.server, pki.authority.root(), script);
        return client.call(targetAt(server.port()), call);
    }
    /// Says `answer` to one request and ends the connection, orderly.
    CallOutcome answered(std::string_view answer) {
        return callWith([answer](OddPeer& peer) {
            (void)peer.request();
            peer.send(answer);
        });
    }
    static OutgoingCall soon() {
        OutgoingCall call;
        call.pathAndQuery = "/notices?x=1";
        call.contentType = "application/jose";
        call.headers = {{"X-Test", "yes"}};
        call.body = "signed bytes";
        call.timeout = std::chrono::milliseconds(800);
        call.answerBytes = 1000;
        return call;
    }

    DoorPki& pki = DoorPki::instance();
    HttpsClient client{{pki.court.certificateFile, pki.court.keyFile}};
};

TEST_F(OutgoingHttps, SendsWhatItWasGivenAndReadsTheAnswer) {
    std::string seen;
    const CallOutcome outcome = callWith([&](OddPeer& peer) {
        seen = peer.request();
        peer.send(kOk);
    });
    ASSERT_EQ(outcome.kind, Kind::Answered) << outcome.reason;
    EXPECT_EQ(outcome.status, 200);
    EXPECT_EQ(outcome.body, "ok");
    EXPECT_EQ(outcome.headers.at("content-type"), "text/plain");
    EXPECT_TRUE(seen.starts_with("POST /notices?x=1 HTTP/1.1\r\n"));
    EXPECT_NE(seen.find("Host: 127.0.0.1:"), std::string::npos);
    EXPECT_NE(seen.find("X-Test: yes\r\n"), std::string::npos);
    EXPECT_NE(seen.find("Content-Length: 12\r\n"), std::string::npos);
    EXPECT_TRUE(seen.ends_with("\r\n\r\nsigned bytes"));
}

TEST_F(OutgoingHttps, UsesAConnectionAgainWhileItLives) {
    OddServer server(pki.server, pki.authority.root(), [](OddPeer& peer) {
        for (int i = 0; i < 3 && !peer.request().empty(); ++i) peer.send(kOk);
    });
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(client.call(targetAt(server.port()), soon()).kind, Kind::Answered) << i;
    EXPECT_EQ(server.connections(), 1);
    ASSERT_TRUE(server.awaitClosed(1));
    EXPECT_EQ(client.call(targetAt(server.port()), soon()).kind, Kind::Answered);
    EXPECT_EQ(server.connections(), 2) << "the idle connection was found dead";
    client.replaceIdentity({pki.committee.certificateFile, pki.committee.keyFile});
    EXPECT_EQ(client.call(targetAt(server.port()), soon()).kind, Kind::Answered);
    EXPECT_EQ(server.connections(), 3) << "another identity, another connection";
}

TEST_F(OutgoingHttps, TalksToOurOwnDoor) {
    gateway::base::SystemClock clock;
    gateway::server::PartnerServer server(
        {}, pki.tls(),
        [](const Request& request) {
            return Response{200, "text/plain", {}, request.body, false};
        },
        clock);
    server.start();
    OutgoingCall call = soon();
    call.body = std::string(2'000'000, 'x');
    call.answerBytes = 3'000'000;
    call.timeout = std::chrono::seconds(20);
    const CallOutcome outcome = client.call(targetAt(server.port()), call);
    ASSERT_EQ(outcome.kind, Kind::Answered) << outcome.reason;
    EXPECT_EQ(outcome.body, call.body);
    EXPECT_TRUE(server.stop(std::chrono::seconds(1)));
}

TEST_F(OutgoingHttps, KnowsThatNothingWasSent) {
    std::uint16_t gone = 0;
    {
        const OddServer server(pki.server, pki.authority.root(), [](OddPeer&) {});
        gone = server.port();
    }
    EXPECT_EQ(client.call(targetAt(gone), soon()).kind, Kind::NotSent) << "nobody listens";
    EXPECT_EQ(client.call({"no-such-host.invalid", 443, {pki.authority.root().der}}, soon()).kind,
              Kind::NotSent);

    bool asked = false;
    const auto note = [&](OddPeer& peer) { asked = !peer.request().empty(); };
    {
        const OddServer server(pki.server, pki.authority.root(), note);
        const HttpsTarget wrongAnchor{kHost, server.port(), {pki.stranger.root().der}};
        EXPECT_EQ(client.call(wrongAnchor, soon()).kind, Kind::NotSent) << "another authority";
    }
    {
        const OddServer server(pki.committee, pki.authority.root(), note);
        EXPECT_EQ(client.call(targetAt(server.port()), soon()).kind, Kind::NotSent)
            << "a certificate that may not serve";
    }
    const Issued elsewhere = pki.authority.issue("elsewhere", {"DNS:elsewhere.example"});
    {
        const OddServer server(elsewhere, pki.authority.root(), note);
        const CallOutcome outcome = client.call(targetAt(server.port()), soon());
        EXPECT_EQ(outcome.kind, Kind::NotSent);
        EXPECT_NE(outcome.reason.find("does not name 127.0.0.1"), std::string::npos);
    }
    EXPECT_FALSE(asked);
}

TEST_F(OutgoingHttps, AnAddressNeedsNoName) {
    // Of these nobody has ever been told a name, so that asking for one would fail.
    const CallOutcome outcome =
        client.call({"127.19.23.29", 1, {pki.authority.root().der}}, soon());
    EXPECT_EQ(outcome.kind, Kind::NotSent);
    EXPECT_EQ(outcome.reason, "connection refused");
}

TEST_F(OutgoingHttps, TheServersCertificateNamesItsHost) {
    const OddServer server(pki.server, pki.authority.root(), [](OddPeer&) {});
    const auto context = gateway::server::TlsContext::forClient(
        {pki.court.certificateFile, pki.court.keyFile}, {pki.authority.root().der});
    const Poco::Net::StreamSocket tcp(Poco::Net::SocketAddress(kHost, server.port()));
    auto tls = gateway::server::attachTls(tcp, *context, "localhost");
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const auto failure = gateway::server::shakeHands(tls, deadline, nullptr);
    ASSERT_FALSE(failure) << failure->detail;
    EXPECT_TRUE(gateway::server::peerIsHost(tls, "localhost"));
    EXPECT_TRUE(gateway::server::peerIsHost(tls, kHost));
    for (const auto* other : {"localhost.example", "local", "127.0.0.2", "::1", ""})
        EXPECT_FALSE(gateway::server::peerIsHost(tls, other)) << other;
}

TEST_F(OutgoingHttps, KnowsThatItsCertificateWasRefused) {
    const OddServer server(pki.server, pki.stranger.root(), [](OddPeer&) {});
    OutgoingCall call = soon();
    call.body = "x";
    const CallOutcome outcome = client.call(targetAt(server.port()), call);
    // The alert may be lost in the reset that follows it; then nothing is known for certain.
    EXPECT_NE(outcome.kind, Kind::Answered);
    if (outcome.kind == Kind::NotSent) {
        EXPECT_NE(outcome.reason.find("refused our certificate"), std::string::npos);
    }
}

TEST_F(OutgoingHttps, SaysMaybeWhenNoWholeAnswerCame) {
    struct Wrong {
        const char* what;
        std::string_view answer;
    };
    for (const Wrong& wrong :
         {Wrong{"nothing at all", ""}, Wrong{"half a head", "HTTP/1.1 200 OK\r\nContent-Le"},
          Wrong{"half a body", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf"},
          Wrong{"cut chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"},
          Wrong{"no last chunk",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"},
          Wrong{"no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n"}}) {
        const CallOutcome outcome = answered(wrong.answer);
        EXPECT_EQ(outcome.kind, Kind::MaybeSent) << wrong.what;
        EXPECT_FALSE(outcome.reason.empty()) << wrong.what;
    }
    const CallOutcome crashed = callWith([](OddPeer& peer) {
        (void)peer.request();
        peer.send("HTTP/1.1 200 OK\r\n\r\nhalf");
        peer.cut();
    });
    EXPECT_EQ(crashed.kind, Kind::MaybeSent) << "no length, and no orderly end";
}

TEST_F(OutgoingHttps, ReadsEachHonestFormOfAnswer) {
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
                  .body,
              "abc");
    const CallOutcome toTheEnd = answered("HTTP/1.1 422 No\r\nConnection: close\r\n\r\nrefusal");
    EXPECT_EQ(toTheEnd.kind, Kind::Answered) << toTheEnd.reason;
    EXPECT_EQ(toTheEnd.status, 422);
    EXPECT_EQ(toTheEnd.body, "refusal");
    EXPECT_EQ(answered("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n").status, 204);
}

TEST_F(OutgoingHttps, EndsAtItsDeadlineWhateverDrips) {
    const auto start = std::chrono::steady_clock::now();
    const CallOutcome silent = callWith([](OddPeer& peer) { peer.awaitEnd(); });
    EXPECT_EQ(silent.kind, Kind::MaybeSent);
    const CallOutcome dripping = callWith([](OddPeer& peer) {
        (void)peer.request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
        for (int i = 0; i < 400 && peer.send("x"); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
    });
    EXPECT_EQ(dripping.kind, Kind::MaybeSent);
    EXPECT_EQ(dripping.reason, "no answer in time");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(7));
}

TEST_F(OutgoingHttps, BoundsTheAnswer) {
    const std::string thousand(1000, 'x');
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: ";
    EXPECT_EQ(answered(head + "1000\r\n\r\n" + thousand).kind, Kind::Answered);
    const CallOutcome longer = answered(head + "1001\r\n\r\n" + thousand + "x");
    EXPECT_EQ(longer.kind, Kind::MaybeSent);
    EXPECT_EQ(longer.reason, "the answer is too long");
    EXPECT_EQ(callWith([&](OddPeer& peer) {
                  (void)peer.request();
                  peer.send("HTTP/1.1 200 OK\r\n");
                  for (int i = 0; i < 1000 && peer.send("A: " + thousand + "\r\n"); ++i) continue;
              }).kind,
              Kind::MaybeSent);
}

TEST(HttpsClient, ThrowsForItsOwnBrokenFiles) {
    HttpsClient client({"/nonexistent.crt", "/nonexistent.key"});
    const HttpsTarget target{kHost, 1, {DoorPki::instance().authority.root().der}};
    EXPECT_THROW((void)client.call(target, {}), gateway::base::Fault);
}

TEST(HttpsUrl, IsReadStrictly) {
    using gateway::server::parseHttpsUrl;
    const auto url = parseHttpsUrl("https://ubnd.example:8443/thahc/in?kind=1");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "ubnd.example");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->pathAndQuery, "/thahc/in?kind=1");
    EXPECT_EQ(parseHttpsUrl("https://ubnd.example")->pathAndQuery, "/");
    EXPECT_EQ(parseHttpsUrl("https://ubnd.example")->port, 443);
    for (const char* bad : {"http://ubnd.example/", "https://", "https:///path",
                            "https://user@host/", "https://host/a#b", "https://host/a b",
                            "https://host:99999999/", "ftp://host/", "https://host/\r\nX: y"})
        EXPECT_FALSE(parseHttpsUrl(bad)) << bad;
}

}  // namespace
}  // namespace thahc::test
