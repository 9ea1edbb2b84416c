// Those who may look and not touch, and a second gateway at the same place.

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/server/operators/operator_client.h"
#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

class Monitoring : public testing::Test {
  protected:
    static int statusOf(const std::filesystem::path& socket, const std::string& path,
                        const std::optional<std::string>& body = std::nullopt) {
        const auto answer = server::callOperator(socket, path, body, std::chrono::seconds(30));
        return answer ? answer->status : 0;
    }
    World world_;
};

TEST_F(Monitoring, ASecondSocketShowsAndDoesNothing) {
    const auto socket = world_.folder() / "monitor.sock";
    world_.set("operator.monitorSocket", socket);
    enrolProvince(world_);
    ASSERT_TRUE(world_.start()) << world_.log();
    for (const char* path : {"/healthz", "/readyz", "/metrics", "/v1/status"})
        EXPECT_EQ(statusOf(socket, path), 200) << path;
    EXPECT_EQ(statusOf(socket, "/v1/reload", "{}"), 404);
    EXPECT_EQ(statusOf(socket, "/v1/agencies"), 404);
    const std::string revoke =
        "{\"act\":\"revoke\",\"agency\":\"" + kCourt + "\",\"sha256\":\"00\"}";
    EXPECT_EQ(statusOf(socket, "/v1/registrations", revoke), 404);
    EXPECT_NE(statusOf(world_.folder() / "operator.sock", "/v1/registrations", revoke), 404);
    struct stat rights {};
    ASSERT_EQ(::stat(socket.c_str(), &rights), 0);
    EXPECT_EQ(rights.st_mode & 0777U, 0660U);
    std::string told;
    EXPECT_EQ(run({World::binary(), "status", "--socket", socket}, &told), 0) << told;
    EXPECT_EQ(run({World::binary(), "reload", "--socket", socket}, &told), 6) << told;
    EXPECT_EQ(world_.stop(), 0);
    EXPECT_FALSE(std::filesystem::exists(socket));
}

TEST_F(Monitoring, MetricsOnALoopbackPort) {
    std::uint16_t port = 0;
    {
        // A port that was free a moment ago.
        World other;
        enrolProvince(other);
        ASSERT_TRUE(other.start()) << other.log();
        port = other.port();
    }
    world_.set("metrics.port", std::to_string(port));
    enrolProvince(world_);
    ASSERT_TRUE(world_.start()) << world_.log();
    thahc::test::ProbeSettings plain;
    plain.port = port;
    plain.tls = false;
    thahc::test::TlsProbe collector(plain);
    const auto get = [&](const std::string& target) {
        collector.send(target + " HTTP/1.1\r\nHost: x\r\n\r\n");
        return collector.receive();
    };
    const auto metrics = get("GET /metrics");
    EXPECT_EQ(metrics.status, 200);
    EXPECT_TRUE(metrics.has("thahc_healthy 1\n"));
    for (const char* other : {"GET /healthz", "GET /v1/status", "GET /v1/agencies", "GET /"})
        EXPECT_EQ(get(other).status, 404) << other;
    EXPECT_EQ(
        thahc::test::ask(plain, "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
            .status,
        404);
    // Not to be had from elsewhere.
    for (const char* open : {"0.0.0.0", "::", "192.0.2.1", "localhost", ""}) {
        world_.set("metrics.address", open);
        EXPECT_EQ(world_.stop(), 0);
        EXPECT_FALSE(world_.start()) << open;
        EXPECT_EQ(world_.process().wait(Patience(20'000)), 3) << open;
        world_.set("metrics.address", "127.0.0.1");
        ASSERT_TRUE(world_.start());
    }
}

TEST_F(Monitoring, ASecondGatewayDoesNotGetThePort) {
    enrolProvince(world_);
    ASSERT_TRUE(world_.start()) << world_.log();
    World second;
    second.set("listen.port", std::to_string(world_.port()));
    enrolProvince(second);
    EXPECT_FALSE(second.start());
    EXPECT_EQ(second.process().wait(Patience(20'000)), 70);
    EXPECT_NE(second.log().find("cannot listen on 127.0.0.1:" + std::to_string(world_.port())),
              std::string::npos)
        << second.log();
    EXPECT_EQ(Agency(world_, kCourt).get("/v1/whoami").status, 200);
    // After its end the port is free at once, though connections of before linger.
    EXPECT_EQ(world_.stop(), 0);
    EXPECT_TRUE(second.start()) << second.log();
}

TEST_F(Monitoring, ALogThatNobodyReadsHoldsNothingUp) {
    enrolProvince(world_);
    ASSERT_TRUE(world_.start()) << world_.log();
    const auto port = world_.port();
    EXPECT_EQ(world_.stop(), 0);
    // A pipe that is full from the start.
    const auto pipe = world_.folder() / "log.pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const int held = ::open(pipe.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    ASSERT_GE(held, 0);
    const std::string page(4096, 'x');
    while (::write(held, page.data(), page.size()) > 0) continue;
    {
        Child silent({"/bin/sh", "-c",
                      "exec " + World::binary() + " serve --config " +
                          (world_.folder() / "gateway.properties").string() +
                          " --set listen.port=" + std::to_string(port) + " 2>" + pipe.string()},
                     world_.logFile());
        const auto socket = world_.folder() / "operator.sock";
        ASSERT_TRUE(eventually([&] { return statusOf(socket, "/healthz") == 200; }));
        const Agencies agencies(world_);
        for (int i = 0; i < 20; ++i) {
            EXPECT_EQ(statusOf(socket, "/v1/reload", "{}"), 200);
            EXPECT_EQ(agencies.court.send(model::Ping{"vẫn chạy"}).verdict(), "accepted");
        }
        silent.signal(SIGTERM);
        EXPECT_EQ(silent.wait(Patience(30'000)), 0) << "nor does its end";
    }
    ::close(held);
}

}  // namespace
}  // namespace gateway::scenario
