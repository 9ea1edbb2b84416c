#pragma once
// One TLS handshake with an end: a silent peer holds a thread no longer than the deadline.

#include <optional>
#include <string>

#include "gateway/server/timed_socket.h"
#include "gateway/server/tls_context.h"

namespace gateway::server {

struct HandshakeFailure {
    HandshakeRefusal refusal = HandshakeRefusal::Closed;
    std::string detail;    ///< OpenSSL's reason, for the log
    bool stopped = false;  ///< the server is stopping; the peer is not to blame
};

/// Drives the handshake of a socket in non-blocking mode, as server or client by its context.
/// Nothing = done. `stop` may be null.
[[nodiscard]] std::optional<HandshakeFailure> shakeHands(Poco::Net::SecureStreamSocket& socket,
                                                         Deadline deadline, const StopSignal* stop);

}  // namespace gateway::server
