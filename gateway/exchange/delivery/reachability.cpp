#include "gateway/exchange/delivery/reachability.h"

#include <algorithm>

#include "gateway/exchange/delivery/dispatcher.h"

namespace gateway::exchange {

bool Reachability::takeTurn(const std::string& recipient, Instant now) {
    const std::lock_guard lock(mutex_);
    auto& known = recipients_[recipient];
    if (isLeftAlone(known, now)) return false;
    ++known.turns;
    return true;
}

void Reachability::answered(const std::string& recipient) {
    const std::lock_guard lock(mutex_);
    auto& known = recipients_[recipient];
    --known.turns;
    known.failures = 0;
}

std::chrono::milliseconds Reachability::failed(const std::string& recipient, Instant now,
                                               std::optional<std::chrono::seconds> asked) {
    const std::lock_guard lock(mutex_);
    auto& known = recipients_[recipient];
    --known.turns;
    if (known.failures == 0) known.silentSince = now;
    auto pause = backOff(known.failures++, limits_);
    if (asked)
        pause = std::clamp<std::chrono::milliseconds>(*asked, limits_.firstBackOff,
                                                      store::kFarthestDue);
    known.pausedUntil = now + pause;
    return pause;
}

void Reachability::gaveBack(const std::string& recipient) {
    const std::lock_guard lock(mutex_);
    --recipients_[recipient].turns;
}

bool Reachability::isLeftAlone(const std::string& recipient, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto known = recipients_.find(recipient);
    return known != recipients_.end() && isLeftAlone(known->second, now);
}

std::chrono::milliseconds Reachability::silentFor(const std::string& recipient, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto& known = recipients_[recipient];
    if (known.failures == 0) return {};
    return std::chrono::floor<std::chrono::milliseconds>(now - known.silentSince);
}

bool Reachability::isLeftAlone(const Recipient& recipient, Instant now) const {
    if (recipient.failures == 0) return recipient.turns >= limits_.pushesPerRecipient;
    return recipient.turns > 0 || now < recipient.pausedUntil;
}

}  // namespace gateway::exchange
