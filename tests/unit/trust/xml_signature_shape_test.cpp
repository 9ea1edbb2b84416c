#include <gtest/gtest.h>

#include "gateway/base/encoding.h"
#include "gateway/base/signature_reason.h"
#include "gateway/trust/xml/xml_signature.h"
#include "xml_signing.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using testing::replaced;
using testing::SignatureTemplate;

std::string valued(std::string signature) {
    const std::string empty = "<ds:DigestValue/>";
    const std::string digest =
        "<ds:DigestValue>" + base::toBase64(std::string(32, 'd')) + "</ds:DigestValue>";
    while (signature.find(empty) != std::string::npos)
        signature = replaced(signature, empty, digest);
    return signature;
}

std::string inRoot(const std::string& signature) {
    return "<r xmlns=\"urn:r\" Id=\"r1\"><a Id=\"a1\">x</a>" + signature + "</r>";
}

// Nothing here needs a key: the shape is judged before any cryptography.
void expect(ErrorCode code, const std::string& xml) {
    const auto document = document::XmlDocument::parse(xml);
    ASSERT_TRUE(document.ok()) << xml;
    const auto signature = XmlSignature::examine(*document);
    ASSERT_FALSE(signature.ok()) << xml;
    EXPECT_EQ(signature.error().code, code) << xml;
    EXPECT_NE(signature.error().position.line, 0U);
    EXPECT_TRUE(signature.error().path.empty());
    const bool counted =
        code == ErrorCode::SIGNATURE_MISSING || code == ErrorCode::SIGNATURE_MULTIPLE;
    EXPECT_EQ(signature.error().parameters.size(), counted ? 0U : 1U) << xml;
    EXPECT_EQ(signatureReasonOf(signature.error()) == nullptr, counted) << xml;
}

std::string reasonOf(const std::string& xml) {
    const auto document = document::XmlDocument::parse(xml);
    if (!document) return "no XML";
    const auto signature = XmlSignature::examine(*document);
    if (signature.ok()) return "accepted";
    const auto* const reason = signatureReasonOf(signature.error());
    return reason == nullptr ? "none" : std::string(reason->name);
}

void accept(const std::string& xml) {
    const auto document = document::XmlDocument::parse(xml);
    ASSERT_TRUE(document.ok()) << xml;
    EXPECT_TRUE(XmlSignature::examine(*document).ok()) << xml;
}

const std::string kShapeA = valued(SignatureTemplate().text());
const std::string kShapeB = [] {
    SignatureTemplate parts;
    parts.signatureId = "s1";
    parts.xades = true;
    return valued(parts.text());
}();

TEST(XmlSignatureShape, AcceptsTheTwoShapes) {
    accept(inRoot(kShapeA));
    accept(inRoot(kShapeB));
    accept(inRoot(replaced(kShapeA, "URI=\"\"", "URI=\"#r1\"")));
    accept(replaced(inRoot(replaced(kShapeA, "URI=\"\"", "URI=\"#r1\"")), " Id=\"r1\"",
                    " xml:id=\"r1\""));
    accept(inRoot(replaced(kShapeA, "><", ">\r\n <")));
}

TEST(XmlSignatureShape, OneSignatureAsAChildOfTheRoot) {
    expect(ErrorCode::SIGNATURE_MISSING, "<r/>");
    expect(ErrorCode::SIGNATURE_MISSING, "<r><Signature/></r>");
    expect(ErrorCode::SIGNATURE_MULTIPLE, inRoot(kShapeA + kShapeA));
    expect(ErrorCode::SIGNATURE_MULTIPLE, inRoot("<b>" + kShapeA + "</b>" + kShapeA));
    expect(ErrorCode::SIGNATURE_SHAPE, inRoot("<b>" + kShapeA + "</b>"));
    expect(ErrorCode::SIGNATURE_SHAPE, kShapeA);
    expect(ErrorCode::SIGNATURE_MULTIPLE,
           inRoot(replaced(kShapeB, "</x:QualifyingProperties>",
                           "<x:UnsignedProperties>" + kShapeA +
                               "</x:UnsignedProperties></x:QualifyingProperties>")));
}

TEST(XmlSignatureShape, AReferenceNamesTheRootOnly) {
    for (const char* uri : {"URI=\"#a1\"", "URI=\"#nobody\"", "URI=\"#\"", "URI=\"#xpointer(/)\"",
                            "URI=\"#xpointer(id('r1'))\"", "URI=\"http://127.0.0.1:9/\"",
                            "URI=\"file:///etc/passwd\"", "URI=\"r1\"", "URI=\" \"", "",
                            "URI=\"#r1')|//*[('\"", "URI=\"\" Type=\"urn:x\""})
        expect(ErrorCode::SIGNATURE_SHAPE, inRoot(replaced(kShapeA, "URI=\"\"", uri)));
}

TEST(XmlSignatureShape, AWrappedCopyOrADoubledIdIsRefused) {
    const std::string byId = inRoot(replaced(kShapeA, "URI=\"\"", "URI=\"#r1\""));
    accept(byId);
    expect(ErrorCode::SIGNATURE_SHAPE, replaced(byId, "<a Id=\"a1\">", "<a Id=\"r1\">"));
    expect(ErrorCode::SIGNATURE_SHAPE, replaced(byId, "<a Id=\"a1\">", "<a ID=\"r1\">"));
    expect(ErrorCode::SIGNATURE_SHAPE, replaced(byId, "<a Id=\"a1\">", "<a xml:id=\"r1\">"));
    expect(ErrorCode::SIGNATURE_SHAPE,
           replaced(byId, "<a Id=\"a1\">", "<a xmlns:w=\"urn:w\" w:Id=\"r1\">"));
    expect(ErrorCode::SIGNATURE_SHAPE, replaced(byId, "<r xmlns=\"urn:r\" Id=\"r1\">",
                                                "<r xmlns=\"urn:r\" Id=\"r1\" ID=\"r1\">"));
    expect(ErrorCode::SIGNATURE_SHAPE,
           replaced(byId, "<ds:SignatureValue", "<ds:SignatureValue Id=\"r1\""));
    const std::string longest(255, 'r');
    accept(replaced(replaced(byId, "Id=\"r1\"", "Id=\"" + longest + "\""), "#r1", "#" + longest));
    expect(ErrorCode::SIGNATURE_SHAPE,
           replaced(replaced(byId, "Id=\"r1\"", "Id=\"r" + longest + "\""), "#r1", "#r" + longest));
    // the signed copy hidden deeper, an evil root around it
    expect(ErrorCode::SIGNATURE_SHAPE, "<r xmlns=\"urn:r\" Id=\"evil\"><r Id=\"r1\"><a>x</a></r>" +
                                           replaced(kShapeA, "URI=\"\"", "URI=\"#r1\"") + "</r>");
}

TEST(XmlSignatureShape, TransformsAreExactlyThoseTwo) {
    const std::string exclusive =
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
    const std::string enveloped =
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";
    const auto with = [&](const std::string& transforms) {
        expect(ErrorCode::SIGNATURE_SHAPE,
               inRoot(replaced(kShapeA, enveloped + exclusive, transforms)));
    };
    with("");
    with(enveloped);
    with(exclusive);
    with(exclusive + enveloped);
    with(enveloped + exclusive + exclusive);
    for (const char* algorithm :
         {"http://www.w3.org/TR/1999/REC-xpath-19991116",
          "http://www.w3.org/2002/06/xmldsig-filter2",
          "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/2000/09/xmldsig#base64",
          "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
          "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11",
          "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments", "urn:nothing"}) {
        const std::string other = std::string("<ds:Transform Algorithm=\"") + algorithm + "\"/>";
        with(enveloped + other);
        with(enveloped + exclusive + other);
        with(other + enveloped + exclusive);
    }
    with(enveloped +
         "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">"
         "<e:InclusiveNamespaces xmlns:e=\"http://www.w3.org/2001/10/xml-exc-c14n#\" "
         "PrefixList=\"\"/></ds:Transform>");
    with(enveloped + "<ds:Transform/>");
    with(enveloped + "<!-- x -->" + exclusive);
}

TEST(XmlSignatureShape, SignedInfoIsCanonicalisedExclusively) {
    const std::string method =
        "CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#";
    expect(ErrorCode::SIGNATURE_SHAPE, inRoot(replaced(kShapeA, method, method + "WithComments")));
    expect(
        ErrorCode::SIGNATURE_SHAPE,
        inRoot(replaced(
            kShapeA, method,
            "CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315")));
}

TEST(XmlSignatureShape, WeakOrForeignAlgorithmsHaveTheirOwnCode) {
    for (const char* algorithm : {"http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                                  "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
                                  "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
                                  "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
                                  "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
                                  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
                                  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha224",
                                  "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1",
                                  "http://www.w3.org/2009/xmldsig11#dsa-sha256", "", "none"}) {
        SignatureTemplate parts;
        parts.method = algorithm;
        expect(ErrorCode::SIGNATURE_ALGORITHM, inRoot(valued(parts.text())));
    }
    for (const char* digest :
         {"http://www.w3.org/2000/09/xmldsig#sha1", "http://www.w3.org/2001/04/xmldsig-more#md5",
          "http://www.w3.org/2001/04/xmldsig-more#sha224", ""}) {
        SignatureTemplate parts;
        parts.digest = digest;
        expect(ErrorCode::SIGNATURE_ALGORITHM, inRoot(valued(parts.text())));
    }
    expect(ErrorCode::SIGNATURE_SHAPE,
           inRoot(replaced(kShapeA, "</ds:SignatureMethod>",
                           "<ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>")));
}

TEST(XmlSignatureShape, KeyInfoIsACertificateOrNothing) {
    const auto with = [](const std::string& content) {
        SignatureTemplate parts;
        parts.keyInfo = "<ds:KeyInfo>" + content + "</ds:KeyInfo>";
        return inRoot(valued(parts.text()));
    };
    const std::string certificate = "<ds:X509Certificate>AAEC</ds:X509Certificate>";
    const std::string keyValue =
        "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQ==</ds:Modulus></ds:RSAKeyValue></ds:KeyValue>";
    accept(with("<ds:X509Data>" + certificate + "</ds:X509Data>"));
    accept(with(
        keyValue +
        "<ds:KeyName>k</ds:KeyName><ds:X509Data><ds:X509SubjectName>CN=x</ds:X509SubjectName>" +
        certificate + certificate + "</ds:X509Data>"));
    for (const std::string& content :
         {std::string(), keyValue, std::string("<ds:KeyName>k</ds:KeyName>"),
          std::string("<ds:X509Data/>"),
          std::string("<ds:X509Data><ds:X509SubjectName>CN=x</ds:X509SubjectName></ds:X509Data>"),
          "<ds:X509Data>" + certificate + "<ds:X509CRL>AA==</ds:X509CRL></ds:X509Data>",
          std::string("<ds:X509Data><ds:X509Certificate>A</ds:X509Certificate></ds:X509Data>"),
          std::string(
              "<ds:X509Data><ds:X509Certificate><e/>AAEC</ds:X509Certificate></ds:X509Data>"),
          std::string("<ds:RetrievalMethod URI=\"http://127.0.0.1:9/\"/>"),
          "<ds:X509Data>" + certificate + "</ds:X509Data><ds:RetrievalMethod URI=\"#a1\"/>",
          std::string("<ds:PGPData/>"), std::string("<ds:MgmtData/>"),
          std::string("<w:Token xmlns:w=\"urn:w\"/>"), std::string("text")})
        expect(ErrorCode::SIGNATURE_KEY_REFERENCE, with(content));
}

TEST(XmlSignatureShape, ObjectsAreThisSignaturesPropertiesOnly) {
    expect(ErrorCode::SIGNATURE_SHAPE,
           inRoot(replaced(kShapeA, "</ds:Signature>", "<ds:Object/></ds:Signature>")));
    expect(ErrorCode::SIGNATURE_SHAPE,
           inRoot(replaced(kShapeA, "</ds:Signature>",
                           "<ds:Object><e>x</e></ds:Object></ds:Signature>")));
    expect(ErrorCode::SIGNATURE_SHAPE,
           inRoot(replaced(kShapeB, "Target=\"#s1\"", "Target=\"#s2\"")));
    expect(ErrorCode::SIGNATURE_SHAPE, inRoot(replaced(kShapeB, " Target=\"#s1\"", "")));
    expect(ErrorCode::SIGNATURE_SHAPE, inRoot(replaced(kShapeB, " Id=\"s1\"", "")));
    expect(ErrorCode::SIGNATURE_SHAPE,
           inRoot(replaced(kShapeB, "</ds:Signature>", "<ds:Object/></ds:Signature>")));
    expect(ErrorCode::SIGNATURE_SHAPE,
           inRoot(replaced(kShapeB, "</x:QualifyingProperties>", "</x:QualifyingProperties><e/>")));
    expect(ErrorCode::SIGNATURE_SHAPE, inRoot(replaced(kShapeB, "01903/v1.3.2#", "01903/v1.1.1#")));
    expect(ErrorCode::SIGNATURE_SHAPE,
           inRoot(replaced(kShapeB, "Type=\"http://uri.etsi.org/01903#SignedProperties\"", "")));
    expect(ErrorCode::SIGNATURE_SHAPE,
           inRoot(replaced(kShapeB, "#SignedProperties\"", "#CountersignedSignature\"")));
}

TEST(XmlSignatureShape, SignedPropertiesResolveToTheVeryNode) {
    expect(ErrorCode::SIGNATURE_SHAPE, inRoot(replaced(kShapeB, "URI=\"#props\"", "URI=\"#a1\"")));
    expect(ErrorCode::SIGNATURE_SHAPE, inRoot(replaced(kShapeB, "URI=\"#props\"", "URI=\"#s1\"")));
    expect(ErrorCode::SIGNATURE_SHAPE, inRoot(replaced(kShapeB, "URI=\"#props\"", "URI=\"\"")));
    expect(ErrorCode::SIGNATURE_SHAPE,
           replaced(inRoot(kShapeB), "<a Id=\"a1\">", "<a Id=\"props\">"));
    expect(ErrorCode::SIGNATURE_SHAPE, replaced(inRoot(kShapeB), "<r xmlns=\"urn:r\" Id=\"r1\">",
                                                "<r xmlns=\"urn:r\" id=\"props\">"));
}

// What the reader refuses already where there is text.
bool isAside(const std::string& extra) {
    return extra.starts_with("<!--") || extra.starts_with("<?");
}

TEST(XmlSignatureShape, NothingElseHidesInASignature) {
    for (const char* extra : {"<!-- x -->", "<?p x?>", "text", "<e/>", "<![CDATA[x]]>"}) {
        for (const char* before :
             {"<ds:SignedInfo>", "</ds:SignedInfo>", "<ds:Reference ", "</ds:Reference>",
              "<ds:DigestValue>", "</ds:DigestValue>", "<ds:SignatureValue/>", "</ds:Signature>"})
            if (const auto xml = inRoot(replaced(kShapeA, before, std::string(extra) + before));
                document::XmlDocument::parse(xml).ok())
                expect(ErrorCode::SIGNATURE_SHAPE, xml);
            else
                EXPECT_TRUE(isAside(extra) && before == std::string("</ds:DigestValue>")) << xml;
    }
    for (const char* element :
         {"<ds:SignedInfo", "<ds:Reference", "<ds:Transforms", "<ds:DigestMethod",
          "<ds:DigestValue", "<ds:SignatureValue", "<ds:CanonicalizationMethod", "<ds:Signature"}) {
        std::string marked = replaced(kShapeA, element, std::string(element) + " evil=\"1\"");
        expect(ErrorCode::SIGNATURE_SHAPE, inRoot(marked));
    }
}

TEST(XmlSignatureShape, EachFaultHasItsOwnReason) {
    const std::string c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
    const std::string old = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    const std::string transform = "<ds:Transform Algorithm=\"" + c14n + "\"/>";
    const std::string enveloped =
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";
    const std::string method = "CanonicalizationMethod Algorithm=\"" + c14n;
    const std::string list = "<e:InclusiveNamespaces xmlns:e=\"" + c14n + "\" PrefixList=\"p\"/>";
    const std::string digest = base::toBase64(std::string(32, 'd'));
    const auto a = [](std::string_view from, const std::string& to) {
        return inRoot(replaced(kShapeA, from, to));
    };
    const auto b = [](std::string_view from, const std::string& to) {
        return inRoot(replaced(kShapeB, from, to));
    };
    const std::vector<std::pair<std::string, std::string>> cases{
        {"SIGNATURE_NOT_IN_ROOT", inRoot("<b>" + kShapeA + "</b>")},
        {"SIGNATURE_PARTS", a("<ds:SignedInfo>", "<!-- x --><ds:SignedInfo>")},
        {"SIGNATURE_PARTS", a("<ds:SignatureValue/>", "")},
        {"SIGNATURE_VALUE", a("<ds:SignatureValue/>", "<ds:SignatureValue>*</ds:SignatureValue>")},
        {"C14N_METHOD", a(method, "CanonicalizationMethod Algorithm=\"" + old)},
        {"C14N_METHOD", a(method, method + "WithComments")},
        {"C14N_PARAMETERS",
         a(method + "\"/>", method + "\">" + list + "</ds:CanonicalizationMethod>")},
        {"METHOD_CONTENT", a("</ds:SignatureMethod>",
                             "<ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>")},
        {"REFERENCE_TYPE", a("URI=\"\"", "URI=\"\" Type=\"urn:x\"")},
        {"TRANSFORM_ENVELOPED", a(enveloped, "")},
        {"TRANSFORM_ENVELOPED", a(enveloped + transform, transform + enveloped)},
        {"TRANSFORM_C14N", a(enveloped + transform, enveloped)},
        {"TRANSFORM_C14N", a(transform, "<ds:Transform Algorithm=\"" + old + "\"/>")},
        {"TRANSFORM_FOREIGN",
         a(transform, transform + "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/"
                                  "REC-xpath-19991116\"/>")},
        {"TRANSFORM_FOREIGN", a(transform, transform + transform)},
        {"TRANSFORM_PARAMETERS",
         a(transform, "<ds:Transform Algorithm=\"" + c14n + "\">" + list + "</ds:Transform>")},
        {"DIGEST_VALUE", a(digest, "AAAA")},
        {"REFERENCE_URI", a("URI=\"\"", "URI=\"#xpointer(/)\"")},
        {"REFERENCE_URI", a("URI=\"\"", "URI=\"http://127.0.0.1:9/\"")},
        {"REFERENCE_UNRESOLVED", a("URI=\"\"", "URI=\"#nobody\"")},
        {"REFERENCE_ELSEWHERE", a("URI=\"\"", "URI=\"#a1\"")},
        {"REFERENCE_ELSEWHERE",
         replaced(a("URI=\"\"", "URI=\"#r1\""), "<a Id=\"a1\">", "<a id=\"r1\">")},
        {"OBJECT_UNSIGNED", a("</ds:Signature>", "<ds:Object/></ds:Signature>")},
        {"OBJECT_CONTENT", b("01903/v1.3.2#", "01903/v1.1.1#")},
        {"XADES_TARGET", b(" Id=\"s1\"", "")},
        {"XADES_TARGET", b("Target=\"#s1\"", "Target=\"#s2\"")},
        {"ALGORITHM_WEAK", a("xmldsig-more#ecdsa-sha256", "xmldsig-more#ecdsa-sha1")},
        {"ALGORITHM_SECRET_KEY", a("xmldsig-more#ecdsa-sha256", "xmldsig-more#hmac-sha256")},
        {"ALGORITHM_UNKNOWN", a("xmldsig-more#ecdsa-sha256", "xmldsig-more#esign")},
        {"ALGORITHM_WEAK",
         a("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1")},
        {"ALGORITHM_DIGEST", a("http://www.w3.org/2001/04/xmlenc#sha256", "urn:sha3")},
    };
    for (const auto& [reason, xml] : cases) EXPECT_EQ(reasonOf(xml), reason) << xml;
    const auto keyed = [](const std::string& content) {
        SignatureTemplate parts;
        parts.keyInfo = "<ds:KeyInfo>" + content + "</ds:KeyInfo>";
        return reasonOf(inRoot(valued(parts.text())));
    };
    EXPECT_EQ(keyed("<ds:KeyName>k</ds:KeyName>"), "KEY_NO_CERTIFICATE");
    EXPECT_EQ(keyed("<ds:RetrievalMethod URI=\"#a1\"/>"), "KEY_ELSEWHERE");
    EXPECT_EQ(keyed("<k:KeyInfoReference xmlns:k=\"http://www.w3.org/2009/xmldsig11#\"/>"),
              "KEY_ELSEWHERE");
    EXPECT_EQ(keyed("<ds:PGPData/>"), "KEY_OTHER");
    EXPECT_EQ(keyed("<ds:X509Data><ds:X509Certificate>*</ds:X509Certificate></ds:X509Data>"),
              "KEY_CERTIFICATE");
}

}  // namespace
}  // namespace gateway::trust
