#include "tests/unit/trust/jws_maker.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "gateway/base/encoding.h"
#include "tests/unit/trust/test_pki.h"

namespace gateway::trust::test {
namespace {

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

void must(bool done) {
    if (!done) throw std::runtime_error("OpenSSL refused in a test");
}

std::string pairOf(EVP_PKEY* key, const std::string& der) {
    const auto* cursor = raw(der);
    ECDSA_SIG* const value = d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size()));
    must(value != nullptr);
    const int half = (EVP_PKEY_get_bits(key) + 7) / 8;
    std::string pair(static_cast<std::size_t>(2 * half), '\0');
    auto* const out = reinterpret_cast<unsigned char*>(pair.data());
    must(BN_bn2binpad(ECDSA_SIG_get0_r(value), out, half) == half);
    must(BN_bn2binpad(ECDSA_SIG_get0_s(value), out + half, half) == half);
    ECDSA_SIG_free(value);
    return pair;
}

EVP_PKEY* publicKey(const char* type, OSSL_PARAM_BLD* builder) {
    OSSL_PARAM* const parameters = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr);
    EVP_PKEY* key = nullptr;
    must(EVP_PKEY_fromdata_init(context) == 1 &&
         EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1);
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

CertificatePtr around(EVP_PKEY* key) {
    auto certificate = Certificate::decode(derAround(key));
    EVP_PKEY_free(key);
    return certificate;
}

}  // namespace

StrangerKey::StrangerKey(const std::string& name) {
    const std::string text = textOf(pki().keyFile(name));
    BIO* const bio = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
    key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    must(key != nullptr);
}

StrangerKey::~StrangerKey() { EVP_PKEY_free(key); }

namespace {

std::string signWith(const StrangerKey& key, std::string_view alg, std::string_view data,
                     int saltLength) {
    const std::string digest = "SHA" + std::string(alg.substr(2));
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* keyContext = nullptr;
    must(EVP_DigestSignInit_ex(context, &keyContext, digest.c_str(), nullptr, nullptr, key.key,
                               nullptr) == 1);
    if (alg.starts_with("PS"))
        must(EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, saltLength) == 1);
    std::string value(static_cast<std::size_t>(EVP_PKEY_get_size(key.key)), '\0');
    std::size_t length = value.size();
    must(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(value.data()), &length, raw(data),
                        data.size()) == 1);
    EVP_MD_CTX_free(context);
    value.resize(length);
    return EVP_PKEY_get_base_id(key.key) == EVP_PKEY_EC ? pairOf(key.key, value) : value;
}

}  // namespace

std::string signAs(const StrangerKey& key, std::string_view alg, std::string_view data) {
    return signWith(key, alg, data, RSA_PSS_SALTLEN_DIGEST);
}

std::string signWithSalt(const StrangerKey& key, int saltLength, std::string_view data) {
    return signWith(key, "PS256", data, saltLength);
}

std::string compact(const StrangerKey& key, std::string_view alg, std::string_view header,
                    std::string_view payload) {
    const std::string data = base::toBase64Url(header) + "." + base::toBase64Url(payload);
    return data + "." + base::toBase64Url(signAs(key, alg, data));
}

std::string detached(const StrangerKey& key, std::string_view alg, std::string_view header,
                     std::string_view body) {
    const std::string whole = compact(key, alg, header, body);
    return whole.substr(0, whole.find('.') + 1) + whole.substr(whole.rfind('.'));
}

CertificatePtr certificateOfEcKey(std::string_view x, std::string_view y) {
    const std::string point = "\x04" + std::string(x) + std::string(y);
    OSSL_PARAM_BLD* const builder = OSSL_PARAM_BLD_new();
    must(OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) ==
         1);
    must(OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                          point.size()) == 1);
    return around(publicKey("EC", builder));
}

CertificatePtr certificateOfRsaKey(std::string_view modulus, std::string_view exponent) {
    BIGNUM* const n = BN_bin2bn(raw(modulus), static_cast<int>(modulus.size()), nullptr);
    BIGNUM* const e = BN_bin2bn(raw(exponent), static_cast<int>(exponent.size()), nullptr);
    OSSL_PARAM_BLD* const builder = OSSL_PARAM_BLD_new();
    must(OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1);
    must(OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1);
    auto certificate = around(publicKey("RSA", builder));
    BN_free(n);
    BN_free(e);
    return certificate;
}

namespace {

void extend(X509* x509, int kind, const std::string& value) {
    if (value.empty()) return;
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    must(extension != nullptr && X509_add_ext(x509, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

using Extensions = std::vector<std::pair<int, std::string>>;

std::string derOf(EVP_PKEY* key, const Extensions& extensions) {
    EVP_PKEY* const issuer = EVP_EC_gen("P-256");
    X509* const x509 = X509_new();
    must(X509_set_version(x509, X509_VERSION_3) == 1);
    must(ASN1_INTEGER_set(X509_get_serialNumber(x509), 7) == 1);
    must(X509_gmtime_adj(X509_getm_notBefore(x509), 0) != nullptr);
    must(X509_gmtime_adj(X509_getm_notAfter(x509), 3600) != nullptr);
    must(X509_set_pubkey(x509, key) == 1);
    for (const auto& [kind, value] : extensions) extend(x509, kind, value);
    must(X509_sign(x509, issuer, EVP_sha256()) > 0);
    unsigned char* bytes = nullptr;
    const int length = i2d_X509(x509, &bytes);
    must(length > 0);
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    X509_free(x509);
    EVP_PKEY_free(issuer);
    return der;
}

}  // namespace

std::string derAround(evp_pkey_st* key) { return derOf(key, {}); }

std::string derWith(const std::string& basicConstraints, const std::string& keyUsage,
                    const std::string& extendedKeyUsage, const std::string& comment) {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    std::string der = derOf(key, {{NID_basic_constraints, basicConstraints},
                                  {NID_key_usage, keyUsage},
                                  {NID_ext_key_usage, extendedKeyUsage},
                                  {NID_netscape_comment, comment}});
    EVP_PKEY_free(key);
    return der;
}

}  // namespace gateway::trust::test
