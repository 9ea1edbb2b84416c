#pragma once
// One X.509 certificate, decoded once at registration and never again per message.

#include <memory>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/document/digest.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY; its headers stay in trust's .cpp files

namespace gateway::trust {

enum class KeyKind { EcP256, EcP384, EcP521, Rsa };

/// Immutable, shared by threads. Fingerprint = SHA-256 of the DER.
class Certificate {
  public:
    /// From PEM (one certificate) or DER. A weak or unsupported key (RSA under 2048 bits, other
    /// curves, key OID id-RSASSA-PSS) throws Fault: registration is the place to be told.
    [[nodiscard]] static std::shared_ptr<const Certificate> decode(std::string_view pemOrDer);
    ~Certificate();
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;

    [[nodiscard]] const document::Digest& fingerprint() const noexcept;
    [[nodiscard]] const std::string& der() const noexcept;
    [[nodiscard]] KeyKind keyKind() const noexcept;
    [[nodiscard]] std::string subject() const;  ///< RFC 2253, UTF-8
    [[nodiscard]] std::string issuer() const;   ///< RFC 2253, UTF-8
    [[nodiscard]] std::string serialHex() const;
    [[nodiscard]] base::Timestamp notBefore() const noexcept;
    [[nodiscard]] base::Timestamp notAfter() const noexcept;
    /// Its keyUsage, if it has that extension, holds digitalSignature or nonRepudiation
    /// (RFC 5280 section 4.2.1.3).
    [[nodiscard]] bool maySign() const noexcept;
    [[nodiscard]] bool isAuthority() const noexcept;  ///< basicConstraints with CA:TRUE
    [[nodiscard]] evp_pkey_st* key() const noexcept;  ///< borrowed; for trust only

    struct Native;
    [[nodiscard]] const Native& native() const noexcept { return *native_; }

  private:
    explicit Certificate(std::unique_ptr<Native> native);
    std::unique_ptr<Native> native_;
};

using CertificatePtr = std::shared_ptr<const Certificate>;

}  // namespace gateway::trust
