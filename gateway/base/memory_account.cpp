#include "gateway/base/memory_account.h"

#include <malloc.h>

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/base/limits.h"

namespace gateway::base {

struct MemoryAccount::State {
    explicit State(Bounds given) : bounds(given) {}

    // With the lock held. Compared by subtraction: a sum of sizes could wrap around.
    [[nodiscard]] Verdict mayHave(std::size_t already, std::size_t more, std::size_t free) const {
        if (more > free) return Verdict::AccountFull;
        if (more > bounds.share || already > bounds.share - more) return Verdict::ShareFull;
        return already + more <= free - more ? Verdict::Held : Verdict::AccountFull;
    }
    [[nodiscard]] std::size_t of(const MemoryHolder& holder) const {
        const auto found = shares.find(holder);
        return found == shares.end() ? 0 : found->second;
    }
    void take(const MemoryHolder& holder, std::size_t bytes) {
        shares[holder] += bytes;
        held += bytes;
        peak = std::max(peak, held);
        peakSinceRelease = std::max(peakSinceRelease, held);
    }
    void give(const MemoryHolder& holder, std::size_t bytes) noexcept {
        const auto found = shares.find(holder);
        if (found == shares.end()) return;
        found->second -= bytes;
        held -= bytes;
        if (found->second == 0) shares.erase(found);
    }

    const Bounds bounds;
    std::mutex mutex;
    std::map<MemoryHolder, std::size_t> shares;  ///< never with 0: names do not pile up
    std::size_t held = 0;
    std::size_t peak = 0;
    std::size_t peakSinceRelease = 0;
    std::size_t refusals = 0;
};

MemoryAccount::MemoryAccount(Bounds bounds) :
    state_(std::make_shared<State>(Bounds{bounds.total, std::min(bounds.share, bounds.total)})) {}

MemoryAccount::Hold MemoryAccount::open(MemoryHolder holder) const {
    return {state_, std::move(holder)};
}

std::size_t MemoryAccount::share() const noexcept { return state_->bounds.share; }

std::size_t MemoryAccount::held() const {
    const std::lock_guard lock(state_->mutex);
    return state_->held;
}

std::size_t MemoryAccount::peak() const {
    const std::lock_guard lock(state_->mutex);
    return state_->peak;
}

std::size_t MemoryAccount::refusals() const {
    const std::lock_guard lock(state_->mutex);
    return state_->refusals;
}

std::vector<std::pair<MemoryHolder, std::size_t>> MemoryAccount::holders() const {
    std::vector<std::pair<MemoryHolder, std::size_t>> all;
    {
        const std::lock_guard lock(state_->mutex);
        all.assign(state_->shares.begin(), state_->shares.end());
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return all;
}

bool MemoryAccount::releaseDue() {
    const std::lock_guard lock(state_->mutex);
    if (state_->peakSinceRelease - state_->held < kReleaseMemoryAfter) return false;
    state_->peakSinceRelease = state_->held;
    return true;
}

MemoryAccount::Hold::Hold(std::shared_ptr<State> state, MemoryHolder holder) :
    state_(std::move(state)), holder_(std::move(holder)) {}

MemoryAccount::Hold::Hold(Hold&& other) noexcept :
    state_(std::move(other.state_)),
    holder_(std::move(other.holder_)),
    bytes_(std::exchange(other.bytes_, 0)) {}

MemoryAccount::Hold& MemoryAccount::Hold::operator=(Hold&& other) noexcept {
    if (this == &other) return *this;
    shrink(bytes_);
    state_ = std::move(other.state_);
    holder_ = std::move(other.holder_);
    bytes_ = std::exchange(other.bytes_, 0);
    return *this;
}

MemoryAccount::Hold::~Hold() { shrink(bytes_); }

MemoryAccount::Verdict MemoryAccount::Hold::grow(std::size_t bytes) {
    if (!state_ || bytes == 0) return Verdict::Held;
    const std::lock_guard lock(state_->mutex);
    const auto verdict =
        state_->mayHave(state_->of(holder_), bytes, state_->bounds.total - state_->held);
    if (verdict != Verdict::Held) return ++state_->refusals, verdict;
    state_->take(holder_, bytes);
    bytes_ += bytes;
    return Verdict::Held;
}

void MemoryAccount::Hold::shrink(std::size_t bytes) noexcept {
    bytes = std::min(bytes, bytes_);
    if (!state_ || bytes == 0) return;
    const std::lock_guard lock(state_->mutex);
    state_->give(holder_, bytes);
    bytes_ -= bytes;
}

MemoryAccount::Verdict MemoryAccount::Hold::transfer(const MemoryHolder& to) {
    if (!state_ || to == holder_) return Verdict::Held;
    const std::lock_guard lock(state_->mutex);
    // What is moved is free for the one it goes to.
    const std::size_t free = state_->bounds.total - state_->held + bytes_;
    const auto verdict = state_->mayHave(state_->of(to), bytes_, free);
    if (verdict != Verdict::Held) return ++state_->refusals, verdict;
    state_->give(holder_, bytes_);
    if (bytes_ > 0) state_->take(to, bytes_);
    holder_ = to;
    return Verdict::Held;
}

std::optional<Problem> problemOf(MemoryAccount::Verdict verdict) {
    switch (verdict) {
        case MemoryAccount::Verdict::Held: return std::nullopt;
        case MemoryAccount::Verdict::ShareFull: return Problem(ErrorCode::RATE_LIMITED);
        case MemoryAccount::Verdict::AccountFull: return Problem(ErrorCode::OVERLOADED);
    }
    GW_CHECK(false);
    return std::nullopt;
}

void releaseFreeMemory() noexcept { malloc_trim(0); }

}  // namespace gateway::base
