// JWS checked and made with nothing but the openssl command, as an auditor would.

#include <gtest/gtest.h>

#include "gateway/base/encoding.h"
#include "gateway/trust/jws.h"
#include "tests/interop/xml/foreign_tools.h"

using namespace gateway::trust;
using gateway::base::fromBase64Url;
using gateway::base::toBase64Url;
using gateway::trust::testing::Workbench;

namespace {

const std::string kPss = " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest";
const std::string kPayload = R"({"id":"m-1"})";

// One half of r || s as an ASN.1 INTEGER.
std::string asn1Integer(std::string half) {
    while (half.size() > 1 && half[0] == '\0') half.erase(0, 1);
    if ((static_cast<unsigned char>(half[0]) & 0x80U) != 0) half.insert(0, 1, '\0');
    return std::string("\x02") + static_cast<char>(half.size()) + half;
}

std::string derOf(const std::string& pair) {
    const std::string inner = asn1Integer(pair.substr(0, 32)) + asn1Integer(pair.substr(32));
    return std::string("\x30") + static_cast<char>(inner.size()) + inner;
}

// The integer at `at`, as 32 bytes; moves `at` behind it.
std::string halfAt(const std::string& der, std::size_t& at) {
    std::string half = der.substr(at + 2, static_cast<unsigned char>(der[at + 1]));
    at += 2 + half.size();
    if (half.size() == 33) half.erase(0, 1);
    return std::string(32 - half.size(), '\0') + half;
}

std::string pairOf(const std::string& der) {
    std::size_t at = 2;
    const std::string r = halfAt(der, at);
    return r + halfAt(der, at);
}

}  // namespace

TEST(OpensslCommand, ChecksOurSignatures) {
    const Workbench bench;
    for (const std::string kind : {"ec", "rsa"}) {
        const std::string jws = Seal(bench.signer(kind)).jws(kPayload, "thahc");
        const auto dot = jws.rfind('.');
        const std::string value = *fromBase64Url(jws.substr(dot + 1));
        bench.write("data", jws.substr(0, dot));
        bench.write("value", kind == "ec" ? derOf(value) : value);
        (void)bench.run("openssl x509 -in " + kind + ".pem -pubkey -noout > " + kind + ".pub");
        const std::string check = "openssl dgst -sha256 -verify " + kind + ".pub -signature value" +
                                  (kind == "rsa" ? kPss : "") + " data";
        EXPECT_TRUE(bench.succeeds(check)) << kind;
        bench.write("data", jws.substr(0, dot) + "A");
        EXPECT_FALSE(bench.succeeds(check)) << kind;
    }
}

TEST(OpensslCommand, MakesSignaturesThatWeRead) {
    const Workbench bench;
    struct Case {
        std::string kind, alg, options;
    };
    for (const Case& each : {Case{"ec", "ES256", "-sha256"}, Case{"rsa", "PS256", "-sha256" + kPss},
                             Case{"rsa", "PS512", "-sha512" + kPss},
                             Case{"rsa", "RS256", "-sha256"}, Case{"rsa", "RS384", "-sha384"}}) {
        const std::string data =
            toBase64Url("{\"alg\":\"" + each.alg + "\"}") + "." + toBase64Url(kPayload);
        bench.write("data", data);
        (void)bench.run("openssl dgst " + each.options + " -sign " + each.kind +
                        ".key -out value data");
        const std::string value = bench.read("value");
        const std::string text =
            data + "." + toBase64Url(each.kind == "ec" ? pairOf(value) : value);
        const auto jws = Jws::parseCompact(text);
        ASSERT_TRUE(jws.ok()) << each.alg;
        EXPECT_TRUE(jws->verify(*bench.signer(each.kind).certificate()).ok()) << each.alg;
    }
}
