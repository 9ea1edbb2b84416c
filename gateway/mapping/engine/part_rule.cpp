#include "gateway/mapping/engine/part_rule.h"

#include "gateway/mapping/engine/run.h"

namespace gateway::mapping {

void PartRule::read(Run& run, const Here& here, Target& target) const {
    if (!run.goDeeper(here)) return;
    run.runAll(again == nullptr ? rules : again->rules, here, target);
    run.comeBack();
}

void PartRule::write(Run& run, const Here& here, Target& target) const { read(run, here, target); }

void PartRule::forEachInside(const std::function<void(const Rule&)>& visit) const {
    for (const auto& rule : rules) visit(*rule);
}

}  // namespace gateway::mapping
