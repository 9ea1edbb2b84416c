#pragma once
// The end of the account: the table of all rulings, and whether everything came true.

#include "connectors/simulator/demo/play.h"
#include "connectors/simulator/stage/gateway_child.h"

namespace gateway::simulator {

/// Prints table and sums; what is not as it must be is counted in the account.
void reckon(Play& play, const GatewayChild& gateway);

}  // namespace gateway::simulator
