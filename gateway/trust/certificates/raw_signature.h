#pragma once
// Signature values as RFC 7518 writes them, made and checked by OpenSSL; internal to trust.

#include <string>
#include <string_view>

#include "gateway/base/signature_reason.h"

struct evp_pkey_st;

namespace gateway::trust {

enum class SignatureScheme {
    Ecdsa,     ///< value is r || s, each as long as the curve's order (RFC 7518 section 3.4)
    RsaPss,    ///< MGF1 with the same digest, salt as long as the digest (section 3.5)
    RsaPkcs1,  ///< RSASSA-PKCS1-v1_5 (section 3.3): checked, never made
};

/// True if `signature` is a value of exactly this scheme and digest over `data`. The caller has
/// made sure that scheme and key belong together. Thread-safe.
[[nodiscard]] bool verifyRaw(evp_pkey_st* key, SignatureScheme scheme, int digestBits,
                             std::string_view data, std::string_view signature);

/// After verifyRaw said no: what is probably wrong, for words only. It tries other encodings and
/// salts, and a yes there is never a yes. Thread-safe.
[[nodiscard]] base::SignatureReason whyWrong(evp_pkey_st* key, SignatureScheme scheme,
                                             int digestBits, std::string_view data,
                                             std::string_view signature);

/// Signs SHA-256(data): ECDSA with an EC key, RSASSA-PSS with an RSA key. Throws base::Fault if
/// the key cannot. Thread-safe.
[[nodiscard]] std::string signRaw(evp_pkey_st* key, std::string_view data);

}  // namespace gateway::trust
