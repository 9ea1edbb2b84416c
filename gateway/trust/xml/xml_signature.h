#pragma once
// Enveloped XML signatures (XMLDSig 1.1, XAdES 1.3.2 signed properties): shape first, then crypto.

#include <memory>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/document/digest.h"
#include "gateway/document/xml.h"
#include "gateway/trust/certificates/certificate.h"

namespace gateway::trust {

struct XmlSignatureShape;

/// One XML signature whose shape has been judged safe (protocol.md, "Forms"), not yet verified.
/// Refers into the document it was found in: that document must outlive it and not change.
/// One thread at a time.
class XmlSignature {
  public:
    /// Finds the only ds:Signature (direct child of the root) and judges everything that needs no
    /// key: two accepted shapes, transforms, algorithms, KeyInfo. Problems of class U:
    /// SIGNATURE_MISSING, _MULTIPLE, _SHAPE, _ALGORITHM, _KEY_REFERENCE.
    [[nodiscard]] static base::Result<XmlSignature> examine(const document::XmlDocument& document);

    /// DER of the certificate in KeyInfo, a mere hint; empty if none.
    [[nodiscard]] const std::string& certificateHint() const noexcept;

    /// The identifier of its algorithm, e.g. http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256.
    [[nodiscard]] std::string_view algorithm() const noexcept;

    /// Verifies with this certificate's key; the algorithm must fit the key (SIGNATURE_ALGORITHM),
    /// a wrong value is SIGNATURE_INVALID. On success: SHA-256 over the canonical bytes of the
    /// signed root without its signature. May be called for several candidate certificates.
    [[nodiscard]] base::Result<document::Digest> verify(const Certificate& certificate) const;

    /// Cuts the verified signature out of its document, for good: its element, and the Id of the
    /// root if a reference names it. That Id is the signature's means, as stock tools write it, and
    /// no content; a format that has an Id of its own is signed with URI="". Once.
    void cutFrom(document::XmlDocument& document) const noexcept;

  private:
    XmlSignature() = default;
    _xmlDoc* document_ = nullptr;
    std::shared_ptr<const XmlSignatureShape> shape_;
};

/// Signs `xml`, which must be unsigned and well formed, in shape (a) with `key`; see Seal::xml.
/// Throws base::Fault if xmlsec fails. Thread-safe.
[[nodiscard]] std::string signXmlEnveloped(std::string_view xml, const Certificate& certificate,
                                           evp_pkey_st* key);

/// Starts xmlsec once per process (idempotent, thread-safe); called by the functions above.
void startXmlSecurity();

}  // namespace gateway::trust
