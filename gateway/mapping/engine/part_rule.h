#pragma once
// A part that is used inside itself: a section in a section, an answer to an answer.

#include "gateway/mapping/engine/rule.h"

namespace gateway::mapping {

/// Carries out the rules of the part, at any depth: they are compiled once for all depths below
/// the second. Immutable like every rule.
class PartRule final : public Rule {
  public:
    Rules rules;                      ///< where it is met for the second time
    const PartRule* again = nullptr;  ///< instead of them: the one around it that has them

    void read(Run& run, const Here& here, Target& target) const override;
    void write(Run& run, const Here& here, Target& target) const override;
    void forEachInside(const std::function<void(const Rule&)>& visit) const override;
};

}  // namespace gateway::mapping
