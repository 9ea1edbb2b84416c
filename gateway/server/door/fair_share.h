#pragma once
// A number of places, shared so that whoever comes later always finds some.

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace gateway::server {

/// A key may take a place while it holds fewer than are free. One key alone gets half of them, n
/// that take all they can get leave one part of n + 1 free. Thread-safe; outlives its places.
template <class Key>
class FairShare {
  public:
    explicit FairShare(std::size_t places) : places_(places) {}

    /// Gives itself back when destroyed.
    class Place {
      public:
        Place(FairShare& share, Key key) : share_(&share), key_(std::move(key)) {}
        ~Place() {
            if (share_) share_->giveBack(key_);
        }
        Place(Place&& other) noexcept :
            share_(std::exchange(other.share_, nullptr)), key_(std::move(other.key_)) {}
        Place& operator=(Place&& other) noexcept {
            std::swap(share_, other.share_);
            std::swap(key_, other.key_);
            return *this;
        }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

      private:
        FairShare* share_;
        Key key_;
    };

    [[nodiscard]] std::optional<Place> take(const Key& key) {
        const std::lock_guard lock(mutex_);
        const auto found = held_.find(key);
        const std::size_t held = found == held_.end() ? 0 : found->second;
        // More than all can be taken by nobody, so nothing wraps.
        if (held >= places_ - taken_) return std::nullopt;
        ++held_[key];
        ++taken_;
        return std::optional<Place>(std::in_place, *this, key);
    }

  private:
    void giveBack(const Key& key) {
        const std::lock_guard lock(mutex_);
        const auto found = held_.find(key);
        if (--found->second == 0) held_.erase(found);
        --taken_;
    }

    const std::size_t places_;
    std::mutex mutex_;
    std::size_t taken_ = 0;
    std::map<Key, std::size_t> held_;
};

}  // namespace gateway::server
