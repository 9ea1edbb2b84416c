#pragma once
// The end of the account: the table of all rulings, and whether everything came true.

#include "connectors/simulator/gateway_child.h"
#include "connectors/simulator/play.h"

namespace gateway::simulator {

/// Prints table and sums; what is not as it must be is counted in the account.
void reckon(Play& play, const GatewayChild& gateway);

}  // namespace gateway::simulator
