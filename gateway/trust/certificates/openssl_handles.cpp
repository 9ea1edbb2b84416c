#include "gateway/trust/certificates/openssl_handles.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <limits>

#include "gateway/base/fault.h"

namespace gateway::trust {

void OpensslFree::operator()(X509_crl_st* object) const noexcept { X509_CRL_free(object); }
void OpensslFree::operator()(bignum_st* object) const noexcept { BN_free(object); }
void OpensslFree::operator()(bio_st* object) const noexcept { BIO_free(object); }
void OpensslFree::operator()(evp_md_ctx_st* object) const noexcept { EVP_MD_CTX_free(object); }
void OpensslFree::operator()(evp_pkey_ctx_st* object) const noexcept { EVP_PKEY_CTX_free(object); }
void OpensslFree::operator()(evp_pkey_st* object) const noexcept { EVP_PKEY_free(object); }
void OpensslFree::operator()(x509_st* object) const noexcept { X509_free(object); }
void OpensslFree::operator()(x509_store_ctx_st* object) const noexcept {
    X509_STORE_CTX_free(object);
}
void OpensslFree::operator()(x509_store_st* object) const noexcept { X509_STORE_free(object); }

void throwOpensslFault(std::string_view what) {
    std::string text(what);
    while (const unsigned long code = ERR_get_error()) {
        char reason[256];
        ERR_error_string_n(code, reason, sizeof reason);
        text.append("; ").append(reason);
    }
    throw base::Fault(text);
}

void forgetOpensslErrors() noexcept { ERR_clear_error(); }

Handle<bio_st> readBio(std::string_view bytes) {
    GW_CHECK(bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    Handle<bio_st> bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    if (!bio) throwOpensslFault("no memory BIO");
    return bio;
}

Handle<bio_st> writeBio() {
    Handle<bio_st> bio(BIO_new(BIO_s_mem()));
    if (!bio) throwOpensslFault("no memory BIO");
    return bio;
}

std::string bioText(bio_st* bio) {
    std::string text;
    char chunk[1024];
    for (int got = 0; (got = BIO_read(bio, chunk, sizeof chunk)) > 0;)
        text.append(chunk, static_cast<std::size_t>(got));
    return text;
}

const evp_md_st* messageDigest(int bits) {
    static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    static const EVP_MD* const sha384 = EVP_MD_fetch(nullptr, "SHA384", nullptr);
    static const EVP_MD* const sha512 = EVP_MD_fetch(nullptr, "SHA512", nullptr);
    const EVP_MD* const digest = bits == 256 ? sha256 : bits == 384 ? sha384 : sha512;
    GW_CHECK(digest != nullptr);
    return digest;
}

}  // namespace gateway::trust
