#include "gateway/server/tls_handshake.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <poll.h>

namespace gateway::server {

std::optional<HandshakeFailure> shakeHands(Poco::Net::SecureStreamSocket& socket, Deadline deadline,
                                           const StopSignal* stop) {
    for (;;) {
        int state = 0;
        try {
            forgetTlsErrors();
            state = socket.completeHandshake();
        } catch (const Poco::Exception& e) {
            return HandshakeFailure{handshakeRefusalOf(e.message()), e.displayText(), false};
        }
        if (state > 0) return std::nullopt;
        if (state == 0) return HandshakeFailure{HandshakeRefusal::Closed, "closed", false};
        const bool wantsRead = state == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_READ;
        const IoStatus ready =
            waitFor(socket.impl()->sockfd(), wantsRead ? POLLIN : POLLOUT, deadline, stop, true);
        if (ready == IoStatus::TimedOut)
            return HandshakeFailure{HandshakeRefusal::TimedOut, "timed out", false};
        if (ready != IoStatus::Ok)
            return HandshakeFailure{HandshakeRefusal::Closed, "", ready == IoStatus::Stopped};
    }
}

}  // namespace gateway::server
