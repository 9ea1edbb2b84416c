#pragma once
// Owners for xmlsec's objects; internal to the room trust.

#include <memory>

struct _xmlSecDSigCtx;
struct evp_pkey_st;

namespace gateway::trust {

struct FreeDSig {
    void operator()(_xmlSecDSigCtx* context) const noexcept;
};

/// A signature context that knows the accepted algorithms only and holds `key` bare, without a
/// certificate: xmlsec then never looks at KeyInfo for a key, and needs not copy a certificate
/// per operation. Throws base::Fault.
[[nodiscard]] std::unique_ptr<_xmlSecDSigCtx, FreeDSig> signatureContext(evp_pkey_st* key);

}  // namespace gateway::trust
