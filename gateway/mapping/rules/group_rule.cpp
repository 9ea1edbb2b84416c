// <group>: goes down, on both sides or on one.

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/empty_place.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/paths/schema_instance.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;
using document::Node;

class GroupRule final : public Rule {
  public:
    std::optional<Path> theirs, ours;
    Presence presence;
    std::optional<std::size_t> once;  ///< written once, then referred to in that form
    Rules rules;
    bool wantsText = false;  ///< what stands in theirs is read only with a text of its own

    void read(Run& run, const Here& here, Target& target) const override {
        go(run, here, target, theirs, ours);
    }
    void write(Run& run, const Here& here, Target& target) const override {
        go(run, here, target, ours, theirs);
    }
    std::vector<Loss> losses() const override {
        std::vector<Loss> losses;
        if (presence.empty == Empty::IsAbsent) losses.push_back(Loss::Absent);
        if (once) losses.push_back(Loss::Once);
        return losses;
    }
    void forEachInside(const std::function<void(const Rule&)>& visit) const override {
        for (const auto& rule : rules) visit(*rule);
    }

  private:
    void go(Run& run, const Here& here, Target& target, const std::optional<Path>& from,
            const std::optional<Path>& to) const {
        if (!from || (from->steps.empty() && from->from == Path::From::Here)) {
            inGroup(run, here, target, to);
            return;
        }
        const Nodes found = run.find(here, *from);
        if (found.size() > 1) run.repeated(*found[1]);
        const bool empty =
            !found.empty() && presence.empty == Empty::IsAbsent && isEmptyPlace(*found.front());
        if (empty) markEmpty(run, *found.front());
        if (found.empty() || empty) {
            if (presence.required(run.flow())) run.missing(here, *from);
            if (run.flow() == Flow::Out && to) run.putAbsent(target, *to, presence, here);
            return;
        }
        const Node& place = *found.front();
        run.mark(place, Marks::Use::Passed);
        if (once && !run.isOfKind(place, *once)) return;
        if (run.sourceForm() == Form::Json && place.kind != Kind::Object) {
            run.wrongValue({&place, place.value, place.position, false}, wordsOfKind(Kind::Object));
            return;
        }
        inGroup(run, Here{&place, false, here.position}, target, to);
    }

    void inGroup(Run& run, const Here& inner, Target& target, const std::optional<Path>& to) const {
        if (!to || to->steps.empty()) {
            run.runAll(rules, inner, target);
            return;
        }
        const Below below(target, to->steps);
        Target* const scope = &below.target();
        const auto& steps = below.steps();
        const Builder& builder = run.builder();
        if (Node* const there = builder.existing(*scope->node, steps, steps.size())) {
            Target place{there, false, scope};
            run.runAll(rules, inner, place);
            scope->real = scope->real || place.real;
            return;
        }
        const Step& last = steps.back();
        Node made = builder.fresh(last, inner.node->position);
        Target place{&made, false, scope};
        run.runAll(rules, inner, place);
        // Empty, but required: a query without conditions, a message that says nothing but that
        // it is. Or empty in the source, which is a value.
        const bool isValue = presence.empty == Empty::IsValue && isEmptyPlace(*inner.node);
        if (!place.real && !isValue && !run.isRoot(*scope->node) && !presence.required(run.flow()))
            return;
        if (run.flow() == Flow::Out && wantsText && place.real && hasAttributesAlone(made))
            run.wrongValue({inner.node, {}, inner.node->position, false}, notEmpty());
        if (once && run.flow() == Flow::Out) run.refer(made, *once);
        Node& parent =
            builder.container(*scope->node, steps, steps.size() - 1, inner.node->position);
        // The brackets above may have made the place already.
        if (Node* const there = steps.size() > 1 ? builder.existing(parent, {last}, 1) : nullptr)
            builder.join(*there, std::move(made));
        else
            builder.attach(parent, last, std::move(made));
        scope->real = scope->real || place.real || !run.isRoot(*scope->node);
    }
};

}  // namespace

std::unique_ptr<Rule> makeGroup(RuleCompiler& compiler, const Node& element, const Place& place) {
    auto rule = std::make_unique<GroupRule>();
    rule->presence = compiler.presence(element);
    rule->once = compiler.reference(element);
    std::string theirAt = place.theirs;
    std::string ourAt = place.ours;
    if (const Node* const theirs = element.attribute("theirs")) {
        rule->theirs = compiler.theirs().path(theirs->value);
        if (rule->theirs->isGiven()) throw base::Fault("a group is a place in the document");
        if (compiler.active().out) {
            if (rule->theirs->from != Path::From::Here)
                throw base::Fault("a group elsewhere can only be read; say direction=\"in\"");
            compiler.checkWritable(*rule->theirs, place.theirSteps);
        }
        theirAt = compiler.theirPath(*rule->theirs, place);
    }
    if (const Node* const ours = element.attribute("ours")) {
        rule->ours = compiler.ours().path(ours->value);
        const auto at = compiler.shapePath(*rule->ours, place);
        if (rule->ours->from != Path::From::Here)
            throw base::Fault("ours goes down from here only");
        if (!at) throw base::Fault("a group is one place");
        ourAt = *at;
        if (compiler.active().in) compiler.checkWritable(*rule->ours, place.ourSteps);
        if (!compiler.isContainer(ourAt))
            throw base::Fault("\"" + ourAt + "\" has nothing below it");
    }
    rule->wantsText = wantsOwnText(element) && compiler.active().in;
    rule->rules = compiler.rules(
        element, RuleCompiler::below(place, rule->theirs ? &*rule->theirs : nullptr, theirAt,
                                     rule->ours ? &*rule->ours : nullptr, ourAt));
    return rule;
}

}  // namespace gateway::mapping
