#pragma once
// What the protected header of a detached JWS says about the message; internal to the room trust.

#include <string_view>

#include "gateway/base/result.h"
#include "gateway/document/tree.h"
#include "gateway/trust/verifier.h"

namespace gateway::trust {

/// Reads `aud typ jti iat cty` (protocol.md, "Forms"); all must be there, `iat` a whole NumericDate
/// (RFC 7519 section 2), `jti` a message id, and `cty` must mean `mediaType`: compared without
/// case and parameters, "application/" understood where it has no slash (RFC 7515, 4.1.10).
/// Anything else is SIGNATURE_HEADER with the claim's name as path.
[[nodiscard]] base::Result<DetachedClaims> readDetachedClaims(const document::Node& header,
                                                              std::string_view mediaType);

}  // namespace gateway::trust
