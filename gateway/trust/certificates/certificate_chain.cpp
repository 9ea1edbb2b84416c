#include "gateway/trust/certificates/certificate_chain.h"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "gateway/base/fault.h"
#include "gateway/trust/certificates/certificate_native.h"
#include "gateway/trust/certificates/openssl_handles.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using base::Problem;

constexpr int kSecurityLevel = 2;  // 112 bits: RSA 2048, no SHA-1

Problem untrusted(const char* reason) {
    return Problem(ErrorCode::SIGNER_UNTRUSTED).with("reason", reason);
}

}  // namespace

std::optional<Problem> judgeChain(const Certificate& certificate,
                                  const std::vector<CertificatePtr>& trusted, base::Timestamp at) {
    // The signer can renew its own certificate; what is out of date above is its authority's.
    if (at < certificate.notBefore()) return Problem(ErrorCode::SIGNER_NOT_YET_VALID);
    if (at > certificate.notAfter()) return Problem(ErrorCode::SIGNER_EXPIRED);
    X509* const leaf = certificate.native().x509.get();
    if (!certificate.maySign()) return untrusted("its key usage forbids signatures");
    const Handle<X509_STORE> store(X509_STORE_new());
    const Handle<X509_STORE_CTX> context(X509_STORE_CTX_new());
    if (!store || !context) throwOpensslFault("a chain cannot be built");
    for (const CertificatePtr& each : trusted)
        if (X509_STORE_add_cert(store.get(), each->native().x509.get()) != 1)
            throwOpensslFault("a certificate cannot be trusted");
    if (X509_STORE_CTX_init(context.get(), store.get(), leaf, nullptr) != 1)
        throwOpensslFault("a chain cannot be built");
    X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_auth_level(rules, kSecurityLevel);
    X509_VERIFY_PARAM_set_time(
        rules, std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
    const int verified = X509_verify_cert(context.get());
    const int error = X509_STORE_CTX_get_error(context.get());
    forgetOpensslErrors();
    if (verified == 1) return std::nullopt;
    return untrusted(X509_verify_cert_error_string(error));
}

}  // namespace gateway::trust
