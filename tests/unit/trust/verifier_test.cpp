// What the verifier reads, and that it is exactly what was signed.

#include "gateway/document/json.h"
#include "gateway/trust/signer.h"
#include "tests/unit/trust/verifier_fixture.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::document::Form;
using gateway::document::sha256;

namespace {

struct Reading : VerifierFixture {
    std::unique_ptr<Signer> court = signerNamed("court");
    std::unique_ptr<Signer> procuracy = signerNamed("procuracy");
    StrangerKey courtKey{"court"};
    StrangerKey procuracyKey{"procuracy"};
};

constexpr std::string_view kJson = R"({"id":"m-1","muc":[1.50]})";
constexpr std::string_view kXml = "<BanAn xmlns=\"urn:vi-du\"><So>12/2026/HC-ST</So></BanAn>";

}  // namespace

TEST_F(Reading, CompactJws) {
    for (const Signer* const signer : {court.get(), procuracy.get()}) {
        const std::string text = Seal(*signer).jws(kJson, "thahc");
        const auto verified = verify(jose(text));
        ASSERT_TRUE(verified.ok());
        EXPECT_EQ(verified->signerAgency, signer == court.get() ? "G01" : "G02");
        EXPECT_EQ(verified->signerCertificate->fingerprint(), signer->certificate()->fingerprint());
        EXPECT_EQ(verified->form, SignatureForm::JwsCompact);
        EXPECT_FALSE(verified->claims);
        EXPECT_EQ(verified->revocation.standing, Standing::NoList);
        EXPECT_EQ(verified->content.digest(), sha256(kJson));
        const auto& tree = verified->content.content().tree;
        EXPECT_EQ(tree.form, Form::Json);
        EXPECT_EQ(gateway::document::writeJson(tree.root), kJson);
    }
}

TEST_F(Reading, AnHonestNewSignatureHasTheSameDigest) {
    const std::string first = Seal(*court).jws(kJson, "thahc");
    const std::string second = Seal(*court).jws(kJson, "thahc");
    ASSERT_NE(first, second);
    EXPECT_EQ(verify(jose(first))->content.digest(), verify(jose(second))->content.digest());
}

TEST_F(Reading, XmlWithoutItsSignature) {
    for (const Signer* const signer : {court.get(), procuracy.get()}) {
        const std::string text = Seal(*signer).xml(kXml);
        const auto verified = verify(xml(text));
        ASSERT_TRUE(verified.ok()) << entryOf(verified.error().code).name;
        EXPECT_EQ(verified->form, SignatureForm::XmlEnveloped);
        EXPECT_EQ(verified->signerAgency, signer == court.get() ? "G01" : "G02");
        EXPECT_EQ(verified->content.digest(), sha256(kXml));  // it is canonical already
        const auto& root = verified->content.content().tree.root;
        ASSERT_EQ(root.children.size(), 1U);
        EXPECT_EQ(root.children[0].value, "12/2026/HC-ST");
        EXPECT_TRUE(verified->content.content().xml);
    }
    EXPECT_EQ(outcome({Seal(*court).xml(kXml), "text/xml", {}}), "accepted");
}

TEST_F(Reading, ChangedXmlIsRefused) {
    std::string text = Seal(*court).xml(kXml);
    text.replace(text.find("12/2026"), 7, "13/2026");
    EXPECT_EQ(outcome(xml(text)), "SIGNATURE_INVALID");
    EXPECT_EQ(outcome(xml(kXml)), "SIGNATURE_MISSING");
    EXPECT_EQ(outcome(xml("<a><b></a>")), "SYNTAX_XML");
}

TEST_F(Reading, DetachedOverXmlAndJson) {
    const std::string body(kXml);
    for (const char* mediaType :
         {"application/xml", "text/xml", "application/edxml", "application/vi-du+xml"}) {
        const std::string header = detached(courtKey, "ES256", claims(mediaType), body);
        const auto verified = verify({body, mediaType, header}, "court-1");
        ASSERT_TRUE(verified.ok()) << mediaType << entryOf(verified.error().code).name;
        EXPECT_EQ(verified->form, SignatureForm::JwsDetached);
        EXPECT_EQ(verified->content.digest(), sha256(body));
        EXPECT_EQ(verified->content.content().tree.form, Form::Xml);
        ASSERT_TRUE(verified->claims);
        EXPECT_EQ(verified->claims->audience, "gw-test");
        EXPECT_EQ(verified->claims->type, "JudgmentTransfer");
        EXPECT_EQ(verified->claims->id, "m-1");
        EXPECT_EQ(verified->claims->contentType, mediaType);
        EXPECT_EQ(verified->claims->issuedAt, now());
    }
    const std::string json(kJson);
    const std::string header = detached(courtKey, "ES256", claims("json"), json);
    EXPECT_EQ(outcome({json, "application/json", header}), "accepted");
    EXPECT_EQ(outcome({json + " ", "application/json", header}), "SIGNATURE_INVALID");
}

TEST_F(Reading, SignaturesInsideADetachedBodyAreMereData) {
    const std::string body =
        "<edXML><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/>"
        "</Signature><Signature xmlns=\"http://www.e-doc.vn/Schema/\"/></edXML>";
    const std::string header = detached(courtKey, "ES256", claims("application/xml"), body);
    const auto verified = verify({body, "application/xml", header});
    ASSERT_TRUE(verified.ok());
    EXPECT_EQ(verified->content.content().tree.root.children.size(), 2U);
}

TEST_F(Reading, DetachedWinsOverTheSignatureInside) {
    // Signed by the court inside, sent as the procuracy's: the detached signer is the author.
    const std::string body = Seal(*court).xml(kXml);
    const std::string header =
        detached(procuracyKey, "PS256", claims("application/xml", "PS256"), body);
    const auto verified = verify({body, "application/xml", header});
    ASSERT_TRUE(verified.ok());
    EXPECT_EQ(verified->signerAgency, "G02");
}

TEST_F(Reading, DetachedClaimsAreRequired) {
    const std::string json(kJson);
    const auto outcomeOf = [&](const std::string& header) {
        const std::string value = detached(courtKey, "ES256", header, json);
        return outcome({json, "application/json", value});
    };
    const std::string good = claims("application/json");
    ASSERT_EQ(outcomeOf(good), "accepted");
    for (const char* name : {"aud", "typ", "jti", "iat", "cty"}) {
        std::string without = good;
        without.replace(without.find("\"" + std::string(name) + "\""), 5, "\"xxx\"");
        EXPECT_EQ(outcomeOf(without), "SIGNATURE_HEADER") << name;
    }
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string changed = good;
        return outcomeOf(changed.replace(changed.find(from), from.size(), to));
    };
    for (const char* iat : {"\"1795219200\"", "1795219200.5", "-1", "1e9", "999999999999", "null"})
        EXPECT_EQ(with("1795219200", iat), "SIGNATURE_HEADER") << iat;
    EXPECT_EQ(with("\"m-1\"", "\"m 1\""), "SIGNATURE_HEADER");
    EXPECT_EQ(with("\"m-1\"", "\"\""), "SIGNATURE_HEADER");
    EXPECT_EQ(with("\"gw-test\"", "[\"gw-test\"]"), "SIGNATURE_HEADER");
    EXPECT_EQ(with("application/json", "application/xml"), "SIGNATURE_HEADER");
    EXPECT_EQ(with("application/json", "Application/JSON; charset=utf-8"), "accepted");
}

TEST_F(Reading, MediaTypesWithoutASignature) {
    EXPECT_EQ(outcome({kJson, "application/json", {}}), "SIGNATURE_MISSING");
    EXPECT_EQ(outcome({kXml, "application/vi-du+xml", {}}), "SIGNATURE_MISSING");
    EXPECT_EQ(outcome({"a,b", "text/csv", {}}), "SIGNATURE_MISSING");
    const std::string table = detached(courtKey, "ES256", claims("text/csv"), "a,b");
    EXPECT_EQ(outcome({"a,b", "text/csv", table}), "accepted") << "it is read later";
    EXPECT_EQ(outcome({"a,c", "text/csv", table}), "SIGNATURE_INVALID");
    EXPECT_EQ(outcome({"a,b", "text/plain", {}}), "HTTP_MEDIA_TYPE");
    const std::string header = detached(courtKey, "ES256", claims("text/plain"), "a,b");
    EXPECT_EQ(outcome({"a,b", "text/plain", header}), "HTTP_MEDIA_TYPE");
}

TEST_F(Reading, SyntaxIsJudgedInsideTheSignature) {
    const auto signedPayload = [&](std::string_view payload) {
        return Seal(*court).jws(payload, "thahc");
    };
    EXPECT_EQ(outcome(jose(signedPayload("{\"a\":1,\"a\":2}"))), "SYNTAX_DUPLICATE_NAME");
    EXPECT_EQ(outcome(jose(signedPayload("{"))), "SYNTAX_JSON");
    EXPECT_EQ(outcome(jose(signedPayload(""))), "SYNTAX_JSON");
    EXPECT_EQ(outcome(jose(signedPayload("\xEF\xBB\xBF{}"))), "SYNTAX_ENCODING");
    limits.treeDepth = 2;
    EXPECT_EQ(outcome(jose(signedPayload("[[[]]]"))), "SYNTAX_TOO_DEEP");
    EXPECT_EQ(outcome(jose(signedPayload("[[]]"))), "accepted");
}
