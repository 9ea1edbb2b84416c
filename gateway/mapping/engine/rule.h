#pragma once
// What every kind of rule can do. One kind is one file in rules/, with compile, read, write and
// loss side by side; rules/rule_kinds.cpp lists them.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/mapping/engine/presence.h"
#include "gateway/mapping/paths/finder.h"
#include "gateway/mapping/paths/marks.h"
#include "gateway/mapping/paths/paths.h"
#include "gateway/mapping/values/loss.h"

namespace gateway::mapping {

class Run;
struct Target;
class Rule;
using Rules = std::vector<std::unique_ptr<const Rule>>;

/// One rule, compiled. Immutable; its address is stable while the plan lives.
class Rule {
  public:
    Rule() = default;
    Rule(const Rule&) = delete;
    Rule& operator=(const Rule&) = delete;
    virtual ~Rule() = default;

    /// Theirs is read into ours.
    virtual void read(Run& run, const Here& here, Target& target) const = 0;
    /// Ours is written as theirs.
    virtual void write(Run& run, const Here& here, Target& target) const = 0;
    /// After all rules of the place have been read: what stands only where something else does.
    virtual void readLate(Run& /*run*/, const Here& /*here*/, Target& /*target*/) const {}
    /// What reading and writing again does not bring back, apart from the rules inside.
    [[nodiscard]] virtual std::vector<Loss> losses() const { return {}; }
    /// The rules inside, in their order.
    virtual void forEachInside(const std::function<void(const Rule&)>& /*visit*/) const {}

    PerFlow active;
    RuleText label;
    /// Places that it names, from the roots; empty where it names none.
    std::string theirPlace, ourPlace;
    bool tellsDay = false;  ///< it, or one inside, fills the day of the message
};

/// One <accept>.
struct Accept {
    std::optional<Step> root;  ///< XML
    Condition when;
};

}  // namespace gateway::mapping
