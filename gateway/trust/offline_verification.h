#pragma once
// Judging one signed file by itself, without registry, store or network: what
// `thahc-gateway verify` does with messages, receipts and refusals.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/limits.h"
#include "gateway/base/result.h"
#include "gateway/document/digest.h"
#include "gateway/document/tree.h"
#include "gateway/trust/certificates/certificate.h"
#include "gateway/trust/certificates/revocation.h"
#include "gateway/trust/verifier.h"

namespace gateway::trust {

/// What the person at the command line believes in.
struct OfflineTrust {
    /// Authorities and single signers' certificates alike: a signer is trusted if it is one of
    /// them or if one of them issued it, directly or through others of them.
    std::vector<CertificatePtr> certificates;
    /// Optional; judged for the moment `at`, with `grace`.
    const RevocationLists* revocation = nullptr;
    std::chrono::seconds grace = base::Limits().revocationGrace;
    /// The moment for which dates and revocation are judged.
    base::Timestamp at{};
};

/// The findings about one file. Good only if there are no problems.
struct OfflineReport {
    std::optional<SignatureForm> form;  ///< nothing when no signature was recognised
    std::string algorithm;              ///< JWS name or XML identifier, as the signer wrote it
    CertificatePtr signer;              ///< whose key confirmed the signature, or null
    std::optional<document::Digest> contentDigest;  ///< of what the signature covers, once good
    document::Digest bodyDigest;                    ///< of the bytes given
    RevocationStatus revocation;
    std::optional<document::Tree> content;  ///< what was signed, once the signature is good
    std::vector<base::Problem> problems;

    [[nodiscard]] bool good() const noexcept { return problems.empty(); }
};

/// Finds the form (XML with enveloped signature, JWS compact; with `detachedHeader` a detached
/// JWS over any bytes), the signer and whether it can be believed. Shape, algorithms and
/// cryptography are judged as Verifier does. White space after a compact JWS is forgiven, since
/// editors add it; content is left out when the covered bytes are neither XML nor JSON.
///
/// Says nothing about who may sign what, nor whether the gateway ever saw the message.
/// Thread-safe; never opens a connection.
[[nodiscard]] OfflineReport verifyOffline(std::string_view bytes, std::string_view detachedHeader,
                                          const OfflineTrust& trust);

}  // namespace gateway::trust
