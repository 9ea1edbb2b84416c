#pragma once
// Makes JWS of any header and algorithm, straight from OpenSSL, as a stranger's software would.

#include <string>
#include <string_view>

#include "gateway/trust/certificates/certificate.h"

namespace gateway::trust::test {

/// The key of a subject of test_pki.h.
struct StrangerKey {
    explicit StrangerKey(const std::string& name);
    ~StrangerKey();
    StrangerKey(const StrangerKey&) = delete;
    StrangerKey& operator=(const StrangerKey&) = delete;
    evp_pkey_st* key = nullptr;
};

/// The signature value for `alg` ("ES256" ... "RS512"), whatever the key is used for elsewhere.
[[nodiscard]] std::string signAs(const StrangerKey& key, std::string_view alg,
                                 std::string_view data);

/// A PS256 value with a salt of this length, or one of OpenSSL's RSA_PSS_SALTLEN_*.
[[nodiscard]] std::string signWithSalt(const StrangerKey& key, int saltLength,
                                       std::string_view data);

/// protected.payload.signature with `header` as literal JSON.
[[nodiscard]] std::string compact(const StrangerKey& key, std::string_view alg,
                                  std::string_view header, std::string_view payload);
/// protected..signature.
[[nodiscard]] std::string detached(const StrangerKey& key, std::string_view alg,
                                   std::string_view header, std::string_view body);

/// A certificate around a public key given as unsigned big-endian numbers.
[[nodiscard]] CertificatePtr certificateOfEcKey(std::string_view x, std::string_view y);
[[nodiscard]] CertificatePtr certificateOfRsaKey(std::string_view modulus,
                                                 std::string_view exponent);
/// DER of a certificate around `key`, signed by a throw-away key.
[[nodiscard]] std::string derAround(evp_pkey_st* key);
/// The same around a new key, with these extensions in OpenSSL's words; empty: without.
[[nodiscard]] std::string derWith(const std::string& basicConstraints, const std::string& keyUsage,
                                  const std::string& extendedKeyUsage = {},
                                  const std::string& comment = {});

}  // namespace gateway::trust::test
