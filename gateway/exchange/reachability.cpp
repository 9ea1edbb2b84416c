#include "gateway/exchange/reachability.h"

#include "gateway/exchange/dispatcher.h"

namespace gateway::exchange {

std::optional<std::chrono::milliseconds> Reachability::refuseTurn(const std::string& recipient,
                                                                  base::Timestamp now) {
    const std::lock_guard lock(mutex_);
    auto& known = recipients_[recipient];
    if (known.failures > 0) {
        if (now < known.pausedUntil) return known.pausedUntil - now;
        if (known.turns > 0) return limits_.firstBackOff;
    }
    if (known.turns >= limits_.pushesPerRecipient) return std::chrono::milliseconds(0);
    ++known.turns;
    return std::nullopt;
}

void Reachability::tookTurn(const std::string& recipient, bool answered, base::Timestamp now) {
    const std::lock_guard lock(mutex_);
    auto& known = recipients_[recipient];
    --known.turns;
    if (answered) {
        known.failures = 0;
        return;
    }
    known.pausedUntil = now + backOff(known.failures++, limits_);
}

void Reachability::gaveBack(const std::string& recipient) {
    const std::lock_guard lock(mutex_);
    --recipients_[recipient].turns;
}

std::set<std::string> Reachability::busy() {
    const std::lock_guard lock(mutex_);
    std::set<std::string> names;
    for (const auto& [name, recipient] : recipients_)
        if (recipient.turns >= limits_.pushesPerRecipient) names.insert(name);
    return names;
}

}  // namespace gateway::exchange
