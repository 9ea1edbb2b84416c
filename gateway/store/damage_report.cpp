#include "gateway/store/damage_report.h"

#include "gateway/base/log.h"

namespace gateway::store {

void DamageReport::found(const std::string& what) {
    {
        const std::lock_guard lock(mutex_);
        if (told_.contains(what)) return;
        if (told_.size() >= kMost) {
            ++untold_;
            return;
        }
        told_.insert(what);
    }
    base::logEvent(base::LogLevel::Error, "store.damaged",
                   {{"what", what}, {"remedy", "runbook store-fault: copy the folder, rebuild"}});
}

std::size_t DamageReport::count() const {
    const std::lock_guard lock(mutex_);
    return told_.size() + untold_;
}

}  // namespace gateway::store
