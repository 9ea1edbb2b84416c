#pragma once
// The algorithms of XML signatures that are accepted, by their identifiers (RFC 9231, XMLDSig
// 1.1, XML Encryption 1.1); internal to the room trust. What is not here is refused.

#include <optional>
#include <string_view>

#include "gateway/base/signature_reason.h"
#include "gateway/trust/certificates/certificate.h"

struct _xmlNode;

namespace gateway::trust {

inline constexpr std::string_view kDsigNamespace = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view kDsigMoreNamespace = "http://www.w3.org/2007/05/xmldsig-more#";
inline constexpr std::string_view kDsig11Namespace = "http://www.w3.org/2009/xmldsig11#";
inline constexpr std::string_view kXadesNamespace = "http://uri.etsi.org/01903/v1.3.2#";
inline constexpr std::string_view kSignedPropertiesType =
    "http://uri.etsi.org/01903#SignedProperties";
inline constexpr std::string_view kExclusiveC14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view kEnveloped =
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

enum class XmlSignatureKind {
    Ecdsa,
    RsaPkcs1,          ///< verified, never produced
    RsaPss,            ///< hash in the identifier
    RsaPssParameters,  ///< hash in RSAPSSParams, SHA-256 without
};

struct XmlSignatureAlgorithm {
    std::string_view uri;
    XmlSignatureKind kind;
    int hashBits;  ///< 0 for RsaPssParameters
};

/// Nothing for an identifier that is not accepted.
[[nodiscard]] const XmlSignatureAlgorithm* signatureAlgorithm(std::string_view uri) noexcept;

/// Why an identifier (of XML or JWS) that is not accepted is not.
[[nodiscard]] base::SignatureReason whyNotAlgorithm(std::string_view name);

/// 256, 384 or 512; nothing for a digest that is not accepted.
[[nodiscard]] std::optional<int> digestBits(std::string_view uri) noexcept;

[[nodiscard]] bool fits(XmlSignatureKind kind, KeyKind key) noexcept;

}  // namespace gateway::trust
