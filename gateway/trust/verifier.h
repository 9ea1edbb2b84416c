#pragma once
// From raw bytes to content whose author is known: syntax, signature shape, crypto, policy.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/base/limits.h"
#include "gateway/base/result.h"
#include "gateway/document/content.h"
#include "gateway/trust/certificates/revocation.h"
#include "gateway/trust/partners/registry.h"

namespace gateway::trust {

/// How the message carried its signature.
enum class SignatureForm { XmlEnveloped, JwsCompact, JwsDetached };

/// Header claims of a detached JWS (protected `aud typ jti iat cty`), for formats without envelope.
struct DetachedClaims {
    std::string audience, type, id, contentType;
    base::Timestamp issuedAt{};
};

/// A message whose signature is good and whose signer is registered, current and not revoked.
/// Says nothing yet about what the signer may say.
struct Verified {
    std::string signerAgency;
    CertificatePtr signerCertificate;
    RevocationStatus revocation;
    SignatureForm form{};
    std::optional<DetachedClaims> claims;
    document::SignedContent content;
};

/// The bytes as they came, with what is needed to choose the reader.
struct SignedBytes {
    std::string_view body;
    std::string_view mediaType;       ///< Content-Type without parameters, lower case
    std::string_view detachedHeader;  ///< X-JWS-Signature, or empty
};

/// Whether verify() has a reader for this media type at all; else the door says 415. Unsigned XML,
/// JSON or tables count as readable, so that their sender is told that the signature is missing.
[[nodiscard]] bool isReadable(std::string_view mediaType, bool detached) noexcept;

/// Verifies partners' messages (design 5). Order: bounds and syntax, signature shape before any
/// cryptography, registered signer, algorithm by the registered key, cryptography, dates and
/// revocation. All Problems are of class U, but for a media type that no reader takes
/// (HTTP_MEDIA_TYPE). Positions in a compact JWS count within its decoded payload.
///
/// Without a certificate hint the current signers of the agencies that `channel` carries are
/// tried, at most Limits::signersTriedWithoutHint; more of them is SIGNER_AMBIGUOUS.
/// Thread-safe: everything it holds is immutable. Never opens a connection.
class Verifier {
  public:
    /// Without `revocation` (null) registration alone decides: Standing::NoList.
    Verifier(std::shared_ptr<const Registry> registry,
             std::shared_ptr<const RevocationLists> revocation, const base::Limits& limits);

    [[nodiscard]] base::Result<Verified> verify(const SignedBytes& message, const Channel& channel,
                                                base::Timestamp now) const;

  private:
    struct Author;
    /// The content digest if this certificate's key made the signature.
    using Check = std::function<base::Result<document::Digest>(const Certificate&)>;

    [[nodiscard]] base::Result<Verified> verifyXml(const SignedBytes& message,
                                                   const Channel& channel,
                                                   base::Timestamp now) const;
    [[nodiscard]] base::Result<Verified> verifyCompact(const SignedBytes& message,
                                                       const Channel& channel,
                                                       base::Timestamp now) const;
    [[nodiscard]] base::Result<Verified> verifyDetached(const SignedBytes& message,
                                                        const Channel& channel,
                                                        base::Timestamp now) const;
    [[nodiscard]] base::Result<Author> findAuthor(const std::optional<document::Digest>& hint,
                                                  const Check& check, const Channel& channel,
                                                  base::Timestamp now) const;
    [[nodiscard]] base::Result<RevocationStatus> judge(const SignerRecord& signer,
                                                       base::Timestamp now) const;
    [[nodiscard]] document::ReadBounds bounds() const noexcept;

    std::shared_ptr<const Registry> registry_;
    std::shared_ptr<const RevocationLists> revocation_;
    base::Limits limits_;
};

}  // namespace gateway::trust
