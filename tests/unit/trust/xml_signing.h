#pragma once
// Keys made on the spot and XML signed from a template, for tests of XML signatures.

#include <filesystem>
#include <string>
#include <string_view>

#include "gateway/trust/certificates/certificate.h"
#include "gateway/trust/certificates/openssl_handles.h"

namespace gateway::trust::testing {

/// A key and its certificate, made by the demo PKI in a directory of its own.
struct TestIdentity {
    CertificatePtr certificate;
    Handle<evp_pkey_st> key;
};

/// "P-256", "P-384", "RSA-2048"; made once per name and process.
const TestIdentity& identity(std::string_view algorithm);

/// Fills the digest and signature values of the only ds:Signature in `xml`; every attribute named
/// Id counts as an id. For shapes that the product verifies but never makes.
std::string signTemplate(std::string_view xml, const TestIdentity& signer);

/// `text` with the first `from` replaced; throws if it is not there.
std::string replaced(std::string text, std::string_view from, std::string_view to);

/// A ds:Signature template. Parts may be replaced by the caller.
struct SignatureTemplate {
    std::string signatureId;  ///< empty = no Id attribute
    std::string method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    std::string methodContent;
    std::string digest = "http://www.w3.org/2001/04/xmlenc#sha256";
    std::string uri;
    bool xades = false;
    std::string keyInfo;
    std::string object;  ///< used instead of the XAdES object if not empty

    [[nodiscard]] std::string text() const;
};

}  // namespace gateway::trust::testing
