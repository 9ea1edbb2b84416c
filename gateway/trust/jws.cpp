#include "gateway/trust/jws.h"

#include <array>

#include "gateway/base/encoding.h"
#include "gateway/base/limits.h"
#include "gateway/base/signature_reason.h"
#include "gateway/document/json.h"
#include "gateway/trust/certificates/raw_signature.h"
#include "gateway/trust/xml/xml_algorithms.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Kind;
using document::Node;
using Why = base::SignatureReason;

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

Problem badShape(Why why) { return because(Problem(ErrorCode::SIGNATURE_SHAPE), why); }
Problem badHeader(Why why) { return because(Problem(ErrorCode::SIGNATURE_HEADER), why); }

// What commonly goes wrong with all of the text, before its parts are looked at.
std::optional<Problem> unfit(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (text.starts_with("\xEF\xBB\xBF")) return badShape(Why::JWS_BOM);
    if (first != text.npos && text[first] == '{') return badShape(Why::JWS_JSON_FORM);
    if (text.find_first_of(" \t\r\n") != text.npos) return badShape(Why::JWS_BLANK);
    return std::nullopt;
}

std::optional<document::Digest> digestFromRaw(const std::optional<std::string>& raw) {
    if (!raw || raw->size() != 32) return std::nullopt;
    return document::Digest::fromBytes(*raw);
}

}  // namespace

std::string_view nameOf(JwsAlgorithm algorithm) noexcept { return entryOf(algorithm).name; }

std::optional<Problem> Jws::readHeader(std::string_view encoded) {
    if (encoded.size() > kLongestProtectedHeader) return badHeader(Why::HEADER_TOO_LONG);
    const auto text = base::fromBase64Url(encoded);
    if (!text) return badShape(Why::JWS_BASE64URL);
    auto tree = document::readJson(*text, kHeaderBounds);
    if (!tree || tree->root.kind != Kind::Object) return badHeader(Why::HEADER_JSON);
    header_ = std::move(tree->root);

    const std::string* const name = stringMember(header_, "alg");
    if (name == nullptr) return badHeader(Why::HEADER_ALG);
    const auto algorithm = algorithmNamed(*name);
    if (!algorithm) return because(Problem(ErrorCode::SIGNATURE_ALGORITHM), whyNotAlgorithm(*name));
    algorithm_ = *algorithm;

    for (const char* const foreignKey : {"jwk", "jku", "x5u"})
        if (header_.child(foreignKey) != nullptr)
            return because(
                Problem(ErrorCode::SIGNATURE_KEY_REFERENCE),
                foreignKey == std::string_view("jwk") ? Why::KEY_IN_HEADER : Why::KEY_ELSEWHERE);
    if (!extensionsUnderstood(header_)) return badHeader(Why::HEADER_CRIT);
    for (const char* const textual : {"typ", "cty", "kid", "x5t#S256"})
        if (isOtherThanString(header_, textual)) return badHeader(Why::HEADER_NOT_TEXT);
    return readHints();
}

std::optional<Problem> Jws::readHints() {
    if (const std::string* const kid = stringMember(header_, "kid")) {
        hint_ = digestFromRaw(kid->size() == 64 ? base::fromHex(*kid) : base::fromBase64Url(*kid));
    }
    if (const std::string* const thumbprint = stringMember(header_, "x5t#S256")) {
        hint_ = digestFromRaw(base::fromBase64Url(*thumbprint));
        if (!hint_) return badHeader(Why::HEADER_X5T);
    }
    const Node* const chain = header_.child("x5c");
    if (chain == nullptr) return std::nullopt;
    if (chain->kind != Kind::Array || chain->children.empty() ||
        chain->children[0].kind != Kind::String)
        return badHeader(Why::HEADER_X5C);
    auto der = base::fromBase64(chain->children[0].value);
    if (!der || der->empty()) return badHeader(Why::HEADER_X5C);
    // Equal SHA-256 means equal byte for byte, so the look-up by digest is the comparison.
    const document::Digest fingerprint = document::sha256(*der);
    if (header_.child("x5t#S256") != nullptr && hint_ != fingerprint)
        return badHeader(Why::HEADER_X5T_X5C);
    hint_ = fingerprint;
    certificateDer_ = std::move(*der);
    return std::nullopt;
}

base::Result<Jws> Jws::parseCompact(std::string_view text) {
    if (auto problem = unfit(text)) return std::move(*problem);
    const auto first = text.find('.');
    const auto second = first == std::string_view::npos ? first : text.find('.', first + 1);
    if (second == text.npos || text.find('.', second + 1) != text.npos)
        return badShape(Why::JWS_PARTS);
    auto payload = base::fromBase64Url(text.substr(first + 1, second - first - 1));
    auto signature = base::fromBase64Url(text.substr(second + 1));
    if (!payload || !signature) return badShape(Why::JWS_BASE64URL);
    Jws jws;
    jws.payload_ = std::move(*payload);
    jws.signature_ = std::move(*signature);
    jws.signedPart_ = text.substr(0, second);
    auto problem = jws.readHeader(text.substr(0, first));
    // An unsecured JWS has an empty signature; its sender is told of "none" rather than of that.
    if (jws.signature_.empty() && (!problem || problem->code != ErrorCode::SIGNATURE_ALGORITHM))
        return badShape(Why::JWS_NO_SIGNATURE);
    if (problem) return std::move(*problem);
    return jws;
}

base::Result<Jws> Jws::parseDetached(std::string_view header, std::string_view body) {
    if (header.size() > base::kLongestDetachedHeader) return badShape(Why::JWS_TOO_LONG);
    if (auto problem = unfit(header)) return std::move(*problem);
    const auto dots = header.find("..");
    if (dots == std::string_view::npos) return badShape(Why::JWS_NOT_DETACHED);
    auto signature = base::fromBase64Url(header.substr(dots + 2));
    if (!signature) return badShape(Why::JWS_BASE64URL);
    if (signature->empty()) return badShape(Why::JWS_NO_SIGNATURE);
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
    if (!fits(certificate.keyKind()))
        return because(Problem(ErrorCode::SIGNATURE_ALGORITHM), Why::ALGORITHM_KEY);
    const Algorithm& entry = entryOf(algorithm_);
    const std::string_view data = ownedSignedPart_.empty() ? signedPart_ : ownedSignedPart_;
    if (!verifyRaw(certificate.key(), entry.scheme, entry.digestBits, data, signature_))
        return because(
            Problem(ErrorCode::SIGNATURE_INVALID),
            whyWrong(certificate.key(), entry.scheme, entry.digestBits, data, signature_));
    return base::Done{};
}

}  // namespace gateway::trust
