#include "gateway/trust/xml/xml_algorithms.h"

#include <array>

namespace gateway::trust {
namespace {

using enum XmlSignatureKind;

constexpr std::array<XmlSignatureAlgorithm, 10> kSignatures{{
    {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", Ecdsa, 256},
    {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", Ecdsa, 384},
    {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", Ecdsa, 512},
    {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", RsaPkcs1, 256},
    {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", RsaPkcs1, 384},
    {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", RsaPkcs1, 512},
    {"http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", RsaPss, 256},
    {"http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", RsaPss, 384},
    {"http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", RsaPss, 512},
    {"http://www.w3.org/2007/05/xmldsig-more#rsa-pss", RsaPssParameters, 0},
}};

}  // namespace

const XmlSignatureAlgorithm* signatureAlgorithm(std::string_view uri) noexcept {
    for (const auto& algorithm : kSignatures)
        if (algorithm.uri == uri) return &algorithm;
    return nullptr;
}

base::SignatureReason whyNotAlgorithm(std::string_view name) {
    const auto has = [name](std::string_view part) { return name.find(part) != name.npos; };
    if (has("hmac") || name.starts_with("HS") || name == "none")
        return base::SignatureReason::ALGORITHM_SECRET_KEY;
    if (has("sha1") || has("md5") || has("sha224") || name == "RS1")
        return base::SignatureReason::ALGORITHM_WEAK;
    return base::SignatureReason::ALGORITHM_UNKNOWN;
}

std::optional<int> digestBits(std::string_view uri) noexcept {
    if (uri == "http://www.w3.org/2001/04/xmlenc#sha256") return 256;
    if (uri == "http://www.w3.org/2001/04/xmldsig-more#sha384") return 384;
    if (uri == "http://www.w3.org/2001/04/xmlenc#sha512") return 512;
    return std::nullopt;
}

bool fits(XmlSignatureKind kind, KeyKind key) noexcept {
    return (kind == Ecdsa) == (key != KeyKind::Rsa);
}

}  // namespace gateway::trust
