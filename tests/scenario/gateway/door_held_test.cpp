// Strangers and one bad partner at the real process, while an honest one works: none of its
// requests may fail.

#include <functional>
#include <thread>

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

using thahc::test::ProbeSettings;
using thahc::test::TlsProbe;

constexpr int kHonestRequests = 40;

class DoorHeld : public testing::Test {
  protected:
    void SetUp() override {
        world_.set("limits.requestTimeoutMs", "3000");
        world_.set("limits.handshakeTimeoutMs", "60000");
        enrolProvince(world_);
        world_.issue("unknown-channel", trust::DemoKind::Channel);
        world_.issue("old-channel", trust::DemoKind::Channel, trust::DemoAlgorithm::P256,
                     std::chrono::hours(48));
        ASSERT_TRUE(world_.start()) << world_.log();
        agencies_.emplace(world_);
    }
    void TearDown() override {
        EXPECT_TRUE(world_.running());
        EXPECT_EQ(world_.rebuild(), "clean");
    }
    /// The court sends, asks and looks up; how often it was not served as it must be.
    int failed() {
        const auto& court = agencies_->court;
        int failed = 0;
        for (int i = 0; i < kHonestRequests; ++i) {
            if (court.send(model::Ping{"vẫn phục vụ"}).verdict() != "accepted") ++failed;
            if (court.get("/v1/whoami").status != 200) ++failed;
            // One more handshake each time, as a client without a pool makes it.
            if (thahc::test::ask(court.wire(), "GET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n").status !=
                200)
                ++failed;
        }
        return failed;
    }
    TlsProbe& keep(const ProbeSettings& settings) {
        return *held_.emplace_back(std::make_unique<TlsProbe>(settings));
    }
    ProbeSettings wireOf(const std::string& certificate) const {
        auto wire = agencies_->court.wire();
        wire.client =
            thahc::test::Issued{world_.certificate(certificate), world_.key(certificate), "", ""};
        return wire;
    }
    static std::string postHead(std::size_t length) {
        return "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\n"
               "Content-Length: " +
               std::to_string(length) + "\r\n\r\n";
    }

    World world_;
    std::optional<Agencies> agencies_;
    std::vector<std::unique_ptr<TlsProbe>> held_;
};

TEST_F(DoorHeld, BySilentConnectionsFromManyAddresses) {
    auto plain = agencies_->court.wire();
    plain.tls = false;
    const std::string half("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
    for (const char* from : {"127.0.0.1", "127.0.0.2", "127.0.1.1", "127.1.0.1"}) {
        plain.from = from;
        for (int i = 0; i < 256; ++i)
            if (auto& probe = keep(plain); i % 2 == 1) probe.send(half);
    }
    EXPECT_EQ(failed(), 0);
    const auto metrics = world_.operatorGet("/metrics").body;
    EXPECT_NE(metrics.find("thahc_door_handshakes_refused_total{door=\"partners\","
                           "reason=\"gave_way\"} "),
              std::string::npos);
}

TEST_F(DoorHeld, ByAnUnknownCertificateWithLargeBodies) {
    for (int i = 0; i < 64; ++i) {
        auto& probe = keep(wireOf("unknown-channel"));
        probe.send(postHead(8 * 1024 * 1024));
    }
    EXPECT_EQ(failed(), 0);
    const Agency guest(world_, kCourt, "unknown-channel");
    // Strangers of one block share few places: it is heard when the others have been.
    held_.clear();
    EXPECT_TRUE(eventually([&] { return guest.get("/v1/whoami").status == 403; }));
    std::string told;
    EXPECT_EQ(world_.command({"door", "refusals"}, &told), 0);
    const auto certificate = world_.load(world_.certificate("unknown-channel"));
    EXPECT_NE(told.find(certificate->fingerprint().hex()), std::string::npos) << told;
    EXPECT_NE(told.find("CHANNEL_UNKNOWN"), std::string::npos) << told;
    EXPECT_NE(told.find("unknown-channel"), std::string::npos) << "its subject: " << told;
}

TEST_F(DoorHeld, ByAPartnerThatDripsHeadsAndBodies) {
    const auto wire = agencies_->committee.wire();
    std::vector<std::string> texts;
    for (int i = 0; i < 100; ++i) {
        auto& probe = keep(wire);
        texts.push_back(i % 2 == 0 ? postHead(8 * 1024 * 1024)
                                   : "POST /v1/messages HTTP/1.1\r\nA: ");
        probe.send(texts.back());
    }
    std::jthread dripping([this](const std::stop_token& stop) {
        const timespec pause{0, 20'000'000};
        while (!stop.stop_requested()) {
            for (const auto& probe : held_) probe->send("x");
            ::nanosleep(&pause, nullptr);
        }
    });
    EXPECT_EQ(failed(), 0);
    // One byte every so often is not pace enough, however large the body is to be.
    EXPECT_TRUE(eventually([&] {
        return world_.operatorGet("/metrics")
                   .body.find("thahc_door_requests_running{door=\"partners\"} 0\n") !=
               std::string::npos;
    })) << world_.operatorGet("/metrics").body;
    dripping.request_stop();
    dripping.join();
    held_.clear();
    EXPECT_TRUE(eventually([&] { return agencies_->committee.get("/v1/whoami").status == 200; }));
}

TEST_F(DoorHeld, ByAPartnerThatTakesNoAnswers) {
    const auto wire = agencies_->committee.wire();
    const std::string ask = "GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < 100; ++i) {
        auto& probe = keep(wire);
        // Many answers on each, none of which is read.
        for (int j = 0; j < 60; ++j) probe.send(ask);
    }
    EXPECT_EQ(failed(), 0);
}

}  // namespace
}  // namespace gateway::scenario
