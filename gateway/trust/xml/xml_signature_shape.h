#pragma once
// Is this XML signature of one of the two safe shapes? Judged before any key or digest is
// touched, because an attacker needs no key to rearrange a document (signature wrapping).
// Internal to the room trust; the rules are protocol.md, "Forms".

#include <string>

#include "gateway/base/result.h"

struct _xmlDoc;
struct _xmlAttr;
struct _xmlNode;

namespace gateway::trust {

struct XmlSignatureAlgorithm;

/// What is known of a signature of good shape.
struct XmlSignatureShape {
    _xmlNode* signature = nullptr;
    const XmlSignatureAlgorithm* algorithm = nullptr;
    int hashBits = 0;               ///< of the signature method
    std::string value;              ///< SignatureValue, raw
    std::string certificateHint;    ///< DER, or empty
    std::size_t references = 0;     ///< 1 for shape (a), 2 for shape (b)
    std::size_t rootReference = 0;  ///< which of them covers the root
    _xmlAttr* rootId = nullptr;     ///< by which that one names it; nullptr if it says URI=""
    int rootDigestBits = 0;
    std::string rootDigest;  ///< as claimed, raw
};

/// A refusal bears its SignatureReason. Registers the Id attributes that the references name, those
/// of the root and of the signed properties only, so that each resolves to the very node that was
/// judged.
[[nodiscard]] base::Result<XmlSignatureShape> judgeShape(_xmlDoc* document);

}  // namespace gateway::trust
