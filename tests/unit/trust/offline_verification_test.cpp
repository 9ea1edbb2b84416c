#include "gateway/trust/offline_verification.h"

#include <gtest/gtest.h>

#include "gateway/base/encoding.h"
#include "gateway/trust/signer.h"
#include "tests/unit/trust/jws_maker.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::document::sha256;
using std::chrono::days;

namespace {

constexpr std::string_view kJson = R"({"id":"rcp-1"})";
constexpr std::string_view kXml = "<Receipt xmlns=\"urn:vi-du\"><id>rcp-1</id></Receipt>";

struct Offline : ::testing::Test {
    OfflineTrust trust;
    std::unique_ptr<Signer> court = signerNamed("court");
    std::string jws = Seal(*court).jws(kJson, "thahc-receipt");
    std::string xml = Seal(*court).xml(kXml);

    Offline() {
        trust.at = now();
        trust.certificates = {certificateNamed("ca"), certificateNamed("court")};
    }

    // Names of the problems, joined.
    std::string problems(std::string_view bytes, std::string_view header = {}) const {
        std::string names;
        for (const auto& problem : verifyOffline(bytes, header, trust).problems)
            names.append(names.empty() ? "" : " ").append(entryOf(problem.code).name);
        return names;
    }
};

}  // namespace

TEST_F(Offline, TellsEverythingAboutACompactJws) {
    const auto report = verifyOffline(jws + "\n", {}, trust);
    EXPECT_TRUE(report.good());
    EXPECT_EQ(report.form, SignatureForm::JwsCompact);
    EXPECT_EQ(report.algorithm, "ES256");
    ASSERT_TRUE(report.signer);
    EXPECT_EQ(report.signer->subject(), "CN=court,O=Demo THAHC,C=VN");
    EXPECT_EQ(report.contentDigest, sha256(kJson));
    EXPECT_EQ(report.bodyDigest, sha256(jws + "\n"));
    ASSERT_TRUE(report.content);
    EXPECT_EQ(report.content->root.child("id")->value, "rcp-1");
}

TEST_F(Offline, TellsEverythingAboutXml) {
    trust.certificates.pop_back();  // KeyInfo carries the certificate
    const auto report = verifyOffline(xml, {}, trust);
    EXPECT_TRUE(report.good());
    EXPECT_EQ(report.form, SignatureForm::XmlEnveloped);
    EXPECT_EQ(report.algorithm, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
    EXPECT_EQ(report.signer->fingerprint(), court->certificate()->fingerprint());
    EXPECT_EQ(report.contentDigest, sha256(kXml));
    ASSERT_TRUE(report.content);
    EXPECT_EQ(report.content->root.children.size(), 1U);
}

TEST_F(Offline, ADetachedSignatureCoversAnyBytes) {
    const StrangerKey key("court");
    for (const std::string& body : {std::string("a,b\n"), std::string("{\"a\":1}"),
                                    std::string("<a/>"), std::string("\0\xff", 2)}) {
        const std::string header = detached(key, "ES256", R"({"alg":"ES256"})", body);
        const auto report = verifyOffline(body, header + "\n", trust);
        EXPECT_TRUE(report.good());
        EXPECT_EQ(report.form, SignatureForm::JwsDetached);
        EXPECT_EQ(report.contentDigest, sha256(body));
        EXPECT_EQ(report.content.has_value(), body[0] == '{' || body[0] == '<');
        EXPECT_EQ(problems(body + "x", header), "SIGNATURE_INVALID");
    }
}

TEST_F(Offline, ATrustedSignerNeedsNoAuthority) {
    trust.certificates = {certificateNamed("court")};
    EXPECT_EQ(problems(jws), "");
    EXPECT_EQ(problems(xml), "");
}

TEST_F(Offline, ACarriedCertificateIsBelievedOnlyThroughItsChain) {
    TemporaryDirectory other;
    const DemoPki stranger = DemoPki::create(other.path() / "pki", term());
    trust.certificates = {Certificate::decode(textOf(stranger.certificateFile("ca")))};
    const auto report = verifyOffline(xml, {}, trust);
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_EQ(report.problems[0].code, gateway::base::ErrorCode::SIGNER_UNTRUSTED);
    EXPECT_FALSE(report.problems[0].parameters.empty());
    EXPECT_TRUE(report.contentDigest);  // the signature itself is good
    trust.certificates.clear();
    EXPECT_EQ(problems(xml), "SIGNER_UNTRUSTED");
    EXPECT_EQ(problems(jws), "SIGNER_UNKNOWN");  // it names its certificate without carrying it
}

TEST_F(Offline, ACarriedChainIsUsedForJwsToo) {
    const StrangerKey key("court");
    trust.certificates = {certificateNamed("ca")};
    const std::string header = R"({"alg":"ES256","x5c":[")" +
                               gateway::base::toBase64(court->certificate()->der()) + "\"]}";
    EXPECT_EQ(problems(compact(key, "ES256", header, kJson)), "");
    const std::string nonsense =
        R"({"alg":"ES256","x5c":[")" + gateway::base::toBase64("no certificate") + "\"]}";
    EXPECT_EQ(problems(compact(key, "ES256", nonsense, kJson)), "SIGNER_UNKNOWN");
}

TEST_F(Offline, DatesAreJudgedForTheGivenMoment) {
    trust.at = term().until + days(1);
    EXPECT_EQ(problems(jws), "SIGNER_EXPIRED");
    trust.at = term().from - days(1);
    EXPECT_EQ(problems(jws), "SIGNER_NOT_YET_VALID");
}

TEST_F(Offline, RevocationIsJudgedForTheGivenMoment) {
    TemporaryDirectory directory;
    std::filesystem::copy(pki().directory(), directory.path() / "pki",
                          std::filesystem::copy_options::recursive);
    DemoPki copy = DemoPki::open(directory.path() / "pki");
    copy.writeRevocationList({"court"}, {now(), now() + days(1)});
    const RevocationLists lists(copy.directory() / "crl", {certificateNamed("ca")});
    trust.revocation = &lists;
    EXPECT_EQ(problems(jws), "SIGNER_REVOKED");
    trust.at = now() - days(1);
    EXPECT_EQ(problems(jws), "");  // it was good when the receipt was given
}

TEST_F(Offline, AnAuthoritysKeyDoesNotSealMessages) {
    const StrangerKey key("ca");
    trust.certificates = {certificateNamed("ca")};
    EXPECT_EQ(problems(compact(key, "ES256", R"({"alg":"ES256"})", kJson)), "SIGNER_UNTRUSTED");
}

TEST_F(Offline, WhatIsNotSigned) {
    EXPECT_EQ(problems(kJson), "SIGNATURE_MISSING");
    EXPECT_EQ(problems(kXml), "SIGNATURE_MISSING");
    EXPECT_EQ(problems(""), "SIGNATURE_MISSING");
    EXPECT_EQ(problems("some. text. here"), "SIGNATURE_SHAPE");
    EXPECT_EQ(problems("<a>"), "SYNTAX_XML");
    const auto report = verifyOffline(kJson, {}, trust);
    EXPECT_FALSE(report.form);
    EXPECT_FALSE(report.signer);
}

TEST_F(Offline, ForgeriesNameTheSignatureNotTheSigner) {
    std::string forged = xml;
    forged.replace(forged.find("rcp-1"), 5, "rcp-2");
    const auto report = verifyOffline(forged, {}, trust);
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_EQ(report.problems[0].code, gateway::base::ErrorCode::SIGNATURE_INVALID);
    EXPECT_FALSE(report.signer);
    EXPECT_FALSE(report.content);
    EXPECT_FALSE(report.contentDigest);
}
