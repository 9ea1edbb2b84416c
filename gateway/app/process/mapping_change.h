#pragma once
// A version of a mapping judged by its samples, put into service, taken out again.

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/app/process/mapping_choices.h"
#include "gateway/app/settings/config.h"
#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/exchange/desk/snapshot.h"

namespace gateway::app {

/// What became of a version's own samples.
struct MappingTrial {
    std::shared_ptr<const mapping::Plan> plan;
    std::size_t good = 0, bad = 0;    ///< samples that were taken, and refused, as they should be
    std::vector<std::string> faults;  ///< the others, with file and reason (English)
    /// One that is only written has no samples.
    [[nodiscard]] bool passed() const noexcept {
        return faults.empty() && (good > 0 || !plan->inward());
    }
};

/// Compiles the file of that name (ID@VERSION) as it is now, with the law of `snapshot`, and plays
/// its samples. Throws base::Fault: there is no such file, or it does not compile.
[[nodiscard]] MappingTrial tryMapping(const Config& config, const base::Clock& clock,
                                      const exchange::Snapshot& snapshot, const std::string& name);

/// Each change is taken as a whole or not at all; messages that have begun keep the versions with
/// which they began. Thread-safe: one after another.
class MappingChange {
  public:
    /// All outlive it. `besideStore`: see MappingChoices; `reload` loads all data anew into
    /// `snapshots`.
    MappingChange(const Config& config, const base::Clock& clock,
                  const exchange::Snapshots& snapshots, const std::filesystem::path& besideStore,
                  std::function<void()> reload) :
        config_(config),
        clock_(clock),
        snapshots_(snapshots),
        choices_(besideStore),
        reload_(std::move(reload)) {}

    /// `act`: check or activate (ID@VERSION): plays its samples; if they are played as they should
    /// be, activate puts it in front of the other versions. rollback (ID): takes the version that
    /// serves today out of service, if another one serves then. What came of it as a JSON object
    /// for operators, or why nothing was changed (English).
    [[nodiscard]] base::Result<document::Node, std::string> carryOut(const std::string& act,
                                                                     const std::string& name);

  private:
    using Served = std::function<bool(const mapping::Mappings&)>;
    // These throw base::Fault with the reason, and nothing is changed.
    [[nodiscard]] MappingTrial tried(const std::string& name) const;
    void activate(const MappingTrial& trial);
    [[nodiscard]] std::string rollBack(const std::string& id);
    void change(const mapping::VersionChoices& next, const mapping::VersionChoices& before,
                const Served& served);

    const Config& config_;
    const base::Clock& clock_;
    const exchange::Snapshots& snapshots_;
    MappingChoices choices_;
    std::function<void()> reload_;
    std::mutex changing_;
};

}  // namespace gateway::app
