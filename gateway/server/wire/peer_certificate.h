#pragma once
// A certificate as somebody showed it at the door, in words: for operators, never for a decision.

#include <string>

#include "gateway/document/digest.h"

namespace gateway::server {

/// Names as `openssl x509 -nameopt RFC2253` writes them: nothing but printable ASCII, the rest
/// escaped, at most 300 characters.
struct PeerCertificate {
    document::Digest fingerprint;  ///< SHA-256
    std::string subject;
    std::string issuer;
};

}  // namespace gateway::server
