#include "gateway/trust/certificates/certificate.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "gateway/base/fault.h"
#include "tests/unit/trust/jws_maker.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::Fault;

namespace {

void expectRefused(EVP_PKEY* key) {
    const std::string der = derAround(key);
    EVP_PKEY_free(key);
    EXPECT_THROW((void)Certificate::decode(der), Fault);
}

}  // namespace

TEST(Certificate, DecodesPemAndDerAlike) {
    const auto pem = certificateNamed("court");
    const auto der = Certificate::decode(pem->der());
    EXPECT_EQ(pem->fingerprint(), der->fingerprint());
    EXPECT_EQ(pem->fingerprint(), gateway::document::sha256(pem->der()));
    EXPECT_EQ(pem->keyKind(), KeyKind::EcP256);
    EXPECT_EQ(pem->subject(), "CN=court,O=Demo THAHC,C=VN");
    EXPECT_EQ(pem->issuer(), "CN=Demo THAHC Root,O=Demo THAHC,C=VN");
    EXPECT_EQ(pem->serialHex().size(), 32U);
    EXPECT_EQ(pem->notBefore(), term().from);
    EXPECT_EQ(pem->notAfter(), term().until);
}

TEST(Certificate, KnowsItsKeyKind) {
    EXPECT_EQ(certificateNamed("p384")->keyKind(), KeyKind::EcP384);
    EXPECT_EQ(certificateNamed("p521")->keyKind(), KeyKind::EcP521);
    EXPECT_EQ(certificateNamed("procuracy")->keyKind(), KeyKind::Rsa);
}

TEST(Certificate, RefusesWhatIsNotExactlyOneCertificate) {
    const std::string pem = textOf(pki().certificateFile("court"));
    const std::string der = certificateNamed("court")->der();
    EXPECT_THROW((void)Certificate::decode(""), Fault);
    EXPECT_THROW((void)Certificate::decode("nothing"), Fault);
    EXPECT_THROW((void)Certificate::decode(pem + pem), Fault);
    EXPECT_THROW((void)Certificate::decode(der + "x"), Fault);
    EXPECT_THROW((void)Certificate::decode(der.substr(0, der.size() - 1)), Fault);
    EXPECT_THROW((void)Certificate::decode(textOf(pki().keyFile("court"))), Fault);
}

TEST(Certificate, RefusesWeakKeysAndOtherCurves) {
    expectRefused(EVP_RSA_gen(1024));
    expectRefused(EVP_EC_gen("P-224"));
    expectRefused(EVP_EC_gen("secp256k1"));
    expectRefused(EVP_EC_gen("brainpoolP256r1"));
}

TEST(Certificate, RefusesPssOnlyKeys) {
    EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr);
    EVP_PKEY* key = nullptr;
    ASSERT_EQ(EVP_PKEY_keygen_init(context), 1);
    ASSERT_EQ(EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048), 1);
    ASSERT_EQ(EVP_PKEY_keygen(context, &key), 1);
    EVP_PKEY_CTX_free(context);
    expectRefused(key);
}

TEST(Certificate, RefusesCurvesGivenByExplicitParameters) {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    ASSERT_EQ(EVP_PKEY_set_utf8_string_param(key, "encoding", "explicit"), 1);
    expectRefused(key);
}
