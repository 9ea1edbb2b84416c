#pragma once
// What we think a partner is: the first thing its staff look at when something is refused.

#include <string>

#include "gateway/base/limits.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/server/wire/http.h"

namespace gateway::server {

/// The JSON body of GET /v1/whoami: channel and its expiry, the agencies it carries with their
/// rights and formats, our address and limits, our clock (and the offset to `?now=`).
[[nodiscard]] std::string whoAmIJson(const Request& request, const exchange::Snapshot& snapshot,
                                     const trust::Channel& channel,
                                     const exchange::Identity& identity,
                                     const base::Limits& limits);

}  // namespace gateway::server
