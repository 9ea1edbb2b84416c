#pragma once
// TLS handshakes with an end: a silent peer holds nothing for longer than the deadline.

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/server/wire/peer_certificate.h"
#include "gateway/server/wire/timed_socket.h"
#include "gateway/server/wire/tls_context.h"

namespace gateway::server {

struct HandshakeFailure {
    HandshakeRefusal refusal = HandshakeRefusal::Closed;
    std::string detail;    ///< OpenSSL's reason, for the log
    bool stopped = false;  ///< the server is stopping; the peer is not to blame
    /// What the peer showed, if it was that which was not taken.
    std::optional<PeerCertificate> certificate{};
};

/// How far one handshake has come.
struct HandshakeStep {
    enum class State : std::uint8_t { Done, WantsRead, WantsWrite, Failed };
    State state = State::Done;
    HandshakeFailure failure{};  ///< with Failed
};

/// Goes on with the handshake of a socket in non-blocking mode, as server or client by its context,
/// as far as it gets without waiting.
[[nodiscard]] HandshakeStep stepHandshake(Poco::Net::SecureStreamSocket& socket);

/// Drives it to its end on the calling thread. Nothing = done. `stop` may be null.
[[nodiscard]] std::optional<HandshakeFailure> shakeHands(Poco::Net::SecureStreamSocket& socket,
                                                         Deadline deadline, const StopSignal* stop);

}  // namespace gateway::server
