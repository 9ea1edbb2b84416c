#pragma once
// What signed bytes say, whoever has signed them.

#include <optional>

#include "gateway/base/result.h"
#include "gateway/document/content.h"
#include "gateway/trust/verifier.h"

namespace gateway::trust {

struct Unsealed {
    document::Content content;
    std::optional<DetachedClaims> claims;
};

/// The content as Verifier::verify() gives it. The signature is not judged: for what was judged
/// when it was taken, and kept since. Pure and thread-safe.
[[nodiscard]] base::Result<Unsealed> unsealed(const SignedBytes& message,
                                              const document::ReadBounds& bounds);

/// The body of a message with a detached signature, as its media type says.
[[nodiscard]] base::Result<document::Content> readBody(const SignedBytes& message,
                                                       const document::ReadBounds& bounds);

}  // namespace gateway::trust
