#pragma once
// Our seal certificates as told to partners by GET /v1/keys.

#include <string>

#include "gateway/app/config.h"
#include "gateway/trust/certificate.h"

namespace gateway::app {

/// {"keys":[{"use":"present|past|next","sha256","notBefore","notAfter","pem"}]}, the present one
/// first. Past and next are told by their dates against `now`.
[[nodiscard]] std::string sealKeysJson(const Config& config, const trust::Certificate& present,
                                       base::Timestamp now);

}  // namespace gateway::app
