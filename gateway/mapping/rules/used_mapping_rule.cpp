// <use mapping>: the rules of another mapping, here: an envelope and what it carries.

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Node;

class UsedMappingRule final : public Rule {
  public:
    std::vector<Accept> accepts;
    Rules rules;
    std::string name;

    void read(Run& run, const Here& here, Target& target) const override {
        if (!accepts.empty() && !isAccepted(run, here)) {
            run.wrongValue({here.node, {}, here.node->position, false},
                           {"phải là nội dung mà ánh xạ " + name + " nhận",
                            "it must be what the mapping " + name + " accepts"});
            return;
        }
        run.runAll(rules, here, target);
    }
    void write(Run& run, const Here& here, Target& target) const override {
        run.runAll(rules, here, target);
    }
    void forEachInside(const std::function<void(const Rule&)>& visit) const override {
        for (const auto& rule : rules) visit(*rule);
    }

  private:
    [[nodiscard]] bool isAccepted(Run& run, const Here& here) const {
        const auto fitsHere = [&](const Accept& accept, const Node& node) {
            return (!accept.root || fits(node, *accept.root)) &&
                   run.finder().holds({&node, false, here.position}, accept.when, run.rule());
        };
        return std::any_of(accepts.begin(), accepts.end(), [&](const Accept& accept) {
            // JSON is asked where it stands, of XML the element, which may be the root.
            if (!accept.root || here.document) return fitsHere(accept, *here.node);
            const auto& below = here.node->children;
            return std::any_of(below.begin(), below.end(),
                               [&](const Node& child) { return fitsHere(accept, child); });
        });
    }
};

}  // namespace

std::unique_ptr<Rule> makeUsedMapping(RuleCompiler& compiler, const Node& element,
                                      const Place& place) {
    const Node* const mapping = element.attribute("mapping");
    if (mapping == nullptr) throw base::Fault("say part or mapping");
    auto rule = std::make_unique<UsedMappingRule>();
    rule->name = mapping->value;
    TakenOver taken = compiler.rulesOf(mapping->value, place);
    rule->accepts = std::move(taken.accepts);
    rule->rules = std::move(taken.rules);
    return rule;
}

}  // namespace gateway::mapping
