#include "gateway/server/door/door_metrics.h"

namespace gateway::server {

void publishDoor(Metrics& metrics, const std::string& door, const DoorStatistics& now) {
    const auto total = [&](const char* name, const char* help, std::uint64_t value,
                           Metrics::Labels labels = {}) {
        labels.emplace("door", door);
        metrics.counter(name, help, labels).raiseTo(static_cast<double>(value));
    };
    const auto present = [&](const char* name, const char* help, std::uint64_t value) {
        metrics.gauge(name, help, {{"door", door}}).set(static_cast<double>(value));
    };
    present("thahc_door_connections", "Open connections", now.connectionsNow);
    present("thahc_door_handshakes_unfinished", "TLS handshakes that have not ended",
            now.unfinishedNow);
    present("thahc_door_requests_running", "Requests being read, handled or answered",
            now.requestsNow);
    total("thahc_door_accepted_total", "Accepted TCP connections", now.accepted);
    constexpr const char* kRefused = "thahc_door_connections_refused_total";
    constexpr const char* kRefusedHelp = "Connections too many, by the bound they broke";
    total(kRefused, kRefusedHelp, now.refusedTotal, {{"bound", "total"}});
    total(kRefused, kRefusedHelp, now.refusedPerAddress, {{"bound", "address"}});
    total(kRefused, kRefusedHelp, now.refusedPerChannel, {{"bound", "channel"}});
    total(kRefused, kRefusedHelp, now.refusedStrangers, {{"bound", "strangers"}});
    total(kRefused, kRefusedHelp, now.closedAtAccept, {{"bound", "threads"}});
    for (std::size_t i = 0; i < kHandshakeRefusals; ++i)
        total("thahc_door_handshakes_refused_total", "TLS handshakes that came to nothing",
              now.handshakesRefused[i],
              {{"reason", std::string(nameOf(static_cast<HandshakeRefusal>(i)))}});
    total("thahc_door_requests_total", "Requests handed to the handler", now.requests);
    total("thahc_door_requests_refused_total", "Requests refused by the guard",
          now.requestsRefused);
    total("thahc_door_handler_faults_total", "Handlers that threw", now.handlerFaults);
}

}  // namespace gateway::server
