#pragma once
// Which gateway this is: its id and environment, as partners must name it in every message.

#include <string>

namespace gateway::exchange {

/// Fixed for the life of a store: both stand in receipts. Test messages name another environment
/// and so can never enter production.
struct Identity {
    std::string gateway;      ///< e.g. "thahc-moj"
    std::string environment;  ///< e.g. "production", "demo"

    /// The addressee of messages to us: "<gateway>/<environment>".
    [[nodiscard]] std::string address() const { return gateway + "/" + environment; }
};

}  // namespace gateway::exchange
