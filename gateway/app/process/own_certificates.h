#pragma once
// Our own certificates: seals, present, former and coming, and those that TLS shows.

#include <string>
#include <vector>

#include "gateway/app/settings/config.h"
#include "gateway/trust/certificates/certificate.h"

namespace gateway::app {

/// The present one first, then those of the folder seal.others. Throws InputError if that folder or
/// a certificate in it cannot be read.
[[nodiscard]] std::vector<trust::CertificatePtr> ownSeals(const Config& config,
                                                          const trust::CertificatePtr& present);

/// {"keys":[{"use":"present|past|next","sha256","notBefore","notAfter","pem"}]}, the present one
/// first. Past and next are told by their dates against `now`. Throws as ownSeals() does.
[[nodiscard]] std::string sealKeysJson(const Config& config, const trust::CertificatePtr& present,
                                       base::Timestamp now);

/// What partners see of us, as of the last load. A plain value.
struct OwnCertificates {
    trust::CertificatePtr door, push;  ///< shown in TLS; push is null when it is the door's
    std::string sealKeysJson;          ///< the body of GET /v1/keys
};
[[nodiscard]] OwnCertificates loadOwnCertificates(const Config& config,
                                                  const trust::CertificatePtr& seal,
                                                  base::Timestamp now);

}  // namespace gateway::app
