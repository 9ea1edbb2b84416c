// A refused JWS says which setting of the signing software to change.

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "gateway/base/encoding.h"
#include "gateway/base/limits.h"
#include "gateway/base/signature_reason.h"
#include "gateway/trust/jws.h"
#include "tests/unit/trust/jws_maker.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::Problem;
using gateway::base::toBase64;
using gateway::base::toBase64Url;

namespace {

constexpr std::string_view kBody = R"({"id":"m-1"})";

const StrangerKey& court() {
    static const StrangerKey key("court");
    return key;
}

std::string reasonOf(const Problem& problem) {
    const auto* const reason = signatureReasonOf(problem);
    return reason == nullptr ? "none" : std::string(reason->name);
}

std::string compactReason(const std::string& text) {
    const auto jws = Jws::parseCompact(text);
    return jws.ok() ? "accepted" : reasonOf(jws.error());
}

std::string headerReason(const std::string& members) {
    return compactReason(compact(court(), "ES256", "{" + members + "}", kBody));
}

std::string detachedReason(const std::string& header) {
    const auto jws = Jws::parseDetached(header, kBody);
    return jws.ok() ? "accepted" : reasonOf(jws.error());
}

// What verify() says of `value` under a header that names `alg`.
std::string valueReason(const std::string& key, const std::string& alg, const std::string& value) {
    const std::string data = toBase64Url("{\"alg\":\"" + alg + "\"}") + "." + toBase64Url(kBody);
    const std::string text = data + "." + toBase64Url(value);
    const auto jws = Jws::parseCompact(text);
    if (!jws) return "not parsed";
    const auto verified = jws->verify(*certificateNamed(key));
    return verified.ok() ? "accepted" : reasonOf(verified.error());
}

std::string dataOf(const std::string& alg) {
    return toBase64Url("{\"alg\":\"" + alg + "\"}") + "." + toBase64Url(kBody);
}

}  // namespace

TEST(JwsReason, OfTheText) {
    const std::string good = compact(court(), "ES256", R"({"alg":"ES256"})", kBody);
    EXPECT_EQ(compactReason(good), "accepted");
    EXPECT_EQ(compactReason("\xEF\xBB\xBF" + good), "JWS_BOM");
    for (const char* end : {"\n", "\r\n", " ", "\t"}) {
        EXPECT_EQ(compactReason(good + end), "JWS_BLANK");
        EXPECT_EQ(compactReason(end + good), "JWS_BLANK");
    }
    EXPECT_EQ(compactReason(R"({"payload":"","protected":"","signature":""})"), "JWS_JSON_FORM");
    EXPECT_EQ(compactReason("\n {\"payload\":\"\",\"signatures\":[]}"), "JWS_JSON_FORM");
    EXPECT_EQ(compactReason(good + ".x"), "JWS_PARTS");
    EXPECT_EQ(compactReason(good.substr(0, good.rfind('.'))), "JWS_PARTS");
    EXPECT_EQ(compactReason(good + "="), "JWS_BASE64URL");
    EXPECT_EQ(compactReason(good.substr(0, good.rfind('.') + 1)), "JWS_NO_SIGNATURE");
    EXPECT_EQ(detachedReason(good), "JWS_NOT_DETACHED");
    EXPECT_EQ(detachedReason(std::string(gateway::base::kLongestDetachedHeader + 1, 'x')),
              "JWS_TOO_LONG");
}

TEST(JwsReason, OfTheHeader) {
    EXPECT_EQ(headerReason(""), "HEADER_ALG");
    EXPECT_EQ(headerReason(R"("alg":"ES256","alg":"ES256")"), "HEADER_JSON");
    EXPECT_EQ(headerReason("\"alg\":\"ES256\",\"x\":\"" + std::string(20'000, 'x') + "\""),
              "HEADER_TOO_LONG");
    EXPECT_EQ(headerReason(R"("alg":"none")"), "ALGORITHM_SECRET_KEY");
    EXPECT_EQ(headerReason(R"("alg":"HS512")"), "ALGORITHM_SECRET_KEY");
    EXPECT_EQ(headerReason(R"("alg":"EdDSA")"), "ALGORITHM_UNKNOWN");
    EXPECT_EQ(headerReason(R"("alg":"ES256","jwk":{})"), "KEY_IN_HEADER");
    EXPECT_EQ(headerReason(R"("alg":"ES256","x5u":"https://x.invalid/")"), "KEY_ELSEWHERE");
    EXPECT_EQ(headerReason(R"("alg":"ES256","b64":false,"crit":["b64"])"), "HEADER_CRIT");
    EXPECT_EQ(headerReason(R"("alg":"ES256","kid":7)"), "HEADER_NOT_TEXT");
    EXPECT_EQ(headerReason(R"("alg":"ES256","x5t#S256":"abcd")"), "HEADER_X5T");
    EXPECT_EQ(headerReason(R"("alg":"ES256","x5c":"MIIB")"), "HEADER_X5C");
    const auto other = toBase64Url(certificateNamed("ward")->fingerprint().view());
    EXPECT_EQ(headerReason("\"alg\":\"ES256\",\"x5t#S256\":\"" + other + "\",\"x5c\":[\"" +
                           toBase64(certificateNamed("court")->der()) + "\"]"),
              "HEADER_X5T_X5C");
}

TEST(JwsReason, OfTheValue) {
    const std::string pair = signAs(court(), "ES256", dataOf("ES256"));
    EXPECT_EQ(valueReason("court", "ES256", pair), "accepted");
    EXPECT_EQ(valueReason("court", "ES256", std::string(64, 'x')), "VALUE_WRONG");
    EXPECT_EQ(valueReason("court", "ES256", std::string(63, 'x')), "VALUE_LENGTH");
    EXPECT_EQ(valueReason("court", "PS256", pair), "ALGORITHM_KEY");
    // r and s as small numbers suffice: the form alone is judged.
    EXPECT_EQ(valueReason("court", "ES256", std::string("\x30\x06\x02\x01\x05\x02\x01\x07", 8)),
              "VALUE_DER");
    EXPECT_EQ(valueReason("procuracy", "PS256", std::string(10, 'x')), "VALUE_LENGTH");
    EXPECT_EQ(valueReason("procuracy", "PS256", std::string(256, 'x')), "VALUE_WRONG");
    const StrangerKey procuracy("procuracy");
    EXPECT_EQ(valueReason("procuracy", "PS256", signAs(procuracy, "PS256", dataOf("PS256"))),
              "accepted");
    EXPECT_EQ(valueReason("procuracy", "PS256", signAs(procuracy, "RS256", dataOf("PS256"))),
              "VALUE_PADDING");
    EXPECT_EQ(valueReason("procuracy", "RS256", signAs(procuracy, "PS256", dataOf("RS256"))),
              "VALUE_PADDING");
    for (const int salt : {RSA_PSS_SALTLEN_MAX, 0})
        EXPECT_EQ(valueReason("procuracy", "PS256", signWithSalt(procuracy, salt, dataOf("PS256"))),
                  "VALUE_SALT")
            << salt;
}

TEST(JwsReason, IsSaidWithoutEchoAndOnlyFromTheTable) {
    using gateway::base::ErrorCode;
    using gateway::base::SignatureReason;
    const auto told =
        render(because(Problem(ErrorCode::SIGNATURE_SHAPE), SignatureReason::JWS_BOM), false);
    EXPECT_NE(told.en.find("byte order mark"), std::string::npos);
    EXPECT_NE(told.vi.find("BOM"), std::string::npos);
    const auto foreign = Problem(ErrorCode::SIGNATURE_SHAPE).with("signatureReason", "evil text");
    EXPECT_EQ(render(foreign, false).en.find("evil"), std::string::npos);
    EXPECT_EQ(signatureReasonOf(foreign), nullptr);
}
