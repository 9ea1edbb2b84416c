#pragma once
// Whether the disk's word can still be trusted.

#include <atomic>
#include <mutex>
#include <string>

#include "gateway/store/records.h"

namespace gateway::store::sqlite {

/// Shared by writer, readers and checkpoints. Once failed, always failed: what a failed write has
/// left on the disk is known only after opening again. Thread-safe.
class Health {
  public:
    [[nodiscard]] bool ok() const noexcept { return ok_; }

    /// Keeps the first reason.
    void fail(const std::string& reason) {
        const std::lock_guard lock(mutex_);
        if (ok_) {
            reason_ = reason;
            ok_ = false;
        }
    }
    [[nodiscard]] StoreFault fault() const {
        const std::lock_guard lock(mutex_);
        return StoreFault("the store has failed, outcomes are unknown: " + reason_);
    }
    void check() const {
        if (!ok_) {
            throw fault();
        }
    }

  private:
    std::atomic<bool> ok_{true};
    mutable std::mutex mutex_;
    std::string reason_;
};

}  // namespace gateway::store::sqlite
