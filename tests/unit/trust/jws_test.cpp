#include "gateway/trust/jws.h"

#include <gtest/gtest.h>

#include "gateway/base/encoding.h"
#include "gateway/base/limits.h"
#include "tests/unit/trust/jws_maker.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::ErrorCode;
using gateway::base::toBase64;
using gateway::base::toBase64Url;

namespace {

constexpr std::string_view kBody = R"({"id":"m-1"})";

const StrangerKey& court() {
    static const StrangerKey key("court");
    return key;
}

std::string signedWith(const std::string& header) {
    return compact(court(), "ES256", header, kBody);
}

void expectRefused(const std::string& text, ErrorCode code) {
    const auto jws = Jws::parseCompact(text);
    ASSERT_FALSE(jws.ok()) << text.substr(0, 100);
    EXPECT_EQ(entryOf(jws.error().code).name, entryOf(code).name) << text.substr(0, 100);
}

void expectHeaderRefused(const std::string& header, ErrorCode code) {
    SCOPED_TRACE(header.substr(0, 100));
    expectRefused(signedWith(header), code);
}

std::optional<gateway::document::Digest> hintOf(const std::string& header) {
    const std::string text = signedWith(header);
    const auto jws = Jws::parseCompact(text);
    EXPECT_TRUE(jws.ok()) << header.substr(0, 100);
    return jws.ok() ? jws->certificateHint() : std::nullopt;
}

}  // namespace

TEST(Jws, VerifiesEveryAcceptedAlgorithm) {
    struct Case {
        const char* key;
        const char* alg;
    };
    for (const Case& each :
         {Case{"court", "ES256"}, Case{"p384", "ES384"}, Case{"p521", "ES512"},
          Case{"procuracy", "PS256"}, Case{"procuracy", "PS384"}, Case{"procuracy", "PS512"},
          Case{"procuracy", "RS256"}, Case{"procuracy", "RS384"}, Case{"procuracy", "RS512"}}) {
        const StrangerKey key(each.key);
        const std::string text =
            compact(key, each.alg, "{\"alg\":\"" + std::string(each.alg) + "\"}", kBody);
        const auto jws = Jws::parseCompact(text);
        ASSERT_TRUE(jws.ok()) << each.alg;
        EXPECT_EQ(nameOf(jws->algorithm()), each.alg);
        EXPECT_TRUE(jws->verify(*certificateNamed(each.key)).ok()) << each.alg;
    }
}

TEST(Jws, TheKeyDecidesWhichAlgorithmsArePossible) {
    const std::string ec = signedWith(R"({"alg":"ES256"})");
    const auto jws = Jws::parseCompact(ec);
    ASSERT_TRUE(jws.ok());
    EXPECT_EQ(jws->verify(*certificateNamed("procuracy")).error().code,
              ErrorCode::SIGNATURE_ALGORITHM);
    EXPECT_EQ(jws->verify(*certificateNamed("p384")).error().code, ErrorCode::SIGNATURE_ALGORITHM);
    EXPECT_EQ(jws->verify(*certificateNamed("ward")).error().code, ErrorCode::SIGNATURE_INVALID);
    // ES384 with a P-256 key: a mix that RFC 7518 does not know.
    const std::string mixed = compact(court(), "ES384", R"({"alg":"ES384"})", kBody);
    const auto other = Jws::parseCompact(mixed);
    ASSERT_TRUE(other.ok());
    EXPECT_EQ(other->verify(*certificateNamed("court")).error().code,
              ErrorCode::SIGNATURE_ALGORITHM);
}

TEST(Jws, AnAlgorithmOfTheSameKeyCannotStandForAnother) {
    const StrangerKey rsa("procuracy");
    const std::string data = toBase64Url(R"({"alg":"PS256"})") + "." + toBase64Url(kBody);
    for (const char* alg : {"RS256", "PS384", "RS512"}) {
        const std::string text = data + "." + toBase64Url(signAs(rsa, alg, data));
        const auto jws = Jws::parseCompact(text);
        ASSERT_TRUE(jws.ok());
        EXPECT_EQ(jws->verify(*certificateNamed("procuracy")).error().code,
                  ErrorCode::SIGNATURE_INVALID)
            << alg;
    }
}

TEST(Jws, RefusesEveryOtherAlgorithm) {
    for (const char* alg :
         {"none", "None", "HS256", "HS512", "EdDSA", "ES256K", "es256", "RS1", ""})
        expectHeaderRefused("{\"alg\":\"" + std::string(alg) + "\"}",
                            ErrorCode::SIGNATURE_ALGORITHM);
    expectHeaderRefused("{}", ErrorCode::SIGNATURE_HEADER);
    expectHeaderRefused(R"({"alg":256})", ErrorCode::SIGNATURE_HEADER);
    expectHeaderRefused(R"({"alg":["ES256"]})", ErrorCode::SIGNATURE_HEADER);
}

TEST(Jws, AnyChangeBreaksIt) {
    const std::string text = signedWith(R"({"alg":"ES256","typ":"x"})");
    const auto certificate = certificateNamed("court");
    int verified = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        const auto jws = Jws::parseCompact(changed);
        if (jws.ok() && jws->verify(*certificate).ok()) ++verified;
    }
    EXPECT_EQ(verified, 0);
    EXPECT_TRUE(Jws::parseCompact(text)->verify(*certificate).ok());
}

TEST(Jws, EcdsaValuesHaveOneExactLength) {
    const std::string data = toBase64Url(R"({"alg":"ES256"})") + "." + toBase64Url(kBody);
    const std::string value = signAs(court(), "ES256", data);
    const auto certificate = certificateNamed("court");
    const std::string longer = value.substr(0, 32) + std::string(1, '\0') + value.substr(32);
    for (const std::string& wrong :
         {value + std::string(1, '\0'), value.substr(1), longer, std::string(64, '\0'),
          std::string(64, '\xff'), std::string(1, '\0') + value + std::string(1, '\0')}) {
        const std::string text = data + "." + toBase64Url(wrong);
        const auto jws = Jws::parseCompact(text);
        ASSERT_TRUE(jws.ok());
        EXPECT_EQ(jws->verify(*certificate).error().code, ErrorCode::SIGNATURE_INVALID);
    }
}

TEST(Jws, CompactShapeIsExact) {
    const std::string good = signedWith(R"({"alg":"ES256"})");
    const auto dot = good.find('.');
    for (const std::string& text :
         {std::string(), std::string("."), std::string(".."), std::string("..."), good + ".",
          "." + good, good + "\n", " " + good, good + "=", good.substr(0, good.rfind('.')),
          good.substr(0, good.rfind('.') + 1), good.substr(0, dot) + "=" + good.substr(dot),
          good.substr(0, dot) + "\r\n" + good.substr(dot), std::string("{\"payload\":\"\"}")})
        expectRefused(text, ErrorCode::SIGNATURE_SHAPE);
    std::string standard = good;
    standard[dot + 1] = '+';
    expectRefused(standard, ErrorCode::SIGNATURE_SHAPE);
}

TEST(Jws, HeaderMustBeOneStrictObject) {
    for (const char* header :
         {"", "[]", "\"ES256\"", "{\"alg\":\"ES256\",\"alg\":\"ES256\"}", "{\"alg\":\"ES256\"",
          "{\"alg\":\"ES256\"} ,", "{\"alg\":\"ES256\",\"x\":\"\\ud800\"}",
          "\xEF\xBB\xBF{\"alg\":\"ES256\"}", "{\"alg\":\"ES256\",\"x\":[[[[[[[[[]]]]]]]]]}"})
        expectHeaderRefused(header, ErrorCode::SIGNATURE_HEADER);
    expectHeaderRefused("{\"alg\":\"ES256\",\"x\":\"" + std::string(20'000, 'x') + "\"}",
                        ErrorCode::SIGNATURE_HEADER);
}

TEST(Jws, KeysInTheHeaderAreRefused) {
    expectHeaderRefused(R"({"alg":"ES256","jwk":{"kty":"EC"}})",
                        ErrorCode::SIGNATURE_KEY_REFERENCE);
    expectHeaderRefused(R"({"alg":"ES256","jku":"https://x.invalid/"})",
                        ErrorCode::SIGNATURE_KEY_REFERENCE);
    expectHeaderRefused(R"({"alg":"ES256","x5u":"https://x.invalid/"})",
                        ErrorCode::SIGNATURE_KEY_REFERENCE);
    expectHeaderRefused(R"({"alg":"ES256","jwk":null})", ErrorCode::SIGNATURE_KEY_REFERENCE);
}

TEST(Jws, OnlyUnderstoodExtensionsMayBeCritical) {
    for (const char* crit :
         {R"("crit":["exp"])", R"("crit":[])", R"("crit":"b64")", R"("crit":["b64"])",
          R"("b64":false)", R"("b64":false,"crit":["b64"])", R"("b64":"true","crit":["b64"])",
          R"("b64":true,"crit":["b64","exp"])", R"("b64":true,"crit":["b64","b64"])"})
        expectHeaderRefused("{\"alg\":\"ES256\"," + std::string(crit) + "}",
                            ErrorCode::SIGNATURE_HEADER);
    EXPECT_FALSE(hintOf(R"({"alg":"ES256","b64":true,"crit":["b64"]})"));
}

TEST(Jws, HintsPointToACertificate) {
    const auto certificate = certificateNamed("court");
    const auto& digest = certificate->fingerprint();
    const std::string x5t = toBase64Url(digest.view());
    const std::string x5c = toBase64(certificate->der());
    EXPECT_EQ(hintOf("{\"alg\":\"ES256\",\"x5t#S256\":\"" + x5t + "\"}"), digest);
    EXPECT_EQ(hintOf("{\"alg\":\"ES256\",\"kid\":\"" + x5t + "\"}"), digest);
    EXPECT_EQ(hintOf("{\"alg\":\"ES256\",\"kid\":\"" + digest.hex() + "\"}"), digest);
    EXPECT_EQ(hintOf("{\"alg\":\"ES256\",\"kid\":\"key-1\"}"), std::nullopt);
    EXPECT_EQ(hintOf("{\"alg\":\"ES256\",\"x5c\":[\"" + x5c + "\"]}"), digest);
    EXPECT_EQ(hintOf("{\"alg\":\"ES256\",\"x5t#S256\":\"" + x5t + "\",\"x5c\":[\"" + x5c + "\"]}"),
              digest);
}

TEST(Jws, HintsMustBeWellFormedAndAgree) {
    const auto court = certificateNamed("court");
    const std::string other = toBase64Url(certificateNamed("ward")->fingerprint().view());
    expectHeaderRefused("{\"alg\":\"ES256\",\"x5t#S256\":\"" + other + "\",\"x5c\":[\"" +
                            toBase64(court->der()) + "\"]}",
                        ErrorCode::SIGNATURE_HEADER);
    for (const char* hint : {R"("x5t#S256":"abcd")", R"("x5t#S256":1)", R"("x5c":[])",
                             R"("x5c":"MIIB")", R"("x5c":[1])", R"("x5c":["***"])", R"("x5c":[""])",
                             R"("kid":7)", R"("typ":{})", R"("cty":null)"})
        expectHeaderRefused("{\"alg\":\"ES256\"," + std::string(hint) + "}",
                            ErrorCode::SIGNATURE_HEADER);
}

TEST(JwsDetached, VerifiesTheBodyAndNothingElse) {
    const std::string header = detached(court(), "ES256", R"({"alg":"ES256"})", "<a/>");
    const auto certificate = certificateNamed("court");
    EXPECT_TRUE(Jws::parseDetached(header, "<a/>")->verify(*certificate).ok());
    for (const char* body : {"<a/>\n", "", "<b/>", " <a/>"})
        EXPECT_FALSE(Jws::parseDetached(header, body)->verify(*certificate).ok()) << body;
}

TEST(JwsDetached, ShapeIsExactAndBounded) {
    const std::string whole = signedWith(R"({"alg":"ES256"})");
    const std::string good = detached(court(), "ES256", R"({"alg":"ES256"})", kBody);
    for (const std::string& header :
         {whole, std::string(), std::string(".."), good + ".", "." + good, good + " ",
          good.substr(0, good.find('.')), good.substr(0, good.rfind('.') + 1)})
        EXPECT_FALSE(Jws::parseDetached(header, kBody).ok()) << header;
    const std::string padded = "{\"alg\":\"ES256\",\"x\":\"" +
                               std::string(gateway::base::kLongestDetachedHeader, 'x') + "\"}";
    EXPECT_EQ(Jws::parseDetached(detached(court(), "ES256", padded, kBody), kBody).error().code,
              ErrorCode::SIGNATURE_SHAPE);
}
