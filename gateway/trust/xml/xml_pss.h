#pragma once
// RSASSA-PSS for xmlsec, which 1.2 does not know: own transforms over OpenSSL's EVP (RFC 9231
// 2.3.9 and 2.3.10). Internal to the room trust.

#include <optional>

struct _xmlNode;
struct _xmlSecTransformKlass;

namespace gateway::trust {

/// Makes xmlsec know the PSS identifiers. Called once, after xmlSecOpenSSLInit.
void registerPssTransforms();

/// The transform for "...#sha256-rsa-MGF1", for producing signatures.
[[nodiscard]] const _xmlSecTransformKlass* pssSha256Transform() noexcept;

/// The hash of a "...#rsa-pss" SignatureMethod; nothing when its RSAPSSParams are not pinned:
/// SHA-256 (also the default), -384 or -512, MGF1 with the same hash, a salt as long as the hash,
/// trailer 1. What is left out counts as pinned: another value would not verify.
[[nodiscard]] std::optional<int> pssHashBits(const _xmlNode* signatureMethod);

}  // namespace gateway::trust
