// What POCO 1.11's HTTP server lets through or drops, and the door must not (design: the guard).

#include "tests/scenario/door/door_fixture.h"

namespace thahc::test {
namespace {

class RequestAtTheDoor : public Door {
  protected:
    void SetUp() override { open(); }

    /// Refused with `status`, the handler not called, the connection ended.
    void refused(int status, const std::string& request) {
        const int before = calls;
        TlsProbe probe(court());
        ASSERT_TRUE(probe.send(request));
        const WireResponse response = probe.receive();
        EXPECT_EQ(response.status, status) << request.substr(0, 200);
        EXPECT_TRUE(response.has("application/problem+json"));
        EXPECT_TRUE(response.has("Connection: Close"));
        EXPECT_TRUE(probe.ended());
        EXPECT_EQ(calls, before);
    }
};

TEST_F(RequestAtTheDoor, IsAnsweredOverOneConnectionAgainAndAgain) {
    TlsProbe probe(court());
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(probe.send(post("/v1/messages", "body " + std::to_string(i))));
        const WireResponse response = probe.receive();
        ASSERT_EQ(response.status, 200);
        ASSERT_EQ(response.body, "POST /v1/messages body " + std::to_string(i));
        ASSERT_TRUE(response.has("X-Correlation-Id: req-"));
        ASSERT_TRUE(response.has("Cache-Control: no-store"));
    }
    EXPECT_EQ(calls, 20);
}

TEST_F(RequestAtTheDoor, MayBePipelinedAndLarge) {
    const std::string large(3'000'000, 'x');
    TlsProbe probe(court());
    ASSERT_TRUE(probe.send(get("/a") + post("/b", large) + get("/c")));
    EXPECT_EQ(probe.receive().body, "GET /a ");
    EXPECT_EQ(probe.receive().body, "POST /b " + large);
    EXPECT_EQ(probe.receive().body, "GET /c ");
}

TEST_F(RequestAtTheDoor, MayArriveByteByByte) {
    TlsProbe probe(court());
    for (const char c : post("/slowly", "1234")) ASSERT_TRUE(probe.send({&c, 1}));
    EXPECT_EQ(probe.receive().body, "POST /slowly 1234");
}

TEST_F(RequestAtTheDoor, WithACutBodyIsNeverHandedOn) {
    TlsProbe probe(court());
    ASSERT_TRUE(
        probe.send("POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
                   "12345"));
    probe.closeSending();
    const WireResponse response = probe.receive();
    if (response.status != 0) {
        EXPECT_EQ(response.status, 400);
        EXPECT_TRUE(response.has("HTTP_BODY_INCOMPLETE"));
    }
    EXPECT_TRUE(probe.ended());
    EXPECT_EQ(calls, 0);
    EXPECT_EQ(server->statistics().requestsRefused, 1U);
}

TEST_F(RequestAtTheDoor, HiddenInARefusedBodyIsNotExecuted) {
    refused(405, "DELETE /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\n" + get("/hidden"));
    refused(413,
            "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n" + get("/hidden"));
}

TEST_F(RequestAtTheDoor, WithTwoLengthsIsRefused) {
    refused(400,
            "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 40\r\n\r\n"
            "abc" +
                get("/hidden"));
    refused(400,
            "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
            "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                get("/hidden"));
}

TEST_F(RequestAtTheDoor, WithAnImpossibleLengthIsRefused) {
    refused(400, "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n");
    refused(400, "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n");
    refused(411, "POST /v1 HTTP/1.1\r\nHost: x\r\n\r\n");
}

TEST_F(RequestAtTheDoor, InChunksIsRefused) {
    refused(411,
            "POST /v1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            "10000000000000000\r\nabc\r\n0\r\n\r\n");
}

TEST_F(RequestAtTheDoor, OfLaxSyntaxIsRefused) {
    refused(400, "GET /v1 HTTP/1.1\r\nA: b\r\n\r\n");
    refused(400, "GET /v1 HTTP/1.1\nHost: x\n\n");
    refused(400, "GET /v1 HTTP/1.1\r\nHost : x\r\n\r\n");
    refused(400, "GET /v1 HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n");
    refused(400, "GET /v1 HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n");
    refused(400, get("/v1/a%00b"));
    refused(400, get("/v1/../operator"));
    refused(505, "GET /v1 HTTP/1.0\r\nHost: x\r\n\r\n");
}

TEST_F(RequestAtTheDoor, WithAnEndlessHeadIsRefused) {
    std::string many;
    for (int i = 0; i < 10'000; ++i) many += "A" + std::to_string(i) + ": b\r\n";
    refused(431, "GET /v1 HTTP/1.1\r\nHost: x\r\n" + many + "\r\n");
    refused(431, "GET /v1 HTTP/1.1\r\nHost: x\r\nA: " + std::string(1 << 20, 'a') + "\r\n\r\n");
}

TEST_F(RequestAtTheDoor, OfAnotherMethodIsRefused) {
    refused(405, "OPTIONS /v1 HTTP/1.1\r\nHost: x\r\n\r\n");
    refused(405, "BREW /v1 HTTP/1.1\r\nHost: x\r\n\r\n");
    TlsProbe head(court());
    ASSERT_TRUE(head.send("HEAD /v1 HTTP/1.1\r\nHost: x\r\n\r\n"));
    // An answer to HEAD has no body (RFC 9110 9.3.2): after its head comes the end.
    const WireResponse response = head.receive();
    EXPECT_TRUE(response.head.starts_with("HTTP/1.1 405 "));
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(calls, 0);
}

TEST_F(RequestAtTheDoor, WithABadQueryKeepsTheConnection) {
    TlsProbe probe(court());
    ASSERT_TRUE(probe.send(get("/v1?id=%00") + get("/next")));
    const WireResponse response = probe.receive();
    EXPECT_EQ(response.status, 400);
    EXPECT_TRUE(response.has("HTTP_BAD_PARAMETER"));
    EXPECT_EQ(probe.receive().body, "GET /next ");
    EXPECT_EQ(calls, 1);
}

TEST_F(RequestAtTheDoor, MayExpectToBeContinued) {
    TlsProbe probe(court());
    ASSERT_TRUE(
        probe.send("POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                   "Expect: 100-continue\r\n\r\n"));
    EXPECT_EQ(probe.receive().status, 100);
    ASSERT_TRUE(probe.send("abc"));
    EXPECT_EQ(probe.receive().body, "POST /v1 abc");
    refused(417, "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: more\r\n\r\nabc");
}

TEST_F(RequestAtTheDoor, EndsTheConnectionWhenAsked) {
    TlsProbe probe(court());
    ASSERT_TRUE(probe.send("GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    const WireResponse response = probe.receive();
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(response.has("Connection: Close"));
    EXPECT_TRUE(probe.ended());
}

TEST_F(Door, AnswersWhateverAHandlerThrows) {
    open(shortLimits(), [](const Request& request) -> Response {
        if (request.path == "/standard") throw std::runtime_error("secret detail");
        if (request.path == "/foreign") throw 42;
        if (request.path == "/split")
            return Response{200, "text/plain", {{"X-A", "b\r\nX-Split: d"}}, "", false};
        return Response{204, "", {}, "", false};
    });
    for (const std::string path : {"/standard", "/foreign"}) {
        TlsProbe probe(court());
        ASSERT_TRUE(probe.send(get(path) + get("/fine")));
        const WireResponse response = probe.receive();
        EXPECT_EQ(response.status, 500) << path;
        EXPECT_TRUE(response.has("INTERNAL_FAULT"));
        EXPECT_TRUE(response.has("\"correlation\":\"req-"));
        EXPECT_FALSE(response.has("secret"));
        EXPECT_EQ(probe.receive().status, 204) << "the connection lives on";
    }
    const WireResponse split = ask(court(), get("/split"));
    EXPECT_EQ(split.status, 500);
    EXPECT_FALSE(split.has("X-Split"));
    EXPECT_EQ(server->statistics().handlerFaults, 3U);
}

}  // namespace
}  // namespace thahc::test
