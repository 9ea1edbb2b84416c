// Strangers and slow partners at the door, and what others notice of them.

#include <cstring>
#include <thread>
#include <vector>

#include "gateway/base/fault.h"
#include "tests/scenario/door/door_fixture.h"
#include "tests/scenario/support/child.h"

namespace thahc::test {
namespace {

using gateway::scenario::eventually;
using gateway::server::HandshakeRefusal;
using gateway::server::HeadVerdict;
using std::chrono::milliseconds;

class HostileDoor : public Door {
  protected:
    std::uint64_t refused(HandshakeRefusal reason) const {
        return server->statistics().handshakesRefused.at(static_cast<std::size_t>(reason));
    }
    ProbeSettings plainFrom(const std::string& address) const {
        auto plain = bare();
        plain.tls = false;
        plain.from = address;
        return plain;
    }
    static std::string head(std::size_t length) {
        return "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(length) +
               "\r\n\r\n";
    }
    using Probes = std::vector<std::unique_ptr<TlsProbe>>;
};

TEST_F(HostileDoor, UnfinishedHandshakesNeverShutIt) {
    auto limits = shortLimits();
    limits.handshakeTimeout = std::chrono::seconds(60);
    limits.unfinishedHandshakes = 24;
    limits.unfinishedHandshakesPerBlock = 16;
    open(limits);
    Probes silent;
    // A record that promises a ClientHello and does not bring it.
    const std::string half("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
    for (int i = 0; i < 60; ++i)
        for (const char* from : {"127.0.0.1", "127.0.1.1", "127.0.2.1", "127.0.3.1"}) {
            silent.push_back(std::make_unique<TlsProbe>(plainFrom(from)));
            if (i % 2 == 1) silent.back()->send(half);
            if (i % 10 == 0) {
                EXPECT_EQ(ask(court(), get("/v1")).status, 200) << i << " from " << from;
            }
        }
    EXPECT_LE(server->statistics().unfinishedNow, 24U);
    EXPECT_TRUE(eventually([&] { return refused(HandshakeRefusal::GaveWay) >= 240U - 24U; }));
    EXPECT_EQ(refused(HandshakeRefusal::TimedOut), 0U);
    EXPECT_EQ(server->statistics().refusedTotal, 0U);
}

TEST_F(HostileDoor, NamesTheCertificateThatItRefuses) {
    open();
    auto settings = court();
    settings.client = pki.expired;
    EXPECT_EQ(ask(settings, get("/v1")).status, 0);
    settings.client = pki.outsider;
    EXPECT_EQ(ask(settings, get("/v1")).status, 0);
    EXPECT_EQ(ask(bare(), get("/v1")).status, 0);
    ASSERT_TRUE(eventually([&] { return refusals.list().size() == 3; }));
    for (const auto& refusal : refusals.list()) {
        if (!refusal.certificate) {
            EXPECT_EQ(refusal.reason, "no_certificate");
            continue;
        }
        EXPECT_EQ(refusal.reason, "bad_certificate");
        EXPECT_EQ(refusal.address, "127.0.0.1");
        const bool old = refusal.certificate->fingerprint.hex() == pki.expired.fingerprintHex;
        EXPECT_EQ(refusal.detail,
                  old ? "certificate has expired" : "unable to get local issuer certificate");
        EXPECT_EQ(refusal.certificate->fingerprint.hex(),
                  old ? pki.expired.fingerprintHex : pki.outsider.fingerprintHex);
        EXPECT_NE(refusal.certificate->subject.find(old ? "CN=expired" : "CN=outsider"),
                  std::string::npos)
            << refusal.certificate->subject;
        EXPECT_NE(refusal.certificate->issuer.find(old ? "CN=root" : "CN=stranger-root"),
                  std::string::npos)
            << refusal.certificate->issuer;
    }
}

TEST_F(HostileDoor, StrangersWithACertificateHaveFewPlacesOfTheirOwn) {
    auto limits = shortLimits();
    limits.requestTimeout = std::chrono::seconds(60);
    limits.connections = 4;
    limits.strangers = 4;
    doorSettings.knows = [this](const auto& f) { return f.hex() == pki.court.fingerprintHex; };
    open(limits);
    auto committee = court();
    committee.client = pki.committee;
    Probes strangers;
    for (int i = 0; i < 10; ++i) strangers.push_back(std::make_unique<TlsProbe>(committee));
    EXPECT_TRUE(eventually([&] { return server->statistics().refusedStrangers == 8; }))
        << server->statistics().refusedStrangers;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(court(), get("/v1")).status, 200);
    // The first of them is heard, once.
    ASSERT_TRUE(strangers[0]->send(get("/v1") + get("/v1")));
    EXPECT_EQ(strangers[0]->receive().status, 200);
    EXPECT_TRUE(strangers[0]->ended());
}

TEST_F(HostileDoor, JudgesTheHeadBeforeItReadsTheBody) {
    doorSettings.judge = [](const Request& request, std::size_t length) {
        HeadVerdict verdict;
        if (request.path == "/no")
            verdict.refusal = Response{403, "text/plain", {}, std::to_string(length), true};
        if (request.path == "/later")
            verdict.refusal = Response{429, "text/plain", {}, "later", false};
        return verdict;
    };
    open();
    TlsProbe stranger(court());
    ASSERT_TRUE(stranger.send("POST /no HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n"));
    const auto answer = stranger.receive();
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.body, "8000000");
    EXPECT_TRUE(answer.has("Connection: Close"));

    TlsProbe partner(court());
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(partner.send(post("/later", "small")));
        EXPECT_EQ(partner.receive().status, 429);
    }
    ASSERT_TRUE(partner.send(post("/now", "GET /no HTTP/1.1\r\n\r\n")));
    EXPECT_EQ(partner.receive().status, 200) << "the connection lives on";
    TlsProbe large(court());
    ASSERT_TRUE(large.send(post("/later", std::string(200'000, 'x'))));
    const auto closing = large.receive();
    EXPECT_EQ(closing.status, 429);
    EXPECT_TRUE(closing.has("Connection: Close"));
    EXPECT_EQ(calls, 1);
}

TEST_F(HostileDoor, GivesNoLeaveToSendWhatItWillNotTake) {
    doorSettings.judge = [](const Request&, std::size_t) {
        return HeadVerdict{Response{429, "text/plain", {}, "later", false}, nullptr};
    };
    open();
    TlsProbe probe(court());
    ASSERT_TRUE(
        probe.send("POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
                   "Expect: 100-continue\r\n\r\n"));
    EXPECT_EQ(probe.receive().status, 429);
    EXPECT_TRUE(probe.ended());
}

TEST_F(HostileDoor, WhatARequestHoldsIsHeldUntilItsAnswerIsOut) {
    struct Counted final : gateway::server::Pass {
        explicit Counted(std::atomic<int>& n, std::atomic<std::size_t>& b) : now(n), bytes(b) {
            ++now;
        }
        ~Counted() override { --now; }
        std::optional<gateway::base::Problem> hold(std::size_t more) override {
            if (bytes.fetch_add(more) + more > 1'000'000)
                return gateway::base::Problem(gateway::base::ErrorCode::OVERLOADED);
            return std::nullopt;
        }
        void giveBack(std::size_t) override {}
        std::atomic<int>& now;
        std::atomic<std::size_t>& bytes;
    };
    std::atomic<int> now = 0;
    std::atomic<std::size_t> bytes = 0;
    doorSettings.judge = [&](const Request&, std::size_t) {
        bytes = 0;
        return HeadVerdict{std::nullopt, std::make_shared<Counted>(now, bytes)};
    };
    open(shortLimits(), [&](const Request& request) {
        return Response{
            200, "text/plain", {}, std::to_string(now) + request.body.substr(0, 1), false};
    });
    EXPECT_EQ(ask(court(), post("/v1", std::string(900'000, 'x'))).body, "1x");
    EXPECT_EQ(bytes, 900'000U) << "what came is what is held";
    EXPECT_TRUE(eventually([&] { return now == 0; }));
    const auto refused = ask(court(), post("/v1", std::string(2'000'000, 'x')));
    EXPECT_EQ(refused.status, 503);
    EXPECT_TRUE(refused.has("Retry-After: ")) << "and it reaches whoever has sent all";
    EXPECT_TRUE(eventually([&] { return now == 0; }));
    EXPECT_EQ(calls, 1);
}

TEST_F(HostileDoor, TellsWhoeverSendsTooMuchWhileItStillSends) {
    open();
    TlsProbe probe(court());
    const std::string body(1'000'000, 'x');
    ASSERT_TRUE(probe.send(head(21'000'000)));
    for (int i = 0; i < 21; ++i) ASSERT_TRUE(probe.send(body)) << i;
    const auto answer = probe.receive();
    EXPECT_EQ(answer.status, 413);
    EXPECT_TRUE(answer.has("HTTP_BODY_TOO_LARGE"));
    EXPECT_TRUE(probe.ended());
    EXPECT_EQ(calls, 0);
}

TEST_F(HostileDoor, TellsWhoeverWasTooSlowWhileItStillSends) {
    open();
    TlsProbe probe(court());
    ASSERT_TRUE(probe.send(head(6'000'000)));
    // Quick first, then nothing: what came quickly saves up no time.
    ASSERT_TRUE(probe.send(std::string(2'000'000, 'x')));
    ASSERT_TRUE(eventually([&] { return server->statistics().requestsRefused == 1; }));
    ASSERT_TRUE(probe.send(std::string(4'000'000, 'x')));
    const auto answer = probe.receive();
    EXPECT_EQ(answer.status, 408);
    EXPECT_TRUE(answer.has("HTTP_TIMEOUT"));
}

TEST_F(HostileDoor, CutsWhoeverDoesNotTakeItsAnswer) {
    open(shortLimits(), [](const Request& request) {
        return Response{200,
                        "text/plain",
                        {},
                        std::string(request.path == "/big" ? 64'000'000 : 1, 'x'),
                        false};
    });
    Probes slow;
    for (int i = 0; i < 4; ++i) {
        slow.push_back(std::make_unique<TlsProbe>(court()));
        ASSERT_TRUE(slow.back()->send(get("/big")));
    }
    EXPECT_EQ(ask(court(), get("/v1")).status, 200);
    EXPECT_TRUE(eventually([&] { return server->statistics().connectionsNow == 0; }));
    // At its own pace a reader gets all.
    EXPECT_EQ(ask(court(), get("/big")).body.size(), 64'000'000U);
}

TEST_F(HostileDoor, TellsForHowLongAConnectionMayBeKept) {
    auto limits = shortLimits();
    limits.requestsPerConnection = 3;
    limits.keepAliveTimeout = std::chrono::seconds(4);
    open(limits);
    TlsProbe probe(court());
    for (const char* said : {"Keep-Alive: timeout=4, max=2", "Keep-Alive: timeout=4, max=1"}) {
        ASSERT_TRUE(probe.send(get("/v1")));
        EXPECT_TRUE(probe.receive().has(said)) << said;
    }
    ASSERT_TRUE(probe.send(get("/v1")));
    const auto last = probe.receive();
    EXPECT_FALSE(last.has("Keep-Alive: "));
    EXPECT_TRUE(last.has("Connection: Close"));
}

TEST_F(HostileDoor, IdleConnectionsOfTheLargestChannelGiveWay) {
    auto limits = shortLimits();
    limits.keepAliveTimeout = std::chrono::seconds(60);
    limits.connections = 4;
    doorSettings.knows = [](const auto&) { return true; };
    open(limits);
    Probes idle;
    const auto keep = [&](const Issued& client) {
        auto as = court();
        as.client = client;
        idle.push_back(std::make_unique<TlsProbe>(as));
        idle.back()->send(get("/v1"));
        return idle.back()->receive().status;
    };
    EXPECT_EQ(keep(pki.court), 200);
    EXPECT_EQ(keep(pki.court), 200);
    EXPECT_EQ(keep(pki.court), 503);
    EXPECT_EQ(keep(pki.committee), 200);
    EXPECT_EQ(keep(pki.server), 200) << "all places are taken";
    const Issued fourth = pki.authority.issue("fourth", {"DNS:x.example", "clientAuth"});
    EXPECT_EQ(keep(fourth), 200);
    EXPECT_TRUE(idle[0]->ended() || idle[1]->ended()) << "one of the court's two";
}

TEST_F(Door, TakesNoPortThatAnotherServes) {
    open();
    gateway::server::PartnerServerSettings second;
    second.port = server->port();
    EXPECT_THROW(PartnerServer(
                     second, pki.tls(), [](const Request&) { return Response{}; }, clock),
                 gateway::base::Fault);
}

}  // namespace
}  // namespace thahc::test
