#pragma once
// What the gateway shows of itself at its doors, read from the files that its settings name.

#include "gateway/app/settings/config.h"
#include "gateway/base/clock.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/server/operators/operator_server.h"
#include "gateway/server/wire/tls_context.h"

namespace gateway::app {

/// Each reads and tries out its files: what cannot be used must not surface at the first call or
/// delivery. They throw InputError and change nothing.
[[nodiscard]] server::TlsContextPtr doorTls(const Config& config);
/// Our seal; `inService` itself if the files still hold that one, however old it is. Another must
/// be within its dates: what an expired seal says proves nothing.
[[nodiscard]] exchange::SealPtr loadSeal(const Config& config, const base::Clock& clock,
                                         const exchange::SealPtr& inService = {});
/// Where operators reach us; nothing is made yet.
[[nodiscard]] server::OperatorServerSettings operatorDoor(const Config& config);
/// The same for whoever may only look; config.monitorSocket must be set.
[[nodiscard]] server::OperatorServerSettings monitorDoor(const Config& config);
/// Of the public's door; config.publicAddress must be set.
[[nodiscard]] server::TlsContextPtr publicTls(const Config& config);
/// The door's pair when no other is set.
[[nodiscard]] server::TlsIdentity pushIdentity(const Config& config);

}  // namespace gateway::app
