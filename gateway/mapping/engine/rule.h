#pragma once
// What every kind of rule can do. One kind is one file in rules/, with compile, read, write and
// loss side by side; rules/rule_kinds.cpp lists them.

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

/// The places of one side that a rule names, from the root, in the notation of Shape. "*" is any
/// name, "**" any number of them; "!" goes into a document that stands in a text.
struct NamedPlaces {
    std::vector<std::string> own;       ///< that it reads or writes; the one it stands for first
    std::vector<std::string> onlyRead;  ///< of own: other places for a value, never written
    std::vector<std::string> tested;    ///< that only its conditions look at
    std::vector<std::string> given;  ///< values that stand in no place, as written: $exchange/…

    [[nodiscard]] bool hasOwn(std::string_view place) const {
        return std::find(own.begin(), own.end(), place) != own.end();
    }
};

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
    /// Whether all that is below its places is its own too.
    [[nodiscard]] virtual bool takesWhole() const { return false; }
    /// The rules inside, in their order.
    virtual void forEachInside(const std::function<void(const Rule&)>& /*visit*/) const {}

    PerFlow active;
    RuleText label;
    bool tellsDay = false;  ///< it, or one inside, fills the day of the message
    std::string kind;       ///< the name of its element
    std::string as;         ///< its type, as written
    NamedPlaces theirPlaces, ourPlaces;
};

/// One <accept>.
struct Accept {
    std::optional<Step> root;  ///< XML
    Condition when;
    std::vector<std::string> tested;  ///< places, as rules name them
};

}  // namespace gateway::mapping
