#pragma once
// Which items a worker has in hand, so that no two render or send the same.

#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace gateway::exchange {

/// Names taken by one worker each. In memory only: what was in hand at a crash is judged by its
/// state. Thread-safe; must outlive its claims.
class Claims {
  public:
    /// Gives the name back at its end.
    class Claim {
      public:
        Claim(Claims& claims, std::string name) : claims_(claims), name_(std::move(name)) {
            const std::lock_guard lock(claims_.mutex_);
            mine_ = claims_.names_.insert(name_).second;
        }
        ~Claim() {
            if (!mine_) return;
            const std::lock_guard lock(claims_.mutex_);
            claims_.names_.erase(name_);
        }
        Claim(const Claim&) = delete;
        Claim& operator=(const Claim&) = delete;
        /// False: another worker has it.
        [[nodiscard]] bool mine() const noexcept { return mine_; }

      private:
        Claims& claims_;
        std::string name_;
        bool mine_ = false;
    };

  private:
    std::mutex mutex_;
    std::set<std::string> names_;
};

}  // namespace gateway::exchange
