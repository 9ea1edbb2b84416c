#include "gateway/exchange/reachability.h"

#include "gateway/exchange/dispatcher.h"

namespace gateway::exchange {

std::optional<std::chrono::milliseconds> Reachability::refuseTurn(const std::string& recipient,
                                                                  Instant now) {
    const std::lock_guard lock(mutex_);
    auto& known = recipients_[recipient];
    if (hasAllTurns(known)) return std::chrono::milliseconds(0);
    if (known.failures > 0 && now < known.pausedUntil)
        return std::chrono::ceil<std::chrono::milliseconds>(known.pausedUntil - now);
    ++known.turns;
    return std::nullopt;
}

void Reachability::tookTurn(const std::string& recipient, bool answered, Instant now) {
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
        if (hasAllTurns(recipient)) names.insert(name);
    return names;
}

bool Reachability::isBusy(const std::string& recipient) {
    const std::lock_guard lock(mutex_);
    const auto known = recipients_.find(recipient);
    return known != recipients_.end() && hasAllTurns(known->second);
}

bool Reachability::hasAllTurns(const Recipient& recipient) const {
    return recipient.turns >= (recipient.failures > 0 ? 1 : limits_.pushesPerRecipient);
}

}  // namespace gateway::exchange
