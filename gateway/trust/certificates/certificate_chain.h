#pragma once
// Does a certificate lead to one that we trust? Internal to the room trust.

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/trust/certificates/certificate.h"

namespace gateway::trust {

/// Builds the chain from `certificate` to one of `trusted` (RFC 5280, by OpenSSL) as of `at`;
/// `trusted` may hold authorities and single certificates. Keys and digests under 112 bits of
/// strength, and certificates whose key usage forbids signatures, are not believed. Nothing means
/// believed; else SIGNER_EXPIRED, SIGNER_NOT_YET_VALID or SIGNER_UNTRUSTED with "reason".
[[nodiscard]] std::optional<base::Problem> judgeChain(const Certificate& certificate,
                                                      const std::vector<CertificatePtr>& trusted,
                                                      base::Timestamp at);

}  // namespace gateway::trust
