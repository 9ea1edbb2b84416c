#pragma once
// What a Certificate keeps from its decoding; internal to the room trust.

#include <string>

#include "gateway/trust/certificates/certificate.h"
#include "gateway/trust/certificates/openssl_handles.h"

namespace gateway::trust {

struct Certificate::Native {
    Handle<x509_st> x509;        ///< read only after decoding, hence shared by threads
    evp_pkey_st* key = nullptr;  ///< borrowed from x509
    std::string der, subject, issuer, serialHex;
    std::string authorityKeyId;  ///< raw octets, empty if the certificate names none
    document::Digest fingerprint;
    KeyKind keyKind{};
    bool maySign = false, isAuthority = false;
    base::Timestamp notBefore, notAfter;
};

/// A name as RFC 2253 text in UTF-8, control characters escaped.
[[nodiscard]] std::string nameText(const X509_name_st* name);

/// A serial number as lower-case hexadecimal without leading zero bytes.
[[nodiscard]] std::string serialText(const asn1_string_st* serial);

/// An ASN.1 time as an instant; throws base::Fault if it is none.
[[nodiscard]] base::Timestamp instantOf(const asn1_string_st* time);

}  // namespace gateway::trust
