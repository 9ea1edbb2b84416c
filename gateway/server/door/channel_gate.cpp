#include "gateway/server/door/channel_gate.h"

#include <algorithm>

#include "gateway/base/time_format.h"

namespace gateway::server {
namespace {

// By its certificate and its registration, whichever is narrower.
base::Problem outOfItsDates(const trust::Channel& channel) {
    const auto& certificate = *channel.certificate;
    const auto from =
        std::max(channel.validity.from.value_or(certificate.notBefore()), certificate.notBefore());
    const auto until =
        std::min(channel.validity.until.value_or(certificate.notAfter()), certificate.notAfter());
    return base::Problem(base::ErrorCode::CHANNEL_EXPIRED)
        .with("channel", channel.id)
        .with("certificateSha256", certificate.fingerprint().hex())
        .with("from", base::formatTimestamp(from))
        .with("until", base::formatTimestamp(until));
}

}  // namespace

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
        return outOfItsDates(*channel);
    const auto status = snapshot.revocation->statusOf(certificate, now, limits.revocationGrace);
    if (status.standing == trust::Standing::Revoked) return Problem(ErrorCode::CHANNEL_REVOKED);
    if (status.standing == trust::Standing::Stale) return Problem(ErrorCode::CHANNEL_STATUS_STALE);
    return channel;
}

}  // namespace gateway::server
