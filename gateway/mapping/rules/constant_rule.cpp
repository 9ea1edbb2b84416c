// <constant>: a fixed value of one side, compared when that side is read, written when it is
// written.

#include "gateway/base/fault.h"
#include "gateway/document/text.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using document::Node;

class ConstantRule final : public Rule {
  public:
    std::optional<Path> theirs, ours;  ///< one of them
    Kind kind{};                       ///< as it stands in JSON
    std::string value;
    PerFlow required;

    void read(Run& run, const Here& here, Target& target) const override {
        if (theirs)
            compare(run, here, *theirs);
        else
            set(run, here, target, *ours);
    }
    void write(Run& run, const Here& here, Target& target) const override {
        if (ours)
            compare(run, here, *ours);
        else
            set(run, here, target, *theirs);
    }

  private:
    void set(Run& run, const Here& here, Target& target, const Path& path) const {
        Source source;
        source.position = here.node->position;
        run.putValue(target, path, kind, value, source, false);
        if (path.from != Path::From::Here) return;
        const Below below(target, path.steps);
        const auto& steps = below.steps();
        const Node* const there = run.builder().existing(*below.target().node, steps, steps.size());
        if (there != nullptr && there->value != value)
            run.wrongValue(source, {"trái với giá trị cố định “" + value + "”",
                                    "it contradicts the constant \"" + value + "\""});
    }

    void compare(Run& run, const Here& here, const Path& path) const {
        const Nodes found = run.find(here, path);
        if (found.empty() && required(run.flow())) run.missing(here, path);
        if (found.size() > 1) run.repeated(*found[1]);
        for (const Node* node : found) {
            run.mark(*node, Marks::Use::Used);
            const bool sameKind = run.sourceForm() == document::Form::Xml || node->kind == kind;
            if (!sameKind || !document::sameText(trimmed(node->value), trimmed(value)))
                run.wrongValue({node, node->value, node->position, false},
                               {"phải là “" + value + "”", "it must be \"" + value + "\""});
        }
    }
};

void checkKind(const ConstantRule& rule) {
    if (!canStand(rule.kind, rule.value))
        throw base::Fault("\"" + rule.value +
                          "\" is no value of that kind: " + wordsOfKind(rule.kind).en);
}

}  // namespace

std::unique_ptr<Rule> makeConstant(RuleCompiler& compiler, const Node& element,
                                   const Place& place) {
    auto rule = std::make_unique<ConstantRule>();
    rule->required = RuleCompiler::required(element, "yes");
    rule->value = element.attribute("value")->value;
    const Node* const theirs = element.attribute("theirs");
    const Node* const ours = element.attribute("ours");
    if ((theirs == nullptr) == (ours == nullptr))
        throw base::Fault("a constant has either theirs or ours");
    if (theirs != nullptr) {
        rule->theirs = compiler.theirs().path(theirs->value);
        if (!rule->theirs->isOwn()) throw base::Fault("a constant stands in the document");
        rule->kind = compiler.jsonKind(element, Kind::String);
        checkKind(*rule);
        if (compiler.active().out) compiler.checkWritable(*rule->theirs, place.theirSteps);
        compiler.theirPath(*rule->theirs, place);
        return rule;
    }
    rule->ours = compiler.ours().path(ours->value);
    const auto at = compiler.shapePath(*rule->ours, place);
    if (!at) throw base::Fault("a constant is one place");
    rule->kind = compiler.kindAt(*at);
    if (compiler.isContainer(*at) || rule->kind == Kind::Array)
        throw base::Fault("a constant is one value");
    if (compiler.ours().form() == document::Form::Json) checkKind(*rule);
    compiler.checkWords(*at, {rule->value});
    compiler.checkWritable(*rule->ours, place.ourSteps);
    return rule;
}

}  // namespace gateway::mapping
