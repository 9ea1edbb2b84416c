#pragma once
// The gateway's own seal: a port for the key, and the two sealed forms made with it.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/trust/certificates/certificate.h"

namespace gateway::trust {

/// Holds a private key and signs with it. Production: our P-256 seal; later a walled-off process
/// or an HSM. Implementations are thread-safe; a broken key throws base::Fault.
class Signer {
  public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual const CertificatePtr& certificate() const noexcept = 0;
    /// Signs SHA-256(data): ECDSA as r||s of fixed length (RFC 7518 3.4), RSA as RSASSA-PSS.
    [[nodiscard]] virtual std::string sign(std::string_view data) const = 0;
    /// The key for XML signatures, borrowed; for trust only.
    [[nodiscard]] virtual evp_pkey_st* key() const noexcept = 0;
};

/// A key file (PEM, unencrypted, readable by its owner only) and its certificate. Checks that the
/// two belong together; throws Fault otherwise.
[[nodiscard]] std::unique_ptr<Signer> loadSigner(const std::filesystem::path& keyFile,
                                                 const std::filesystem::path& certificateFile);

/// Seals trees. Also used by the client commands and the simulator, with their own keys.
/// Thread-safe if the signer is.
class Seal {
  public:
    explicit Seal(const Signer& signer) : signer_(signer) {}

    /// JWS compact (RFC 7515) over `payload`; header: alg, typ, x5t#S256.
    [[nodiscard]] std::string jws(std::string_view payload, std::string_view typ) const;
    /// Detached JWS (RFC 7515 appendix F) for `body`; `protectedHeader` is a JSON object node to
    /// which alg and x5t#S256 are added.
    [[nodiscard]] std::string detachedJws(std::string_view body,
                                          document::Node protectedHeader) const;
    /// Enveloped XML signature, shape (a), as the last child of the root of `xml`; KeyInfo carries
    /// the certificate. ECDSA-SHA256 or RSA-PSS-SHA256 by the key.
    [[nodiscard]] std::string xml(std::string_view xml) const;

    [[nodiscard]] const Signer& signer() const noexcept { return signer_; }

  private:
    const Signer& signer_;
};

}  // namespace gateway::trust
