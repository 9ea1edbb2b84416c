#include "gateway/server/door/door_statistics.h"

namespace gateway::server {

DoorStatistics DoorCounters::snapshot() const noexcept {
    DoorStatistics now;
    now.connectionsNow = connectionsNow;
    now.unfinishedNow = unfinishedNow;
    now.requestsNow = requestsNow;
    now.accepted = accepted;
    now.refusedTotal = refusedTotal;
    now.refusedPerAddress = refusedPerAddress;
    now.refusedPerChannel = refusedPerChannel;
    now.refusedStrangers = refusedStrangers;
    now.closedAtAccept = closedAtAccept;
    for (std::size_t i = 0; i < kHandshakeRefusals; ++i)
        now.handshakesRefused[i] = handshakesRefused[i];
    now.requests = requests;
    now.requestsRefused = requestsRefused;
    now.handlerFaults = handlerFaults;
    return now;
}

}  // namespace gateway::server
