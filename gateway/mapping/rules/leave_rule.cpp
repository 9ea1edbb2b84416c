// <ignore> and <keep>: a place of theirs that has no place in ours.

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

class LeaveRule final : public Rule {
  public:
    LeaveRule(Path theirs, bool keep) : theirs_(std::move(theirs)), keep_(keep) {}

    void read(Run& run, const Here& here, Target& /*target*/) const override {
        const auto use = keep_ ? Marks::Use::Kept : Marks::Use::Ignored;
        for (const document::Node* node : run.find(here, theirs_)) run.mark(*node, use);
        if (const auto* const scalar = run.finder().unlike().notAnArray) run.mark(*scalar, use);
    }
    void write(Run& /*run*/, const Here& /*here*/, Target& /*target*/) const override {}

    bool takesWhole() const override { return true; }

  private:
    Path theirs_;
    bool keep_;
};

}  // namespace

std::unique_ptr<Rule> makeLeave(RuleCompiler& compiler, const document::Node& element,
                                const Place& place) {
    Path theirs = compiler.theirs().path(element.attribute("theirs")->value);
    if (!theirs.isOwn() || theirs.steps.empty()) throw base::Fault("name a place in the document");
    compiler.theirPath(theirs, place);
    return std::make_unique<LeaveRule>(std::move(theirs), element.name == "keep");
}

}  // namespace gateway::mapping
