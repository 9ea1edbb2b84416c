// Slow, silent and too many clients, and how the door closes.

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/scenario/door/door_fixture.h"

namespace thahc::test {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

milliseconds since(SteadyClock::time_point start) {
    return std::chrono::duration_cast<milliseconds>(SteadyClock::now() - start);
}

/// Sends one byte of `text` every 20 ms until the connection refuses or it is all sent.
void drip(TlsProbe& probe, std::string_view text) {
    for (const char c : text) {
        if (!probe.send({&c, 1})) return;
        std::this_thread::sleep_for(milliseconds(20));
    }
}

TEST_F(Door, IsNotHeldBySilentClients) {
    open();
    std::vector<std::unique_ptr<TlsProbe>> silent;
    ProbeSettings plain = bare();
    plain.tls = false;
    for (int i = 0; i < 40; ++i) silent.push_back(std::make_unique<TlsProbe>(plain));
    const auto start = SteadyClock::now();
    EXPECT_EQ(ask(court(), get("/v1")).status, 200);
    EXPECT_LT(since(start), milliseconds(600)) << "others are served at once";
    for (const auto& probe : silent) EXPECT_TRUE(probe->ended());
    EXPECT_LT(since(start), milliseconds(4000)) << "the handshake has an end";
    const auto timedOut = static_cast<std::size_t>(gateway::server::HandshakeRefusal::TimedOut);
    EXPECT_EQ(server->statistics().handshakesRefused.at(timedOut), 40U);
}

TEST_F(Door, EndsASlowHeadAndASlowBody) {
    open();
    for (const std::string head :
         {"GET /v1 HTTP/1.1\r\nHost: x\r\nA: ",
          "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n",
          "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n"}) {
        const auto start = SteadyClock::now();
        TlsProbe probe(court());
        ASSERT_TRUE(probe.send(head));
        // Each single read is quick; only the whole takes too long.
        drip(probe, std::string(60, 'a'));
        const WireResponse response = probe.receive();
        EXPECT_EQ(response.status, 408) << head;
        EXPECT_TRUE(response.has("HTTP_TIMEOUT"));
        EXPECT_LT(since(start), milliseconds(4000));
    }
    EXPECT_EQ(calls, 0);
}

TEST_F(Door, ClosesIdleConnections) {
    open();
    TlsProbe probe(court());
    ASSERT_TRUE(probe.send(get("/v1")));
    ASSERT_EQ(probe.receive().status, 200);
    const auto start = SteadyClock::now();
    EXPECT_TRUE(probe.ended());
    EXPECT_GT(since(start), milliseconds(1000));
    EXPECT_LT(since(start), milliseconds(5000));
}

TEST_F(Door, SaysSoWhenThereAreTooManyConnections) {
    auto limits = shortLimits();
    limits.connections = 3;
    limits.connectionsPerChannel = 2;
    open(limits);
    std::vector<std::unique_ptr<TlsProbe>> open;
    for (int i = 0; i < 2; ++i) {
        open.push_back(std::make_unique<TlsProbe>(court()));
        ASSERT_TRUE(open.back()->send(get("/v1")));
        ASSERT_EQ(open.back()->receive().status, 200);
    }
    const WireResponse third = ask(court(), get("/v1"));
    EXPECT_EQ(third.status, 503) << "too many of one channel";
    EXPECT_TRUE(third.has("Retry-After: 5"));

    ProbeSettings committee = court();
    committee.client = pki.committee;
    TlsProbe other(committee);
    ASSERT_TRUE(other.send(get("/v1")));
    ASSERT_EQ(other.receive().status, 200) << "another channel has its own share";
    EXPECT_EQ(ask(committee, get("/v1")).status, 503) << "too many in all";
    EXPECT_EQ(server->statistics().refusedPerChannel, 1U);
    EXPECT_EQ(server->statistics().refusedTotal, 1U);
    EXPECT_EQ(calls, 3);
}

TEST_F(Door, BoundsConnectionsOfOneAddressAndRequestsOfOneConnection) {
    auto limits = shortLimits();
    limits.connectionsPerAddress = 1;
    limits.requestsPerConnection = 2;
    open(limits);
    TlsProbe probe(court());
    ASSERT_TRUE(probe.send(get("/v1")));
    EXPECT_EQ(probe.receive().status, 200);
    EXPECT_EQ(ask(court(), get("/v1")).status, 503);
    EXPECT_EQ(server->statistics().refusedPerAddress, 1U);
    ASSERT_TRUE(probe.send(get("/v1")));
    EXPECT_TRUE(probe.receive().has("Connection: Close"));
    EXPECT_TRUE(probe.ended());
}

TEST_F(Door, StopsInItsTimeWhateverClientsDo) {
    auto limits = shortLimits();
    limits.handshakeTimeout = limits.requestTimeout = limits.keepAliveTimeout =
        std::chrono::seconds(60);
    open(limits);
    ProbeSettings plain = bare();
    plain.tls = false;
    TlsProbe neverStartsTls(plain), idle(court()), half(court());
    ASSERT_TRUE(idle.send(get("/v1")));
    ASSERT_EQ(idle.receive().status, 200);
    ASSERT_TRUE(
        half.send("POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
                  "Expect: 100-continue\r\n\r\n"));
    ASSERT_EQ(half.receive().status, 100);
    const auto start = SteadyClock::now();
    EXPECT_FALSE(server->stop(milliseconds(400))) << "the half-sent request had to be cut";
    EXPECT_GE(since(start), milliseconds(400));
    EXPECT_LT(since(start), milliseconds(1500));
    EXPECT_TRUE(neverStartsTls.ended());
    EXPECT_TRUE(idle.ended());
    EXPECT_TRUE(half.ended());
    EXPECT_EQ(server->statistics().connectionsNow, 0U);
}

TEST_F(Door, LetsRequestsInFlightEndWhenItStops) {
    std::promise<void> inside;
    open(shortLimits(), [&](const Request& request) {
        if (request.path != "/poll") return Response{200, "text/plain", {}, "other", false};
        inside.set_value();
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait(lock, request.stopping, [] { return false; });
        return Response{200, "text/plain", {}, "woken", false};
    });
    TlsProbe waiting(court());
    ASSERT_TRUE(waiting.send(get("/poll")));
    inside.get_future().wait();
    EXPECT_TRUE(server->stop(milliseconds(5000)));
    const WireResponse response = waiting.receive();
    EXPECT_EQ(response.body, "woken");
    EXPECT_TRUE(response.has("Connection: Close"));
}

}  // namespace
}  // namespace thahc::test
