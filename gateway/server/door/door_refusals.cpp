#include "gateway/server/door/door_refusals.h"

#include <algorithm>
#include <map>

#include "gateway/base/limits.h"
#include "gateway/server/door/address_block.h"

namespace gateway::server {
namespace {

constexpr std::size_t kLongestDetail = 200;

bool isSame(const std::optional<PeerCertificate>& a, const std::optional<PeerCertificate>& b) {
    return a.has_value() == b.has_value() && (!a || a->fingerprint == b->fingerprint);
}

}  // namespace

void DoorRefusals::note(std::string_view reason, std::string_view detail,
                        const std::string& address,
                        const std::optional<PeerCertificate>& certificate, base::Timestamp now) {
    const std::string block = addressBlockOf(address);
    const std::lock_guard lock(mutex_);
    auto found = std::ranges::find_if(entries_, [&](const Entry& entry) {
        return entry.refusal.reason == reason && isSame(entry.refusal.certificate, certificate) &&
               (certificate || entry.block == block);
    });
    if (found == entries_.end()) {
        if (entries_.size() >= base::kDoorRefusals) makeRoom();
        entries_.push_back({block, {std::string(reason), {}, address, certificate, now, now, 0}});
        found = std::prev(entries_.end());
    }
    found->block = block;
    found->refusal.detail = detail.substr(0, kLongestDetail);
    found->refusal.address = address;
    found->refusal.last = now;
    ++found->refusal.count;
}

void DoorRefusals::makeRoom() {
    std::map<std::string_view, std::size_t> sizes;
    for (const auto& entry : entries_) ++sizes[entry.block];
    const auto first = std::ranges::min_element(entries_, [&](const Entry& a, const Entry& b) {
        const auto x = sizes[a.block], y = sizes[b.block];
        return x != y ? x > y : a.refusal.last < b.refusal.last;
    });
    entries_.erase(first);
}

std::vector<DoorRefusal> DoorRefusals::list() const {
    std::vector<DoorRefusal> all;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& entry : entries_) all.push_back(entry.refusal);
    }
    std::ranges::stable_sort(
        all, [](const DoorRefusal& a, const DoorRefusal& b) { return a.last > b.last; });
    return all;
}

}  // namespace gateway::server
