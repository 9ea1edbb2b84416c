#pragma once
// What the gateway shows of itself, read from the files that its settings name.

#include <memory>

#include "gateway/app/config.h"
#include "gateway/server/tls_context.h"
#include "gateway/trust/signer.h"

namespace gateway::app {

/// Each reads and tries out its files: what cannot be used must not surface at the first call or
/// delivery. They throw InputError and change nothing.
[[nodiscard]] server::TlsContextPtr doorTls(const Config& config);
/// The door's pair when no other is set.
[[nodiscard]] server::TlsIdentity pushIdentity(const Config& config);
[[nodiscard]] std::unique_ptr<trust::Signer> sealSigner(const Config& config);

}  // namespace gateway::app
