#pragma once
// From a TLS fingerprint to a registered channel, judged anew for every request.

#include "gateway/base/limits.h"
#include "gateway/base/result.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/server/wire/http.h"

namespace gateway::server {

/// The channel of a request, or CHANNEL_UNKNOWN, _EXPIRED, _REVOKED, _STATUS_STALE. The pointer
/// belongs to `snapshot`. Pure.
[[nodiscard]] base::Result<const trust::Channel*> channelOf(const exchange::Snapshot& snapshot,
                                                            const Request& request,
                                                            const base::Limits& limits);

}  // namespace gateway::server
