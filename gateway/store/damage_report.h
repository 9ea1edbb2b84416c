#pragma once
// Rows that are no longer what was recorded, each told once, for an alarm.

#include <cstddef>
#include <mutex>
#include <set>
#include <string>

namespace gateway::store {

/// Filled by whoever reads (the store itself, the background check). Counts different findings
/// since the start; beyond kMost they are counted as one more each, untold. Thread-safe.
class DamageReport {
  public:
    static constexpr std::size_t kMost = 1'000;

    /// `what` names the row and no personal data.
    void found(const std::string& what);
    [[nodiscard]] std::size_t count() const;

  private:
    mutable std::mutex mutex_;
    std::set<std::string> told_;
    std::size_t untold_ = 0;
};

}  // namespace gateway::store
