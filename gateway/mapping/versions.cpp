#include "gateway/mapping/versions.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/model/period.h"

namespace gateway::mapping {
namespace {

model::Period periodOf(const Plan& plan) { return {plan.validFrom(), plan.validUntil()}; }

// Nothing would say which of the two reads a message.
void refuseSameStart(const std::vector<const Plan*>& serving) {
    for (auto one = serving.begin(); one != serving.end(); ++one)
        for (auto other = std::next(one); other != serving.end(); ++other)
            if ((*one)->validFrom() == (*other)->validFrom() &&
                periodOf(**one).overlaps(periodOf(**other)))
                throw base::Fault(
                    "versions \"" + (*one)->version() + "\" and \"" + (*other)->version() +
                    "\" of the mapping \"" + (*one)->id() +
                    "\" begin on one day and hold at one time: give the newer one a valid-from, "
                    "or name its file mapping-*.xml without one and activate it");
}

}  // namespace

std::pair<std::string_view, std::string_view> idAndVersion(std::string_view name) {
    const auto at = name.find('@');
    if (at == std::string_view::npos) return {name, {}};
    return {name.substr(0, at), name.substr(at + 1)};
}

bool validOn(const Plan& plan, base::Date day) noexcept { return periodOf(plan).covers(day); }

void Versions::add(std::shared_ptr<const Plan> plan, bool waits) {
    const std::string version = plan->version();
    const std::string name = plan->name();
    if (!versions_.emplace(version, Version{std::move(plan), waits}).second)
        throw base::Fault("there is another mapping \"" + name + "\"");
}

void Versions::settle(const VersionChoice& choice) {
    std::vector<const Plan*> serving;
    for (const auto& [version, one] : versions_) {
        const bool chosen = std::ranges::any_of(
            choice.activated, [&](const auto& active) { return active.version == version; });
        if (!one.waits && !chosen && !choice.withdrawn.contains(version))
            serving.push_back(one.plan.get());
    }
    refuseSameStart(serving);
    std::ranges::sort(serving, std::ranges::greater(),
                      [](const Plan* plan) { return plan->validFrom(); });
    auto at = serving.begin();
    for (const auto& active : choice.activated) {
        const auto found = versions_.find(active.version);
        if (found == versions_.end())
            throw base::Fault("version \"" + active.version + "\" was activated and is not there");
        const auto& plan = found->second.plan;
        if (plan->digest().hex() != active.sha256)
            throw base::Fault("the mapping \"" + plan->name() +
                              "\" is no longer the one that was activated: activate it again");
        at = std::next(serving.insert(at, plan.get()));
    }
    serving_ = std::move(serving);
}

std::vector<const Plan*> Versions::inOrder(std::string_view version,
                                           std::optional<base::Date> day) const {
    std::vector<const Plan*> plans;
    if (version.empty())
        plans = serving_;
    else if (const auto named = versions_.find(version); named != versions_.end())
        plans.push_back(named->second.plan.get());
    if (day) std::erase_if(plans, [&](const Plan* plan) { return !validOn(*plan, *day); });
    return plans;
}

std::vector<const Plan*> Versions::all() const {
    std::vector<const Plan*> plans;
    plans.reserve(versions_.size());
    for (const auto& entry : versions_) plans.push_back(entry.second.plan.get());
    return plans;
}

bool Versions::serves(const Plan& plan) const noexcept {
    return std::ranges::find(serving_, &plan) != serving_.end();
}

}  // namespace gateway::mapping
