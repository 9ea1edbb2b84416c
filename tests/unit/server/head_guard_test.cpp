#include "gateway/server/wire/head_guard.h"

#include <gtest/gtest.h>

#include <string>

namespace gateway::server {
namespace {

using base::ErrorCode;

constexpr HeadBounds kBounds{1024, 10, 1000};

std::string get(const std::string& target, const std::string& fields = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: gateway\r\n" + fields + "\r\n";
}

std::string post(const std::string& fields) {
    return "POST /v1/messages HTTP/1.1\r\nHost: gateway\r\n" + fields + "\r\n";
}

struct Refused {
    const char* what;
    std::string head;
    ErrorCode code;
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.what; }

class RefusedHead : public testing::TestWithParam<Refused> {};

TEST_P(RefusedHead, HasItsCode) {
    const auto judged = judgeHead(GetParam().head, kBounds);
    ASSERT_FALSE(judged.ok()) << GetParam().what;
    EXPECT_EQ(base::entryOf(judged.error().code).name, base::entryOf(GetParam().code).name)
        << GetParam().what;
}

const std::string kNul("\0", 1);

INSTANTIATE_TEST_SUITE_P(
    RequestLine, RefusedHead,
    testing::Values(
        Refused{"no blank", "GET\r\n\r\n", ErrorCode::HTTP_MALFORMED},
        Refused{"empty line first", "\r\n" + get("/"), ErrorCode::HTTP_MALFORMED},
        Refused{"two blanks", get(" /"), ErrorCode::HTTP_MALFORMED},
        Refused{"method of separators", "G(T / HTTP/1.1\r\nHost: x\r\n\r\n",
                ErrorCode::HTTP_MALFORMED},
        Refused{"HTTP/1.0", "GET / HTTP/1.0\r\nHost: x\r\n\r\n", ErrorCode::HTTP_VERSION},
        Refused{"HTTP/2.0", "PRI * HTTP/2.0\r\n\r\n", ErrorCode::HTTP_VERSION},
        Refused{"HTTP/0.9", "GET /\r\n\r\n", ErrorCode::HTTP_MALFORMED},
        Refused{"HEAD", "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", ErrorCode::HTTP_METHOD},
        Refused{"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", ErrorCode::HTTP_METHOD},
        Refused{"CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", ErrorCode::HTTP_METHOD},
        Refused{"lower-case method", "get / HTTP/1.1\r\nHost: x\r\n\r\n", ErrorCode::HTTP_METHOD},
        Refused{"absolute form", get("http://gateway/"), ErrorCode::HTTP_MALFORMED},
        Refused{"escaped NUL in path", get("/v1/a%00b"), ErrorCode::HTTP_MALFORMED},
        Refused{"escaped slash", get("/v1%2Fmessages"), ErrorCode::HTTP_MALFORMED},
        Refused{"dot segments", get("/v1/../operator"), ErrorCode::HTTP_MALFORMED},
        Refused{"dot at end", get("/v1/."), ErrorCode::HTTP_MALFORMED},
        Refused{"empty segment", get("//v1"), ErrorCode::HTTP_MALFORMED},
        Refused{"slash at end", get("/v1/"), ErrorCode::HTTP_MALFORMED},
        Refused{"fragment", get("/v1?a=1#b"), ErrorCode::HTTP_MALFORMED},
        Refused{"backslash", get("/v1\\a"), ErrorCode::HTTP_MALFORMED},
        Refused{"non-ASCII", get("/v1/tòa"), ErrorCode::HTTP_MALFORMED}));

INSTANTIATE_TEST_SUITE_P(
    Fields, RefusedHead,
    testing::Values(
        Refused{"no Host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", ErrorCode::HTTP_MALFORMED},
        Refused{"two Hosts", get("/", "host: other\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", ErrorCode::HTTP_MALFORMED},
        Refused{"Host of two", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", ErrorCode::HTTP_MALFORMED},
        Refused{"bare LF", "GET / HTTP/1.1\nHost: x\n\n", ErrorCode::HTTP_MALFORMED},
        Refused{"bare LF in a field", get("/", "A: b\nC: d\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"bare CR", get("/", "A: b\rC: d\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"folded", get("/", "A: b\r\n c\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"folded first", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", ErrorCode::HTTP_MALFORMED},
        Refused{"blank before colon", get("/", "A : b\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"no colon", get("/", "Accept\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"no name", get("/", ": b\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"NUL", get("/", "A: b" + kNul + "\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"escape character", get("/", "A: \x1b[2J\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"encoded word", get("/", "A: =?utf-8?q?x?=\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"two signatures", post("X-JWS-Signature: a\r\nx-jws-signature: b\r\n"),
                ErrorCode::HTTP_MALFORMED},
        Refused{"two types", post("Content-Type: a/b\r\nContent-Type: a/b\r\n"),
                ErrorCode::HTTP_MALFORMED},
        Refused{"eleven fields",
                get("/",
                    "A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\nF: 1\r\nG: 1\r\nH: 1\r\n"
                    "I: 1\r\nJ: 1\r\n"),
                ErrorCode::HTTP_HEAD_TOO_LARGE},
        Refused{"a name that POCO gives up on", get("/", std::string(257, 'a') + ": b\r\n"),
                ErrorCode::HTTP_HEAD_TOO_LARGE},
        Refused{"over the bytes", get("/", "A: " + std::string(1100, 'a') + "\r\n"),
                ErrorCode::HTTP_HEAD_TOO_LARGE},
        Refused{"compressed", post("Content-Length: 1\r\nContent-Encoding: gzip\r\n"),
                ErrorCode::HTTP_MEDIA_TYPE},
        Refused{"expects more", post("Content-Length: 1\r\nExpect: 200-maybe\r\n"),
                ErrorCode::HTTP_EXPECTATION}));

INSTANTIATE_TEST_SUITE_P(
    Lengths, RefusedHead,
    testing::Values(
        Refused{"none", post(""), ErrorCode::HTTP_LENGTH_REQUIRED},
        Refused{"chunked", post("Transfer-Encoding: chunked\r\n"), ErrorCode::HTTP_LENGTH_REQUIRED},
        Refused{"length beside chunked",
                post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
                ErrorCode::HTTP_MALFORMED},
        Refused{"chunked spelt oddly", post("Content-Length: 5\r\ntransfer-encoding: x\r\n"),
                ErrorCode::HTTP_MALFORMED},
        Refused{"two", post("Content-Length: 5\r\nContent-Length: 6\r\n"),
                ErrorCode::HTTP_MALFORMED},
        Refused{"two alike", post("Content-Length: 5\r\nContent-Length: 5\r\n"),
                ErrorCode::HTTP_MALFORMED},
        Refused{"list", post("Content-Length: 5, 5\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"negative", post("Content-Length: -1\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"plus", post("Content-Length: +1\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"hexadecimal", post("Content-Length: 0x10\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"empty", post("Content-Length:\r\n"), ErrorCode::HTTP_MALFORMED},
        Refused{"over the limit", post("Content-Length: 1001\r\n"), ErrorCode::HTTP_BODY_TOO_LARGE},
        Refused{"over 2^64", post("Content-Length: 18446744073709551621\r\n"),
                ErrorCode::HTTP_BODY_TOO_LARGE},
        Refused{"body on a GET", get("/", "Content-Length: 1\r\n"), ErrorCode::HTTP_MALFORMED}));

TEST(HeadGuard, PassesAnHonestPost) {
    const auto judged = judgeHead(post("Content-Type: application/xml\r\nContent-Length: 1000\r\n"
                                       "Connection: keep-alive\r\nExpect: 100-continue\r\n"),
                                  kBounds);
    ASSERT_TRUE(judged.ok());
    EXPECT_EQ(judged->contentLength, 1000U);
    EXPECT_TRUE(judged->expectsContinue);
    EXPECT_FALSE(judged->wantsClose);
}

TEST(HeadGuard, PassesAnHonestGet) {
    const auto judged = judgeHead(
        get("/v1/messages/sha256-0a.b_c~d?id=a%2Bb&dry-run", "Connection: x, Close\r\n"), kBounds);
    ASSERT_TRUE(judged.ok());
    EXPECT_EQ(judged->contentLength, 0U);
    EXPECT_TRUE(judged->wantsClose);
}

TEST(HeadGuard, HasRoomForADetachedSignature) {
    const HeadBounds wide{64 * 1024, 10, 1000};
    const std::string signature = "X-JWS-Signature: " + std::string(8'000, 'a') + "\r\n";
    EXPECT_TRUE(judgeHead(post("Content-Length: 1\r\n" + signature), wide).ok());
    for (const std::string& long_ :
         {get("/" + std::string(8'192, 'a')), get("/", "A: " + std::string(8'192, 'a') + "\r\n")}) {
        const auto judged = judgeHead(long_, wide);
        ASSERT_FALSE(judged.ok());
        EXPECT_EQ(judged.error().code, ErrorCode::HTTP_HEAD_TOO_LARGE);
    }
}

TEST(HeadGuard, TellsTheLimitAndNothingOfTheContent) {
    const auto tooLarge = judgeHead(post("Content-Length: 1001\r\n"), kBounds);
    EXPECT_NE(base::render(tooLarge.error()).en.find("1000"), std::string::npos);
    const auto bad = judgeHead(get("/secret/../x"), kBounds);
    EXPECT_EQ(base::render(bad.error()).en.find("secret"), std::string::npos);
}

TEST(HeadEnd, IsFoundHoweverTheBytesArrive) {
    const std::string head = get("/v1/whoami", "A: b\r\n");
    const std::string received = head + "GET /next";
    std::size_t seen = 0;
    for (std::size_t size = 1; size <= received.size(); ++size) {
        const HeadEnd end = findHeadEnd(std::string_view(received).substr(0, size), seen, kBounds);
        if (size < head.size()) {
            ASSERT_EQ(end.scan, HeadScan::Incomplete) << size;
            seen = size;
        } else {
            ASSERT_EQ(end.scan, HeadScan::Complete) << size;
            ASSERT_EQ(end.length, head.size());
        }
    }
}

TEST(HeadEnd, GivesUpEarly) {
    EXPECT_EQ(findHeadEnd("GET / HTTP/1.1\n", 0, kBounds).scan, HeadScan::Broken);
    EXPECT_EQ(findHeadEnd("GET /\rx", 0, kBounds).scan, HeadScan::Broken);
    EXPECT_EQ(findHeadEnd("\x16\x03\x01", 0, kBounds).scan, HeadScan::Broken);
    EXPECT_EQ(findHeadEnd(std::string(1024, 'a'), 0, kBounds).scan, HeadScan::TooLarge);
    EXPECT_EQ(findHeadEnd(std::string(1023, 'a'), 0, kBounds).scan, HeadScan::Incomplete);
}

TEST(HeadGuard, HeadIsJudgedAsGetWhereItIsAnswered) {
    HeadBounds open = kBounds;
    open.headMethod = true;
    const std::string head = "HEAD / HTTP/1.1\r\nHost: x\r\n";
    EXPECT_FALSE(judgeHead(head + "\r\n", kBounds).ok());
    EXPECT_TRUE(judgeHead(head + "\r\n", open).ok());
    EXPECT_FALSE(judgeHead(head + "Content-Length: 1\r\n\r\n", open).ok());
    EXPECT_FALSE(judgeHead("head / HTTP/1.1\r\nHost: x\r\n\r\n", open).ok());
}

}  // namespace
}  // namespace gateway::server
