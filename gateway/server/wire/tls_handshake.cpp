#include "gateway/server/wire/tls_handshake.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <poll.h>

namespace gateway::server {

HandshakeStep stepHandshake(Poco::Net::SecureStreamSocket& socket) {
    using State = HandshakeStep::State;
    int state = 0;
    try {
        forgetTlsErrors();
        static_cast<void>(takeRefusedCertificate());
        state = socket.completeHandshake();
    } catch (const Poco::Exception& e) {
        HandshakeStep step{State::Failed,
                           {handshakeRefusalOf(e.message()), e.displayText(), false}};
        if (auto refused = takeRefusedCertificate()) {
            step.failure.refusal = HandshakeRefusal::BadCertificate;
            step.failure.detail = std::move(refused->reason);
            step.failure.certificate = std::move(refused->certificate);
        }
        return step;
    }
    if (state > 0) return {};
    if (state == 0) return {State::Failed, {HandshakeRefusal::Closed, "closed", false}};
    const bool wantsRead = state == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_READ;
    return {wantsRead ? State::WantsRead : State::WantsWrite, {}};
}

std::optional<HandshakeFailure> shakeHands(Poco::Net::SecureStreamSocket& socket, Deadline deadline,
                                           const StopSignal* stop) {
    for (;;) {
        HandshakeStep step = stepHandshake(socket);
        if (step.state == HandshakeStep::State::Done) return std::nullopt;
        if (step.state == HandshakeStep::State::Failed) return std::move(step.failure);
        const bool wantsRead = step.state == HandshakeStep::State::WantsRead;
        const IoStatus ready =
            waitFor(socket.impl()->sockfd(), wantsRead ? POLLIN : POLLOUT, deadline, stop, true);
        if (ready == IoStatus::TimedOut)
            return HandshakeFailure{HandshakeRefusal::TimedOut, "timed out", false};
        if (ready != IoStatus::Ok)
            return HandshakeFailure{HandshakeRefusal::Closed, "", ready == IoStatus::Stopped};
    }
}

}  // namespace gateway::server
