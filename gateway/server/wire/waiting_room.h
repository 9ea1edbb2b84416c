#pragma once
// Which unfinished handshakes there are, by age and address block, and which gives way.

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace gateway::server {

/// The book of the lobby. `Guest` is one connection. Not thread-safe: the lobby has the lock.
template <class Guest>
class WaitingRoom {
  public:
    using GuestPtr = std::shared_ptr<Guest>;
    WaitingRoom(std::size_t places, std::size_t placesPerBlock) :
        places_(places), placesPerBlock_(placesPerBlock) {}

    /// Takes it in under a number of its own; what comes back had to give way for it, if anything.
    [[nodiscard]] GuestPtr add(std::uint64_t id, GuestPtr guest, const std::string& block) {
        GuestPtr gone;
        auto& own = byBlock_[block];
        if (own.size() >= placesPerBlock_)
            gone = take(*own.begin());
        else if (guests_.size() >= places_)
            gone = take(*largest().begin());
        byBlock_[block].insert(id);
        guests_.emplace(id, Entry{std::move(guest), block});
        return gone;
    }
    /// Takes it out; null when it has left already.
    GuestPtr take(std::uint64_t id) {
        const auto found = guests_.find(id);
        if (found == guests_.end()) return nullptr;
        GuestPtr guest = std::move(found->second.guest);
        const auto block = byBlock_.find(found->second.block);
        block->second.erase(id);
        if (block->second.empty()) byBlock_.erase(block);
        guests_.erase(found);
        return guest;
    }
    [[nodiscard]] GuestPtr find(std::uint64_t id) const {
        const auto found = guests_.find(id);
        return found == guests_.end() ? nullptr : found->second.guest;
    }
    /// The one that has been here for the longest, or null.
    [[nodiscard]] GuestPtr oldest() const {
        return guests_.empty() ? nullptr : guests_.begin()->second.guest;
    }
    GuestPtr takeOldest() { return guests_.empty() ? nullptr : take(guests_.begin()->first); }
    [[nodiscard]] std::size_t size() const noexcept { return guests_.size(); }

  private:
    struct Entry {
        GuestPtr guest;
        std::string block;
    };
    // Of several of one size the one with the oldest guest.
    [[nodiscard]] const std::set<std::uint64_t>& largest() const {
        const std::set<std::uint64_t>* largest = nullptr;
        for (const auto& [block, ids] : byBlock_) {
            if (ids.empty()) continue;
            const bool sameSize = largest && ids.size() == largest->size();
            if (!largest || ids.size() > largest->size() ||
                (sameSize && *ids.begin() < *largest->begin()))
                largest = &ids;
        }
        return *largest;
    }

    const std::size_t places_, placesPerBlock_;
    std::map<std::uint64_t, Entry> guests_;  ///< numbers rise, so by age
    std::map<std::string, std::set<std::uint64_t>> byBlock_;
};

}  // namespace gateway::server
