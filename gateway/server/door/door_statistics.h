#pragma once
// What a door has let in and turned away, as plain numbers for metrics and health.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "gateway/server/wire/tls_context.h"

namespace gateway::server {

/// A snapshot. Counts since start, except those that say "now".
struct DoorStatistics {
    std::uint64_t connectionsNow = 0;
    std::uint64_t unfinishedNow = 0;  ///< handshakes that have not ended
    std::uint64_t requestsNow = 0;
    std::uint64_t accepted = 0;
    std::uint64_t refusedTotal = 0;  ///< over the connections of the whole door
    std::uint64_t refusedPerAddress = 0;
    std::uint64_t refusedPerChannel = 0;
    std::uint64_t refusedStrangers = 0;  ///< beyond the places for unregistered certificates
    std::uint64_t closedAtAccept = 0;    ///< no thread or descriptor left even to say no
    std::array<std::uint64_t, kHandshakeRefusals> handshakesRefused{};  ///< by HandshakeRefusal
    std::uint64_t requests = 0;                                         ///< handed to the handler
    std::uint64_t requestsRefused = 0;  ///< by the guard: head, body, query
    std::uint64_t handlerFaults = 0;
};

/// The live counters behind it. Thread-safe, relaxed: each number is right, their moment is not
/// exactly the same.
class DoorCounters {
  public:
    using Count = std::atomic<std::uint64_t>;
    Count connectionsNow{0}, unfinishedNow{0}, requestsNow{0}, accepted{0};
    Count refusedTotal{0}, refusedPerAddress{0}, refusedPerChannel{0}, refusedStrangers{0},
        closedAtAccept{0};
    std::array<Count, kHandshakeRefusals> handshakesRefused{};
    Count requests{0}, requestsRefused{0}, handlerFaults{0};

    [[nodiscard]] DoorStatistics snapshot() const noexcept;
};

}  // namespace gateway::server
