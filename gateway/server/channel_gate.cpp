#include "gateway/server/channel_gate.h"

namespace gateway::server {

base::Result<const trust::Channel*> channelOf(const exchange::Snapshot& snapshot,
                                              const Request& request, const base::Limits& limits) {
    using base::ErrorCode;
    using base::Problem;
    const auto now = request.receivedAt;
    const auto* channel = request.peerFingerprint
                              ? snapshot.registry->channelByFingerprint(*request.peerFingerprint)
                              : nullptr;
    if (!channel) return Problem(ErrorCode::CHANNEL_UNKNOWN);
    if (channel->revokedAt && *channel->revokedAt <= now)
        return Problem(ErrorCode::CHANNEL_REVOKED);
    const auto& certificate = *channel->certificate;
    if (!channel->validity.covers(now) || now < certificate.notBefore() ||
        now > certificate.notAfter())
        return Problem(ErrorCode::CHANNEL_EXPIRED);
    const auto status = snapshot.revocation->statusOf(certificate, now, limits.revocationGrace);
    if (status.standing == trust::Standing::Revoked) return Problem(ErrorCode::CHANNEL_REVOKED);
    if (status.standing == trust::Standing::Stale) return Problem(ErrorCode::CHANNEL_STATUS_STALE);
    return channel;
}

}  // namespace gateway::server
