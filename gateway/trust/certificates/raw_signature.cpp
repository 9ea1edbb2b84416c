#include "gateway/trust/certificates/raw_signature.h"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "gateway/base/fault.h"
#include "gateway/trust/certificates/openssl_handles.h"

namespace gateway::trust {
namespace {

struct FreeEcdsa {
    void operator()(ECDSA_SIG* value) const noexcept { ECDSA_SIG_free(value); }
};
using EcdsaValue = std::unique_ptr<ECDSA_SIG, FreeEcdsa>;

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// Bytes of r and of s for the key's curve.
std::size_t halfLength(EVP_PKEY* key) {
    return (static_cast<std::size_t>(EVP_PKEY_get_bits(key)) + 7) / 8;
}

// r || s as the DER that OpenSSL takes; empty if the length is not exactly right.
std::string derFromPair(EVP_PKEY* key, std::string_view pair) {
    const std::size_t half = halfLength(key);
    if (pair.size() != 2 * half) return {};
    const EcdsaValue value(ECDSA_SIG_new());
    Handle<BIGNUM> r(BN_bin2bn(bytesOf(pair), static_cast<int>(half), nullptr));
    Handle<BIGNUM> s(BN_bin2bn(bytesOf(pair) + half, static_cast<int>(half), nullptr));
    if (!value || !r || !s || ECDSA_SIG_set0(value.get(), r.get(), s.get()) != 1)
        throwOpensslFault("no memory for an ECDSA value");
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(value.get(), &der);
    if (length <= 0) throwOpensslFault("an ECDSA value cannot be encoded");
    std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    return out;
}

std::string pairFromDer(EVP_PKEY* key, std::string_view der) {
    const auto* cursor = bytesOf(der);
    const EcdsaValue value(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
    if (!value) throwOpensslFault("an ECDSA value cannot be decoded");
    const std::size_t half = halfLength(key);
    std::string pair(2 * half, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(pair.data());
    const int width = static_cast<int>(half);
    if (BN_bn2binpad(ECDSA_SIG_get0_r(value.get()), out, width) != width ||
        BN_bn2binpad(ECDSA_SIG_get0_s(value.get()), out + half, width) != width)
        throwOpensslFault("an ECDSA value is too long for its curve");
    return pair;
}

void usePss(EVP_PKEY_CTX* context, int saltLength = RSA_PSS_SALTLEN_DIGEST) {
    if (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_pss_saltlen(context, saltLength) != 1)
        throwOpensslFault("RSASSA-PSS is not available");
}

bool verifyEncoded(EVP_PKEY* key, SignatureScheme scheme, int digestBits, std::string_view data,
                   std::string_view signature, int saltLength = RSA_PSS_SALTLEN_DIGEST) {
    const Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* keyContext = nullptr;  // owned by `context`
    if (!context || EVP_DigestVerifyInit(context.get(), &keyContext, messageDigest(digestBits),
                                         nullptr, key) != 1)
        throwOpensslFault("a signature check cannot be started");
    if (scheme == SignatureScheme::RsaPss) usePss(keyContext, saltLength);
    const int verified = EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(),
                                          bytesOf(data), data.size());
    forgetOpensslErrors();
    return verified == 1;
}

}  // namespace

bool verifyRaw(evp_pkey_st* key, SignatureScheme scheme, int digestBits, std::string_view data,
               std::string_view signature) {
    if (scheme != SignatureScheme::Ecdsa)
        return verifyEncoded(key, scheme, digestBits, data, signature);
    const std::string der = derFromPair(key, signature);
    return !der.empty() && verifyEncoded(key, scheme, digestBits, data, der);
}

base::SignatureReason whyWrong(evp_pkey_st* key, SignatureScheme scheme, int digestBits,
                               std::string_view data, std::string_view signature) {
    using Why = base::SignatureReason;
    if (scheme == SignatureScheme::Ecdsa) {
        if (signature.size() == 2 * halfLength(key)) return Why::VALUE_WRONG;
        const auto* cursor = bytesOf(signature);
        const auto* const end = cursor + signature.size();
        const EcdsaValue der(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(signature.size())));
        forgetOpensslErrors();
        return der && cursor == end ? Why::VALUE_DER : Why::VALUE_LENGTH;
    }
    if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(key)))
        return Why::VALUE_LENGTH;
    if (scheme == SignatureScheme::RsaPss &&
        verifyEncoded(key, scheme, digestBits, data, signature, RSA_PSS_SALTLEN_AUTO))
        return Why::VALUE_SALT;
    const bool pss = scheme == SignatureScheme::RsaPss;
    const auto other = pss ? SignatureScheme::RsaPkcs1 : SignatureScheme::RsaPss;
    return verifyEncoded(key, other, digestBits, data, signature, RSA_PSS_SALTLEN_AUTO)
               ? Why::VALUE_PADDING
               : Why::VALUE_WRONG;
}

std::string signRaw(evp_pkey_st* key, std::string_view data) {
    const bool rsa = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
    const Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* keyContext = nullptr;
    if (!context ||
        EVP_DigestSignInit(context.get(), &keyContext, messageDigest(256), nullptr, key) != 1)
        throwOpensslFault("a signature cannot be started");
    if (rsa) usePss(keyContext);
    std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    std::string signature(length, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                       bytesOf(data), data.size()) != 1)
        throwOpensslFault("the key cannot sign");
    signature.resize(length);
    return rsa ? signature : pairFromDer(key, signature);
}

}  // namespace gateway::trust
