#include "gateway/trust/xml/xml_signature.h"

#include <gtest/gtest.h>

#include <thread>

#include "gateway/base/encoding.h"
#include "xml_signing.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using testing::identity;
using testing::replaced;
using testing::SignatureTemplate;
using testing::signTemplate;
using testing::TestIdentity;

constexpr std::string_view kMessage =
    "<m:ruling xmlns:m=\"urn:m\" Id=\"r1\"><m:number k=\"1\">12/2026/HC-ST</m:number>"
    "<m:court>Tòa án nhân dân tỉnh thử nghiệm</m:court></m:ruling>";

std::string signedBy(const TestIdentity& signer, std::string_view xml = kMessage) {
    return signXmlEnveloped(xml, *signer.certificate, signer.key.get());
}

std::string withTemplate(const SignatureTemplate& parts, std::string_view xml = kMessage) {
    return std::string(xml.substr(0, xml.rfind("</"))) + parts.text() +
           std::string(xml.substr(xml.rfind("</")));
}

base::Result<document::Digest> verdict(const std::string& xml, const TestIdentity& signer) {
    ::testing::internal::CaptureStderr();
    const auto document = document::XmlDocument::parse(xml);
    if (!document) ADD_FAILURE() << "does not parse: " << xml;
    const auto signature = XmlSignature::examine(*document);
    auto result = signature.ok() ? signature->verify(*signer.certificate)
                                 : base::Result<document::Digest>(signature.error());
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
    return result;
}

ErrorCode refusal(const std::string& xml, const TestIdentity& signer) {
    const auto result = verdict(xml, signer);
    EXPECT_FALSE(result.ok()) << xml;
    return result.ok() ? ErrorCode::INTERNAL_FAULT : result.error().code;
}

// The canonical form of kMessage is kMessage itself.
document::Digest messageDigestOf(std::string_view canonical) { return document::sha256(canonical); }

TEST(XmlSignature, WhatWeSignVerifiesAndTellsTheContentDigest) {
    for (const char* algorithm : {"P-256", "P-384", "P-521", "RSA-2048"}) {
        const TestIdentity& signer = identity(algorithm);
        const auto result = verdict(signedBy(signer), signer);
        ASSERT_TRUE(result.ok()) << algorithm;
        EXPECT_EQ(*result, messageDigestOf(kMessage));
    }
}

TEST(XmlSignature, CarriesItsCertificateAsAHint) {
    const TestIdentity& signer = identity("P-256");
    const auto document = document::XmlDocument::parse(signedBy(signer));
    const auto signature = XmlSignature::examine(*document);
    ASSERT_TRUE(signature.ok());
    EXPECT_EQ(signature->certificateHint(), signer.certificate->der());
}

TEST(XmlSignature, CandidatesMayBeTriedOneAfterAnother) {
    SignatureTemplate parts;
    parts.uri = "#r1";
    const auto document =
        document::XmlDocument::parse(signTemplate(withTemplate(parts), identity("P-256")));
    const auto signature = XmlSignature::examine(*document);
    ASSERT_TRUE(signature.ok());
    EXPECT_TRUE(signature->certificateHint().empty());
    EXPECT_FALSE(signature->verify(*identity("P-384").certificate).ok());
    EXPECT_TRUE(signature->verify(*identity("P-256").certificate).ok());
    EXPECT_FALSE(signature->verify(*identity("RSA-2048").certificate).ok());
    EXPECT_TRUE(signature->verify(*identity("P-256").certificate).ok());
    EXPECT_TRUE(XmlSignature::examine(*document).ok());
}

TEST(XmlSignature, LeavesTheSignedContentWhenCutOut) {
    auto document = document::XmlDocument::parse(signedBy(identity("P-256")));
    XmlSignature::examine(*document)->cutFrom(*document);
    const auto original = document::XmlDocument::parse(kMessage);
    EXPECT_EQ(document::writeXml(document->toTree().root),
              document::writeXml(original->toTree().root));
}

TEST(XmlSignature, SigningTwiceGivesTheSameDigestAndOnlyTheValueDiffers) {
    const TestIdentity& rsa = identity("RSA-2048");
    const std::string one = signedBy(rsa), two = signedBy(rsa);
    EXPECT_EQ(*verdict(one, rsa), *verdict(two, rsa));
    EXPECT_EQ(one.substr(0, one.find("<ds:SignatureValue>")),
              two.substr(0, two.find("<ds:SignatureValue>")));
}

TEST(XmlSignature, VerifiesEveryAcceptedAlgorithm) {
    const std::string more = "http://www.w3.org/2001/04/xmldsig-more#";
    const std::string pss = "http://www.w3.org/2007/05/xmldsig-more#";
    for (const std::string& digest :
         {std::string("http://www.w3.org/2001/04/xmlenc#sha256"), more + "sha384",
          std::string("http://www.w3.org/2001/04/xmlenc#sha512")}) {
        SignatureTemplate parts;
        parts.digest = digest;
        for (const char* name : {"ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512"}) {
            parts.method = more + name;
            const auto xml = signTemplate(withTemplate(parts), identity("P-256"));
            const auto result = verdict(xml, identity("P-256"));
            ASSERT_TRUE(result.ok()) << name << digest;
            EXPECT_EQ(*result, messageDigestOf(kMessage));
            EXPECT_EQ(refusal(xml, identity("P-384")), ErrorCode::SIGNATURE_INVALID);
            EXPECT_EQ(refusal(xml, identity("RSA-2048")), ErrorCode::SIGNATURE_ALGORITHM);
        }
        for (const std::string& method :
             {more + "rsa-sha256", more + "rsa-sha384", more + "rsa-sha512",
              pss + "sha256-rsa-MGF1", pss + "sha384-rsa-MGF1", pss + "sha512-rsa-MGF1",
              pss + "rsa-pss"}) {
            parts.method = method;
            const auto xml = signTemplate(withTemplate(parts), identity("RSA-2048"));
            ASSERT_TRUE(verdict(xml, identity("RSA-2048")).ok()) << method;
            EXPECT_EQ(refusal(replaced(xml, "12/2026", "13/2026"), identity("RSA-2048")),
                      ErrorCode::SIGNATURE_INVALID);
            EXPECT_EQ(refusal(xml, identity("P-256")), ErrorCode::SIGNATURE_ALGORITHM);
        }
    }
}

TEST(XmlSignature, VerifiesPssWithPinnedParameters) {
    SignatureTemplate parts;
    parts.method = "http://www.w3.org/2007/05/xmldsig-more#rsa-pss";
    const auto parameters = [](const std::string& content) {
        return "<p:RSAPSSParams xmlns:p=\"http://www.w3.org/2007/05/xmldsig-more#\">" + content +
               "</p:RSAPSSParams>";
    };
    const std::string hash =
        "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha512\"/>";
    const std::string mask =
        "<p:MaskGenerationFunction Algorithm=\"http://www.w3.org/2007/05/xmldsig-more#MGF1\">" +
        hash + "</p:MaskGenerationFunction>";
    for (const std::string& content :
         {std::string(), hash, hash + mask,
          hash + mask + "<p:SaltLength>64</p:SaltLength><p:TrailerField>1</p:TrailerField>"}) {
        parts.methodContent = parameters(content);
        const auto xml = signTemplate(withTemplate(parts), identity("RSA-2048"));
        EXPECT_TRUE(verdict(xml, identity("RSA-2048")).ok()) << content;
    }
    for (const std::string& content :
         {hash + "<p:SaltLength>20</p:SaltLength>", mask,
          std::string("<p:TrailerField>2</p:TrailerField>"),
          std::string("<ds:DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/>"),
          "<p:SaltLength>32</p:SaltLength>" + hash, std::string("<p:Other/>")}) {
        parts.methodContent = parameters(content);
        EXPECT_EQ(refusal(withTemplate(parts), identity("RSA-2048")),
                  ErrorCode::SIGNATURE_ALGORITHM)
            << content;
    }
}

TEST(XmlSignature, VerifiesTheRootByItsId) {
    SignatureTemplate parts;
    parts.uri = "#r1";
    const auto xml = signTemplate(withTemplate(parts), identity("P-256"));
    const auto result = verdict(xml, identity("P-256"));
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(*result, messageDigestOf(kMessage));
    EXPECT_EQ(refusal(replaced(xml, "HC-ST", "HC-PT"), identity("P-256")),
              ErrorCode::SIGNATURE_INVALID);
}

TEST(XmlSignature, TheIdByWhichTheRootIsSignedIsNoContent) {
    const auto contentOf = [](const SignatureTemplate& parts) {
        auto document =
            document::XmlDocument::parse(signTemplate(withTemplate(parts), identity("P-256")));
        const auto signature = XmlSignature::examine(*document);
        EXPECT_TRUE(signature->verify(*identity("P-256").certificate).ok());
        signature->cutFrom(*document);
        std::string attributes;
        for (const auto& child : document->toTree().root.children)
            if (child.kind == document::Kind::Attribute || child.name == "Signature")
                attributes += child.name + "=" + child.value + " ";
        return attributes;
    };
    SignatureTemplate byId;
    byId.uri = "#r1";
    EXPECT_EQ(contentOf(byId), "");
    EXPECT_EQ(contentOf(SignatureTemplate()), "Id=r1 ") << "named by no reference, it is content";
}

TEST(XmlSignature, VerifiesSignedProperties) {
    SignatureTemplate parts;
    parts.signatureId = "s1";
    parts.xades = true;
    for (const char* uri : {"", "#r1"}) {
        parts.uri = uri;
        const auto xml = signTemplate(withTemplate(parts), identity("P-256"));
        const auto result = verdict(xml, identity("P-256"));
        ASSERT_TRUE(result.ok());
        EXPECT_EQ(*result, messageDigestOf(kMessage));
        EXPECT_EQ(refusal(replaced(xml, "2026-01-02", "2026-01-03"), identity("P-256")),
                  ErrorCode::SIGNATURE_INVALID);
        EXPECT_EQ(refusal(replaced(xml, "HC-ST", "HC-PT"), identity("P-256")),
                  ErrorCode::SIGNATURE_INVALID);
        EXPECT_TRUE(verdict(replaced(xml, "</x:QualifyingProperties>",
                                     "<x:UnsignedProperties/></x:QualifyingProperties>"),
                            identity("P-256"))
                        .ok());
    }
}

TEST(XmlSignature, EveryChangeOfTheContentIsSeen) {
    const TestIdentity& signer = identity("P-256");
    const std::string xml = signedBy(signer);
    ASSERT_TRUE(verdict(xml, signer).ok());
    EXPECT_EQ(refusal(replaced(xml, "12/2026", "13/2026"), signer), ErrorCode::SIGNATURE_INVALID);
    EXPECT_EQ(refusal(replaced(xml, "k=\"1\"", "k=\"2\""), signer), ErrorCode::SIGNATURE_INVALID);
    EXPECT_EQ(refusal(replaced(xml, "k=\"1\"", "m:k=\"1\""), signer), ErrorCode::SIGNATURE_INVALID);
    EXPECT_EQ(refusal(replaced(xml, "urn:m", "urn:n"), signer), ErrorCode::SIGNATURE_INVALID);
    EXPECT_EQ(refusal(replaced(xml, "<m:court>", "<m:court> "), signer),
              ErrorCode::SIGNATURE_INVALID);
    EXPECT_EQ(refusal(replaced(xml, "<m:court>", "<m:court/><m:court>"), signer),
              ErrorCode::SIGNATURE_INVALID);
    EXPECT_EQ(refusal(replaced(xml, "<m:number", "<?evil x?><m:number"), signer),
              ErrorCode::SIGNATURE_INVALID);
    EXPECT_EQ(refusal(xml, identity("P-384")), ErrorCode::SIGNATURE_INVALID);
}

// Canonicalisation leaves comments out, so the signature notices none: the reader has to.
TEST(XmlSignature, ACommentIsNotCoveredAndMayStandBetweenElementsOnly) {
    const TestIdentity& signer = identity("P-256");
    const auto inText =
        document::XmlDocument::parse(replaced(signedBy(signer), "12/2026", "1<!-- x -->2/2026"));
    ASSERT_FALSE(inText.ok());
    EXPECT_EQ(inText.error().code, ErrorCode::SYNTAX_COMMENT_IN_TEXT);
    const auto document = document::XmlDocument::parse(
        replaced(signedBy(signer), "<m:number", "<!-- x --><m:number"));
    ASSERT_TRUE(document.ok());
    const auto result = XmlSignature::examine(*document)->verify(*signer.certificate);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(*result, messageDigestOf(kMessage));
    EXPECT_EQ(document->toTree().root.child("number")->value, "12/2026/HC-ST");
}

TEST(XmlSignature, InstructionsBeforeTheRootAreCovered) {
    const TestIdentity& signer = identity("P-256");
    const std::string xml = signedBy(signer, "<?a b?><?c d?><m:x xmlns:m=\"urn:m\"/>");
    EXPECT_TRUE(verdict(xml, signer).ok());
    EXPECT_EQ(refusal(replaced(xml, "<?a b?>", ""), signer), ErrorCode::SIGNATURE_INVALID);
}

TEST(XmlSignature, ASignatureMovedToAnotherMessageIsInvalid) {
    const TestIdentity& signer = identity("P-256");
    const std::string xml = signedBy(signer);
    const auto begin = xml.find("<ds:Signature ");
    const std::string signature = xml.substr(begin, xml.rfind("</m:ruling>") - begin);
    EXPECT_EQ(refusal("<m:ruling xmlns:m=\"urn:m\" Id=\"r1\">" + signature + "</m:ruling>", signer),
              ErrorCode::SIGNATURE_INVALID);
}

TEST(XmlSignature, ABrokenValueIsInvalid) {
    const TestIdentity& signer = identity("P-256");
    const std::string xml = signedBy(signer);
    const auto begin = xml.find("<ds:SignatureValue>") + 19;
    const auto end = xml.find("</ds:SignatureValue>");
    for (const std::string& value :
         {std::string(), base::toBase64(std::string(64, '\0')),
          base::toBase64(std::string(64, '\xFF')), base::toBase64("short"),
          base::toBase64(std::string(65, 'x')), base::toBase64(std::string(5000, 'x'))})
        EXPECT_EQ(refusal(xml.substr(0, begin) + value + xml.substr(end), signer),
                  ErrorCode::SIGNATURE_INVALID)
            << value.size();
}

TEST(XmlSignature, ManyThreadsVerifyAndSignAtOnce) {
    const TestIdentity& signer = identity("P-256");
    const TestIdentity& rsa = identity("RSA-2048");
    const std::string one = signedBy(signer), two = signedBy(rsa);
    std::vector<int> good(4, 0);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < good.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i) {
                const auto document =
                    document::XmlDocument::parse(t % 2 == 0 ? one : signedBy(rsa));
                const auto& by = t % 2 == 0 ? signer : rsa;
                good[t] += XmlSignature::examine(*document)->verify(*by.certificate).ok() ? 1 : 0;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, std::vector<int>(4, 20));
}

}  // namespace
}  // namespace gateway::trust
