// JWS between us and npm's jose, both ways.

#include <gtest/gtest.h>

#include "gateway/base/encoding.h"
#include "gateway/document/tree.h"
#include "gateway/trust/jws.h"
#include "gateway/trust/verifier.h"
#include "tests/interop/xml/foreign_tools.h"

using namespace gateway::trust;
using gateway::trust::testing::Workbench;
namespace document = gateway::document;

namespace {

const std::string kTool = "node '" THAHC_SOURCE_DIR "/tests/interop/jose/jose_tool.mjs' ";
const std::string kPayload = "{\"toaAn\":\"Tòa án nhân dân tỉnh thử nghiệm\",\"so\":1.50}";

struct Jose : ::testing::Test {
    Workbench bench;

    // What jose makes with the header given as JSON; `kind` is "ec" or "rsa".
    std::string foreign(const std::string& kind, const std::string& alg, const std::string& form,
                        const std::string& header, const std::string& payload) {
        bench.write("header.json", header);
        bench.write("payload", payload);
        return bench.run(kTool + "sign " + alg + " " + kind + ".key " + form +
                         " header.json payload");
    }

    bool joseAccepts(const std::string& kind, const std::string& alg, const std::string& jws) {
        bench.write("jws", jws);
        return bench.succeeds(kTool + "verify " + alg + " " + kind + ".pem compact jws");
    }

    // Our whole verdict, with both identities registered as one agency's signers.
    gateway::base::Result<Verified> verdict(const SignedBytes& message) {
        Registry::Data data;
        data.signers = {{"G01", bench.signer("ec").certificate(), {}, {}},
                        {"G01", bench.signer("rsa").certificate(), {}, {}}};
        Channel channel;
        channel.carries = {{"G01", {}, false}};
        return Verifier(std::make_shared<Registry>(std::move(data)), nullptr, {})
            .verify(message, channel, gateway::base::SystemClock().now());
    }
};

}  // namespace

TEST_F(Jose, ReadsOurCompactSignatures) {
    const std::string es256 = Seal(bench.signer("ec")).jws(kPayload, "thahc-receipt");
    const std::string ps256 = Seal(bench.signer("rsa")).jws(kPayload, "thahc-receipt");
    EXPECT_TRUE(joseAccepts("ec", "ES256", es256));
    EXPECT_TRUE(joseAccepts("rsa", "PS256", ps256));
    EXPECT_EQ(bench.run(kTool + "verify PS256 rsa.pem compact jws"), kPayload);
    EXPECT_FALSE(joseAccepts("rsa", "RS256", ps256));
    std::string forged = es256;
    forged[forged.find('.') + 2] ^= 1;
    EXPECT_FALSE(joseAccepts("ec", "ES256", forged));
}

TEST_F(Jose, ReadsOurDetachedSignatures) {
    const std::string body = "a,b\r\n1,2\n";
    bench.write("body", body);
    for (const auto& [kind, alg] : {std::pair("ec", "ES256"), std::pair("rsa", "PS256")}) {
        auto header = document::objectNode();
        header.children.push_back(document::stringNode("jti", "m-1"));
        bench.write("jws", Seal(bench.signer(kind)).detachedJws(body, header));
        const std::string command = kTool + "verify " + alg + " " + kind + ".pem detached jws body";
        EXPECT_EQ(bench.run(command), body);
        bench.write("other", body + " ");
        EXPECT_FALSE(
            bench.succeeds(kTool + "verify " + alg + " " + kind + ".pem detached jws other"));
    }
}

TEST_F(Jose, ItsCompactSignaturesAreRead) {
    for (const auto& [kind, alg] :
         {std::pair("ec", "ES256"), std::pair("rsa", "PS256"), std::pair("rsa", "PS384"),
          std::pair("rsa", "RS256"), std::pair("rsa", "RS512")}) {
        const std::string jws = foreign(kind, alg, "compact", R"({"typ":"thahc"})", kPayload);
        const auto verified = verdict({jws, "application/jose", {}});
        ASSERT_TRUE(verified.ok()) << alg << " " << entryOf(verified.error().code).name;
        EXPECT_EQ(verified->content.digest(), document::sha256(kPayload));
        EXPECT_EQ(verified->signerCertificate->fingerprint(),
                  bench.signer(kind).certificate()->fingerprint());
    }
}

TEST_F(Jose, ItsHeadersPointToCertificates) {
    const auto& certificate = *bench.signer("ec").certificate();
    const std::string x5c = R"({"x5c":[")" + gateway::base::toBase64(certificate.der()) + "\"]}";
    const std::string kid = R"({"kid":")" + certificate.fingerprint().hex() + "\"}";
    for (const std::string& header : {x5c, kid}) {
        const std::string jws = foreign("ec", "ES256", "compact", header, kPayload);
        const auto parsed = Jws::parseCompact(jws);
        ASSERT_TRUE(parsed.ok());
        EXPECT_EQ(parsed->certificateHint(), certificate.fingerprint());
        EXPECT_TRUE(verdict({jws, "application/jose", {}}).ok());
    }
}

TEST_F(Jose, ItsDetachedSignaturesAreRead) {
    const std::string body = "<BanAn xmlns=\"urn:vi-du\"><So>12/2026/HC-ST</So></BanAn>";
    const std::string header = R"({"aud":"gw","typ":"JudgmentTransfer","jti":"m-1",)"
                               R"("iat":1795219200,"cty":"application/xml"})";
    const std::string jws = foreign("rsa", "PS256", "detached", header, body);
    const auto verified = verdict({body, "application/xml", jws});
    ASSERT_TRUE(verified.ok()) << entryOf(verified.error().code).name;
    EXPECT_EQ(verified->claims->id, "m-1");
    EXPECT_FALSE(verdict({body + "\n", "application/xml", jws}).ok());
}
