#include "gateway/trust/jws.h"

#include <array>

#include "gateway/base/encoding.h"
#include "gateway/base/limits.h"
#include "gateway/document/json.h"
#include "gateway/trust/raw_signature.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Kind;
using document::Node;

// A chain of three RSA certificates in x5c still fits.
constexpr std::size_t kLongestProtectedHeader = 16'384;
constexpr document::ReadBounds kHeaderBounds{8, 256};

struct Algorithm {
    std::string_view name;
    SignatureScheme scheme;
    int digestBits;
};

// In the order of JwsAlgorithm.
constexpr std::array<Algorithm, 9> kAlgorithms{{
    {"ES256", SignatureScheme::Ecdsa, 256},
    {"ES384", SignatureScheme::Ecdsa, 384},
    {"ES512", SignatureScheme::Ecdsa, 512},
    {"PS256", SignatureScheme::RsaPss, 256},
    {"PS384", SignatureScheme::RsaPss, 384},
    {"PS512", SignatureScheme::RsaPss, 512},
    {"RS256", SignatureScheme::RsaPkcs1, 256},
    {"RS384", SignatureScheme::RsaPkcs1, 384},
    {"RS512", SignatureScheme::RsaPkcs1, 512},
}};

const Algorithm& entryOf(JwsAlgorithm algorithm) noexcept {
    return kAlgorithms[static_cast<std::size_t>(algorithm)];
}

std::optional<JwsAlgorithm> algorithmNamed(std::string_view name) {
    for (std::size_t i = 0; i < kAlgorithms.size(); ++i)
        if (kAlgorithms[i].name == name) return static_cast<JwsAlgorithm>(i);
    return std::nullopt;
}

const std::string* stringMember(const Node& object, std::string_view name) {
    const Node* const member = object.child(name);
    return member != nullptr && member->kind == Kind::String ? &member->value : nullptr;
}

// Present, but not a string.
bool isOtherThanString(const Node& object, std::string_view name) {
    const Node* const member = object.child(name);
    return member != nullptr && member->kind != Kind::String;
}

// The only extension understood is b64 (RFC 7797), and only as true, where it changes nothing.
bool extensionsUnderstood(const Node& header) {
    const Node* const b64 = header.child("b64");
    if (b64 != nullptr && (b64->kind != Kind::Boolean || b64->value != "true")) return false;
    const Node* const crit = header.child("crit");
    if (crit == nullptr) return true;
    return crit->kind == Kind::Array && crit->children.size() == 1 &&
           crit->children[0].kind == Kind::String && crit->children[0].value == "b64" &&
           b64 != nullptr;
}

std::optional<document::Digest> digestFromRaw(const std::optional<std::string>& raw) {
    if (!raw || raw->size() != 32) return std::nullopt;
    return document::Digest::fromBytes(*raw);
}

}  // namespace

std::string_view nameOf(JwsAlgorithm algorithm) noexcept { return entryOf(algorithm).name; }

std::optional<Problem> Jws::readHeader(std::string_view encoded) {
    if (encoded.size() > kLongestProtectedHeader) return Problem(ErrorCode::SIGNATURE_HEADER);
    const auto text = base::fromBase64Url(encoded);
    if (!text) return Problem(ErrorCode::SIGNATURE_SHAPE);
    auto tree = document::readJson(*text, kHeaderBounds);
    if (!tree || tree->root.kind != Kind::Object) return Problem(ErrorCode::SIGNATURE_HEADER);
    header_ = std::move(tree->root);

    const std::string* const name = stringMember(header_, "alg");
    if (name == nullptr) return Problem(ErrorCode::SIGNATURE_HEADER);
    const auto algorithm = algorithmNamed(*name);
    if (!algorithm) return Problem(ErrorCode::SIGNATURE_ALGORITHM);
    algorithm_ = *algorithm;

    for (const char* const foreignKey : {"jwk", "jku", "x5u"})
        if (header_.child(foreignKey) != nullptr)
            return Problem(ErrorCode::SIGNATURE_KEY_REFERENCE);
    if (!extensionsUnderstood(header_)) return Problem(ErrorCode::SIGNATURE_HEADER);
    for (const char* const textual : {"typ", "cty", "kid", "x5t#S256"})
        if (isOtherThanString(header_, textual)) return Problem(ErrorCode::SIGNATURE_HEADER);
    return readHints();
}

std::optional<Problem> Jws::readHints() {
    if (const std::string* const kid = stringMember(header_, "kid")) {
        hint_ = digestFromRaw(kid->size() == 64 ? base::fromHex(*kid) : base::fromBase64Url(*kid));
    }
    if (const std::string* const thumbprint = stringMember(header_, "x5t#S256")) {
        hint_ = digestFromRaw(base::fromBase64Url(*thumbprint));
        if (!hint_) return Problem(ErrorCode::SIGNATURE_HEADER);
    }
    const Node* const chain = header_.child("x5c");
    if (chain == nullptr) return std::nullopt;
    if (chain->kind != Kind::Array || chain->children.empty() ||
        chain->children[0].kind != Kind::String)
        return Problem(ErrorCode::SIGNATURE_HEADER);
    auto der = base::fromBase64(chain->children[0].value);
    if (!der || der->empty()) return Problem(ErrorCode::SIGNATURE_HEADER);
    // Equal SHA-256 means equal byte for byte, so the look-up by digest is the comparison.
    const document::Digest fingerprint = document::sha256(*der);
    if (header_.child("x5t#S256") != nullptr && hint_ != fingerprint)
        return Problem(ErrorCode::SIGNATURE_HEADER);
    hint_ = fingerprint;
    certificateDer_ = std::move(*der);
    return std::nullopt;
}

base::Result<Jws> Jws::parseCompact(std::string_view text) {
    const auto first = text.find('.');
    const auto second = first == std::string_view::npos ? first : text.find('.', first + 1);
    if (second == std::string_view::npos) return Problem(ErrorCode::SIGNATURE_SHAPE);
    auto payload = base::fromBase64Url(text.substr(first + 1, second - first - 1));
    auto signature = base::fromBase64Url(text.substr(second + 1));
    if (!payload || !signature) return Problem(ErrorCode::SIGNATURE_SHAPE);
    Jws jws;
    jws.payload_ = std::move(*payload);
    jws.signature_ = std::move(*signature);
    jws.signedPart_ = text.substr(0, second);
    auto problem = jws.readHeader(text.substr(0, first));
    // An unsecured JWS has an empty signature; its sender is told of "none" rather than of that.
    if (jws.signature_.empty() && (!problem || problem->code != ErrorCode::SIGNATURE_ALGORITHM))
        return Problem(ErrorCode::SIGNATURE_SHAPE);
    if (problem) return std::move(*problem);
    return jws;
}

base::Result<Jws> Jws::parseDetached(std::string_view header, std::string_view body) {
    if (header.size() > base::kLongestDetachedHeader) return Problem(ErrorCode::SIGNATURE_SHAPE);
    const auto dots = header.find("..");
    if (dots == std::string_view::npos) return Problem(ErrorCode::SIGNATURE_SHAPE);
    auto signature = base::fromBase64Url(header.substr(dots + 2));
    if (!signature || signature->empty()) return Problem(ErrorCode::SIGNATURE_SHAPE);
    Jws jws;
    jws.signature_ = std::move(*signature);
    if (auto problem = jws.readHeader(header.substr(0, dots))) return std::move(*problem);
    jws.ownedSignedPart_.append(header.substr(0, dots + 1)).append(base::toBase64Url(body));
    return jws;
}

bool Jws::fits(KeyKind kind) const noexcept {
    switch (kind) {
        case KeyKind::EcP256: return algorithm_ == JwsAlgorithm::Es256;
        case KeyKind::EcP384: return algorithm_ == JwsAlgorithm::Es384;
        case KeyKind::EcP521: return algorithm_ == JwsAlgorithm::Es512;
        case KeyKind::Rsa: return entryOf(algorithm_).scheme != SignatureScheme::Ecdsa;
    }
    return false;
}

base::Result<base::Done> Jws::verify(const Certificate& certificate) const {
    if (!fits(certificate.keyKind())) return Problem(ErrorCode::SIGNATURE_ALGORITHM);
    const Algorithm& entry = entryOf(algorithm_);
    const std::string_view data = ownedSignedPart_.empty() ? signedPart_ : ownedSignedPart_;
    if (!verifyRaw(certificate.key(), entry.scheme, entry.digestBits, data, signature_))
        return Problem(ErrorCode::SIGNATURE_INVALID);
    return base::Done{};
}

}  // namespace gateway::trust
