#pragma once
// Wakes those who wait for new work, so that nobody has to poll fast.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace gateway::exchange {

/// Counters with bells, one for those who deliver and one for each recipient: ring after something
/// became durable, wait for a later ring than the one already seen. A recipient's ring wakes nobody
/// who waits for another's, and those who deliver only if its items are brought to it; until they
/// have said to whom, every ring wakes them. Thread-safe. Look again after waking. Holds as many
/// bells as there are agencies that were ever asked for: registered ones.
class Bell {
  public:
    /// From now on those who deliver bring items to `recipients` alone.
    void bringTo(std::set<std::string> recipients) {
        const std::lock_guard lock(mutex_);
        broughtTo_ = std::move(recipients);
    }
    /// Whoever delivers, to whomever, may have work.
    void ring() {
        {
            const std::lock_guard lock(mutex_);
            ++all_.rung;
        }
        all_.changed.notify_all();
    }
    /// There is something for `recipient`.
    void ring(const std::string& recipient) {
        const std::lock_guard lock(mutex_);
        auto& own = of(recipient);
        ++own.rung;
        own.changed.notify_all();
        if (broughtTo_ && !broughtTo_->contains(recipient)) return;
        ++all_.rung;
        all_.changed.notify_all();
    }
    [[nodiscard]] std::uint64_t seen() const {
        const std::lock_guard lock(mutex_);
        return all_.rung;
    }
    [[nodiscard]] std::uint64_t seen(const std::string& recipient) const {
        const std::lock_guard lock(mutex_);
        return of(recipient).rung;
    }
    /// Until a ring after `seen` (then true) or until the time is over.
    bool wait(std::uint64_t seen, std::chrono::milliseconds atMost) const {
        std::unique_lock lock(mutex_);
        return all_.changed.wait_for(lock, atMost, [&] { return all_.rung != seen; });
    }
    bool wait(const std::string& recipient, std::uint64_t seen,
              std::chrono::milliseconds atMost) const {
        std::unique_lock lock(mutex_);
        auto& own = of(recipient);
        return own.changed.wait_for(lock, atMost, [&] { return own.rung != seen; });
    }

  private:
    struct One {
        std::condition_variable changed;
        std::uint64_t rung = 0;
    };
    // Never erased: those who wait hold on to it.
    [[nodiscard]] One& of(const std::string& recipient) const {
        auto& place = own_[recipient];
        if (!place) place = std::make_unique<One>();
        return *place;
    }

    mutable std::mutex mutex_;
    std::optional<std::set<std::string>> broughtTo_;
    mutable One all_;
    mutable std::map<std::string, std::unique_ptr<One>> own_;
};

}  // namespace gateway::exchange
