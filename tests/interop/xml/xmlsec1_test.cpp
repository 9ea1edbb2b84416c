#include <gtest/gtest.h>

#include <fstream>

#include "../../unit/trust/xml_signing.h"
#include "foreign_tools.h"

namespace gateway::trust {
namespace {

using testing::kCanonicalMessage;
using testing::ourVerdict;
using testing::replaced;
using testing::SignatureTemplate;
using testing::Workbench;

TEST(Xmlsec1Interop, WeAcceptWhatXmlsec1Signs) {
    const Workbench bench;
    const std::string close = "</m:ruling>";
    for (const char* kind : {"ec", "rsa"})
        for (const char* uri : {"", "#r1"})
            for (const bool xades : {false, true})
                for (const char* keyInfo : {"", "<ds:KeyInfo><ds:X509Data/></ds:KeyInfo>"}) {
                    SignatureTemplate parts;
                    parts.method = std::string("http://www.w3.org/2001/04/xmldsig-more#") +
                                   (kind == std::string("ec") ? "ecdsa-sha256" : "rsa-sha256");
                    parts.uri = uri;
                    parts.xades = xades;
                    parts.signatureId = "s1";
                    parts.keyInfo = keyInfo;
                    bench.write("in.xml", replaced(kCanonicalMessage, close, parts.text() + close));
                    (void)bench.run(
                        std::string("xmlsec1 --sign --privkey-pem ") + kind + ".key," + kind +
                        ".pem --id-attr:Id urn:m:ruling "
                        "--id-attr:Id http://uri.etsi.org/01903/v1.3.2#:SignedProperties "
                        "--output out.xml in.xml");
                    const std::string xml = bench.read("out.xml");
                    const auto verdict = ourVerdict(xml, bench.signer(kind));
                    ASSERT_TRUE(verdict.ok()) << xml;
                    EXPECT_EQ(*verdict, document::sha256(kCanonicalMessage));
                    EXPECT_FALSE(
                        ourVerdict(replaced(xml, "12/2026", "13/2026"), bench.signer(kind)).ok());
                }
}

TEST(Xmlsec1Interop, TheTemplateOfTheDocumentsDoes) {
    const Workbench bench;
    std::ifstream file(THAHC_SOURCE_DIR "/gateway/docs/examples/xmlsec1-template.xml");
    const std::string pattern{std::istreambuf_iterator<char>(file), {}};
    const std::string close = "</m:ruling>";
    for (const char* kind : {"ec", "rsa"}) {
        const auto method = std::string(kind) == "ec" ? "ecdsa-sha256" : "rsa-sha256";
        bench.write("in.xml", replaced(kCanonicalMessage, close,
                                       replaced(pattern, "ecdsa-sha256", method) + close));
        (void)bench.run(std::string("xmlsec1 --sign --privkey-pem ") + kind + ".key," + kind +
                        ".pem --output out.xml in.xml");
        EXPECT_TRUE(ourVerdict(bench.read("out.xml"), bench.signer(kind)).ok()) << kind;
    }
}

TEST(Xmlsec1Interop, Xmlsec1AcceptsWhatWeSign) {
    const Workbench bench;
    bench.write("out.xml", Seal(bench.signer("ec")).xml(kCanonicalMessage));
    const std::string verify =
        "xmlsec1 --verify --pubkey-cert-pem ec.pem --enabled-key-data raw-x509-cert ";
    EXPECT_TRUE(bench.succeeds(verify + "out.xml")) << bench.read("output");
    EXPECT_TRUE(bench.succeeds("xmlsec1 --verify --trusted-pem ec.pem out.xml"))
        << bench.read("output");
    bench.write("bad.xml", replaced(bench.read("out.xml"), "12/2026", "13/2026"));
    EXPECT_FALSE(bench.succeeds(verify + "bad.xml"));
}

}  // namespace
}  // namespace gateway::trust
