// Requests that never become messages: class T, unsigned, or no answer at all.

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

using thahc::test::TlsProbe;

class RefusedTransport : public Town {
  protected:
    static std::string head(std::size_t length, const std::string& type = "application/jose") {
        return "POST /v1/messages HTTP/1.1\r\nHost: gateway\r\nContent-Type: " + type +
               "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
    }
    static Signed transfer() { return court().json(court().message(transferOf(newNumber()))); }
};

TEST_F(RefusedTransport, WithoutACertificate) {
    auto bare = court().wire();
    bare.client.reset();
    const auto message = transfer();
    TlsProbe probe(bare);
    static_cast<void>(probe.send(head(message.body.size()) + message.body));
    EXPECT_EQ(probe.receive().status, 0);
    expectTransport(court().get("/v1/messages/sha256-" + document::sha256(message.body).hex()), 404,
                    "HTTP_NOT_FOUND");
}

TEST_F(RefusedTransport, UnknownChannel) {
    world().issue("unknown-channel", trust::DemoKind::Channel);
    const Agency guest(world(), kCourt, "unknown-channel");
    expectTransport(guest.send(transfer()), 403, "CHANNEL_UNKNOWN");
    expectTransport(guest.get("/v1/whoami"), 403, "CHANNEL_UNKNOWN");
}

TEST_F(RefusedTransport, CutBody) {
    const auto message = transfer();
    TlsProbe probe(court().wire());
    ASSERT_TRUE(probe.send(head(message.body.size()) + message.body.substr(0, 100)));
    probe.closeSending();
    const auto answer = probe.receive();
    // A client that has gone away altogether gets no answer; one that listens is told.
    if (answer.status != 0) {
        EXPECT_EQ(answer.status, 400);
        EXPECT_TRUE(answer.has("HTTP_BODY_INCOMPLETE")) << answer.body;
    }
    expectTransport(court().get("/v1/messages/sha256-" + document::sha256(message.body).hex()), 404,
                    "HTTP_NOT_FOUND");
    EXPECT_EQ(court().send(message).verdict(), "accepted");
}

TEST_F(RefusedTransport, WrongMediaType) {
    auto message = transfer();
    message.mediaType = "application/pdf";
    const auto reply = court().send(message);
    expectTransport(reply, 415, "HTTP_MEDIA_TYPE");
    EXPECT_NE(reply.at("detail").find("application/pdf"), std::string::npos);
    // Plain JSON can be read, but only with its signature beside it.
    message.mediaType = "application/json";
    expectRefusal(court().send(message), 422, "U", "SIGNATURE_MISSING");
    message.mediaType = "application/jose";
    EXPECT_EQ(court().send(message).verdict(), "accepted");
}

TEST_F(RefusedTransport, TooLargeABody) {
    TlsProbe probe(court().wire());
    ASSERT_TRUE(probe.send(head(8U * 1024 * 1024 + 1)));
    const auto answer = probe.receive();
    EXPECT_EQ(answer.status, 413);
    EXPECT_TRUE(answer.has("HTTP_BODY_TOO_LARGE")) << answer.body;
}

TEST_F(RefusedTransport, ChunksAndMissingLength) {
    const auto chunked = thahc::test::ask(
        court().wire(),
        "POST /v1/messages HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/jose\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    EXPECT_EQ(chunked.status, 411);
    EXPECT_TRUE(chunked.has("HTTP_LENGTH_REQUIRED")) << chunked.body;
}

TEST_F(RefusedTransport, WrongPlaces) {
    expectTransport(court().get("/v1/nothing"), 404, "HTTP_NOT_FOUND");
    expectTransport(court().get("/v1/queries"), 405, "HTTP_METHOD");
    expectTransport(court().get("/v1/messages"), 400, "HTTP_BAD_PARAMETER");
    expectTransport(court().get("/v1/mailbox?wait=31"), 400, "HTTP_BAD_PARAMETER");
    expectTransport(court().get("/metrics"), 404, "HTTP_NOT_FOUND");
    expectTransport(court().get("/healthz"), 404, "HTTP_NOT_FOUND");
}

// Each with limits of its own.
class Bounded : public testing::Test {
  protected:
    World world_;
};

TEST_F(Bounded, RateOfOneChannel) {
    world_.set("limits.requestsPerMinutePerChannel", "5");
    enrolProvince(world_);
    ASSERT_TRUE(world_.start()) << world_.log();
    const Agencies agencies(world_);
    int refused = 0;
    for (int i = 0; i < 12; ++i) {
        const auto reply = agencies.court.get("/v1/whoami");
        if (reply.status == 200) continue;
        expectTransport(reply, 429, "RATE_LIMITED");
        EXPECT_TRUE(reply.headers.contains("Retry-After"));
        ++refused;
    }
    EXPECT_GE(refused, 6);
    // Nobody else pays for it.
    EXPECT_EQ(agencies.otherCourt.get("/v1/whoami").status, 200);
}

TEST_F(Bounded, RateOfOneAgencyOnAHub) {
    world_.set("limits.messagesPerMinutePerAgency", "5");
    enrolProvince(world_);
    Enrolment hub;
    hub.agency = kOtherCourt;
    hub.carriesAlso = {kCourt};
    world_.enrol(hub);
    ASSERT_TRUE(world_.start()) << world_.log();
    const Agencies agencies(world_);
    const Agency overHub(world_, kCourt, kOtherCourt + "-channel");
    int refused = 0;
    for (int i = 0; i < 6; ++i) {
        const auto& over = i % 2 == 0 ? agencies.court : overHub;
        const auto reply = over.send(model::Ping{});
        if (reply.status == 200) continue;
        expectTransport(reply, 429, "RATE_LIMITED");
        EXPECT_TRUE(reply.headers.contains("Retry-After"));
        ++refused;
    }
    EXPECT_GE(refused, 4);
    EXPECT_EQ(agencies.otherCourt.send(model::Ping{}).status, 200) << "the hub's own message";
    EXPECT_EQ(overHub.get("/v1/whoami").status, 200);
}

TEST_F(Bounded, RefusedBytesOfOneAgency) {
    world_.set("limits.refusedBytesPerAgency", "10000");
    enrolProvince(world_);
    ASSERT_TRUE(world_.start()) << world_.log();
    const Agencies agencies(world_);
    const auto refusedMessage = [](const Agency& agency) {
        auto transfer = transferOf("1/2026/HC-ST");
        transfer.ruling.subject = std::string(2'000, 'x');
        return agency.json(agency.message(transfer));
    };
    int refusals = 0;
    Reply reply;
    for (; refusals < 10; ++refusals) {
        reply = agencies.committee.send(refusedMessage(agencies.committee));
        if (reply.status == 429) break;
        expectRefusal(reply, 422, "A", "FORBIDDEN_TYPE");
    }
    EXPECT_GE(refusals, 1);
    EXPECT_LE(refusals, 4);
    expectTransport(reply, 429, "RATE_LIMITED");
    EXPECT_GT(std::stoi(reply.headers.at("Retry-After")), 3000);
    // Others are judged as ever, and so is what it may send.
    expectRefusal(agencies.procuracy.send(refusedMessage(agencies.procuracy)), 422, "A",
                  "FORBIDDEN_TYPE");
    EXPECT_EQ(agencies.committee.send(model::Ping{}).verdict(), "accepted");
    expectRefusal(
        agencies.committee.post("/v1/messages?dry-run", refusedMessage(agencies.committee)), 422,
        "A", "FORBIDDEN_TYPE");
}

TEST_F(Bounded, ParkedMessages) {
    world_.set("limits.parkedPerAgency", "2");
    enrolProvince(world_);
    ASSERT_TRUE(world_.start()) << world_.log();
    const Agencies agencies(world_);
    for (const char* number : {"1/2026/HC-ST", "2/2026/HC-ST"})
        EXPECT_EQ(agencies.enforcement.send(registrationOf(number, "1")).verdict(), "parked");
    const auto message = agencies.enforcement.message(registrationOf("3/2026/HC-ST", "1"));
    expectJudged(agencies.enforcement.send(message), 422, "PARKING_FULL", agencies.enforcement,
                 message);
    EXPECT_EQ(agencies.court.send(transferOf("1/2026/HC-ST")).verdict(), "accepted");
    EXPECT_EQ(agencies.enforcement.send(message).verdict(), "parked");
    EXPECT_EQ(world_.rebuild(), "clean");
}

}  // namespace
}  // namespace gateway::scenario
