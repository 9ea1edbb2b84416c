#pragma once
// JSON Web Signatures (RFC 7515), compact and detached: shape first, then crypto. For trust only.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/document/digest.h"
#include "gateway/document/tree.h"
#include "gateway/trust/certificates/certificate.h"

namespace gateway::trust {

/// RFC 7518 section 3.1, without HS*, `none` and EdDSA, which are refused.
enum class JwsAlgorithm { Es256, Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512 };

/// The name that stands in the header, e.g. "ES256".
[[nodiscard]] std::string_view nameOf(JwsAlgorithm algorithm) noexcept;

/// One signature whose shape has been judged, not yet verified. Owns everything it needs except
/// the text it was parsed from, which must outlive it. Immutable.
///
/// What the header says of keys is a hint for the look-up among registered certificates and
/// nothing else; the key and, with it, the possible algorithms come from the registry alone.
class Jws {
  public:
    /// `text` is protected.payload.signature and nothing else. Problems of class U:
    /// SIGNATURE_SHAPE, _HEADER, _ALGORITHM, _KEY_REFERENCE.
    [[nodiscard]] static base::Result<Jws> parseCompact(std::string_view text);

    /// `header` is protected..signature (RFC 7515 appendix F), at most kLongestDetachedHeader
    /// bytes; `body` is what it signs.
    [[nodiscard]] static base::Result<Jws> parseDetached(std::string_view header,
                                                         std::string_view body);

    /// SHA-256 of the certificate that the header points to (x5c, x5t#S256, or kid when it is a
    /// fingerprint in hex or base64url), if any.
    [[nodiscard]] const std::optional<document::Digest>& certificateHint() const noexcept {
        return hint_;
    }
    /// DER of the certificate in x5c, which any stranger can write; empty if there is none.
    [[nodiscard]] const std::string& certificateDer() const noexcept { return certificateDer_; }
    [[nodiscard]] JwsAlgorithm algorithm() const noexcept { return algorithm_; }
    /// True if a key of this kind can have made a signature of this algorithm.
    [[nodiscard]] bool fits(KeyKind kind) const noexcept;

    /// SIGNATURE_ALGORITHM if the algorithm does not fit the key, SIGNATURE_INVALID if the value
    /// is wrong. May be called for several candidates.
    [[nodiscard]] base::Result<base::Done> verify(const Certificate& certificate) const;

    /// The protected header, an Object.
    [[nodiscard]] const document::Node& header() const noexcept { return header_; }
    /// The decoded payload of a compact signature; empty for a detached one.
    [[nodiscard]] const std::string& payload() const noexcept { return payload_; }

  private:
    Jws() = default;
    [[nodiscard]] std::optional<base::Problem> readHeader(std::string_view encoded);
    [[nodiscard]] std::optional<base::Problem> readHints();

    document::Node header_;
    JwsAlgorithm algorithm_{};
    std::optional<document::Digest> hint_;
    std::string certificateDer_;
    std::string_view signedPart_;  ///< of a compact text, else empty
    std::string ownedSignedPart_;  ///< of a detached signature
    std::string payload_, signature_;
};

}  // namespace gateway::trust
