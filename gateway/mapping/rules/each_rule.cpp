// <each>: for every item of one side one of the other; lists in lists by <each keys>.

#include <algorithm>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/document/text.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/empty_place.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/nested_items.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;
using document::Node;

class EachRule final : public Rule {
  public:
    enum class Single : std::uint8_t { No, Read, Write };

    Path theirs, ours;
    bool ofValues = false;  ///< our items are texts, numbers or booleans
    Single single = Single::No;
    std::optional<std::size_t> once;  ///< written once, then referred to in that form
    Presence presence;
    std::optional<NestedKeys> nested;  ///< of the side that is written; several lists in one
    Rules rules;
    bool wantsText = false;  ///< what stands in theirs is read only with a text of its own

    void read(Run& run, const Here& here, Target& target) const override {
        go(run, here, target, theirs, ours);
    }
    void write(Run& run, const Here& here, Target& target) const override {
        go(run, here, target, ours, theirs);
        if (single == Single::Write) unwrap(run, target);
    }
    std::vector<Loss> losses() const override {
        std::vector<Loss> losses;
        if (presence.empty == Empty::IsAbsent) losses.push_back(Loss::Absent);
        if (once) losses.push_back(Loss::Once);
        if (nested) losses.push_back(Loss::Order);
        return losses;
    }
    void forEachInside(const std::function<void(const Rule&)>& visit) const override {
        for (const auto& rule : rules) visit(*rule);
    }

  private:
    void go(Run& run, const Here& here, Target& target, const Path& from, const Path& to) const {
        const Nodes found = run.find(here, from);
        if (const Node* const wrong = run.finder().unlike().notAnArray)
            if (!isAbsent(run, *wrong)) return;
        if (found.empty()) {
            if (presence.required(run.flow())) run.missing(here, from);
            takeNone(run, here, target, from, to);
            return;
        }
        if (nested && !isNested(run) && tellsDoubled(run, here, from)) return;
        std::optional<NestedItems> lists;
        if (isNested(run)) lists.emplace(run, *nested, to);
        std::size_t position = 0;
        for (const Node* item : found) {
            ++position;
            if (!run.mayWrite(0, {item, {}, item->position, false})) return;
            run.mark(*item, Marks::Use::Passed);
            if (once && !run.isOfKind(*item, *once)) continue;
            if (presence.empty == Empty::IsAbsent && isEmptyPlace(*item)) {
                markEmpty(run, *item);
                continue;
            }
            const Here inner{item, false, position};
            if (lists)
                lists->add(inner, rules, target);
            else
                addItem(run, inner, target, to);
        }
    }

    [[nodiscard]] bool isNested(const Run& run) const {
        return nested && nested->writes == run.flow();
    }

    // Items of a list above that have one key would be read back as one.
    [[nodiscard]] bool tellsDoubled(Run& run, const Here& here, const Path& from) const {
        Path lists = from;
        for (std::size_t level = nested->levels.size(); level-- > 0;) {
            lists.steps.resize(level + 1);
            std::set<std::string> known;
            for (const Node* const item : run.find(here, lists)) {
                std::string key = level == 0 ? "" : run.placeOf(*run.finder().parentOf(*item));
                for (const auto& steps : nested->levels[level])
                    for (const Node* const found : run.find({item, false, 0}, pathOf(steps)))
                        key.append("=" + document::toNfc(found->value)).push_back('\0');
                if (known.insert(std::move(key)).second) continue;
                run.wrongValue({item, {}, item->position, false},
                               {"khóa này đã có ở mục khác", "another item has the same key"});
                return true;
            }
        }
        return false;
    }
    static Path pathOf(const std::vector<Step>& steps) {
        Path path;
        path.steps = steps;
        return path;
    }

    void addItem(Run& run, const Here& item, Target& target, const Path& to) const {
        const Below below(target, to.steps);
        const auto& steps = below.steps();
        Node made = run.builder().fresh(steps.back(), item.node->position);
        Target place{&made, false, &below.target()};
        run.choiceMissed = false;
        run.runAll(rules, item, place);
        // An empty item of a list of texts leaves no object behind, nor does one for which the
        // format has no option: what was not written of it is told.
        if (run.flow() == Flow::In && ofValues && made.kind == Kind::Object) return;
        if (run.flow() == Flow::Out && run.choiceMissed && !place.real) return;
        if (!isWhatItsBracketsAsk(run, item, steps.back(), made)) return;
        if (run.flow() == Flow::Out && wantsText && place.real && hasAttributesAlone(made))
            run.wrongValue({item.node, {}, item.node->position, false}, notEmpty());
        if (once && run.flow() == Flow::Out) run.refer(made, *once);
        Node& parent = run.builder().container(*below.target().node, steps, steps.size() - 1,
                                               item.node->position);
        run.builder().attach(parent, steps.back(), std::move(made));
        below.target().real = true;
        target.real = true;
    }

    // It would be read by another rule, or by none.
    [[nodiscard]] static bool isWhatItsBracketsAsk(Run& run, const Here& item, const Step& step,
                                                   const Node& made) {
        if (std::ranges::all_of(step.where, [](const Clause& clause) {
                return canBeMade(clause) || clause.here.has_value();
            }))
            return true;
        Finder finder(run.targetForm(), made, nullptr);
        const Here here{&made, false, 0};
        for (const Clause& clause : step.where) {
            if (clause.here || finder.holds(here, {clause}, run.rule())) continue;
            run.wrongValue({item.node, {}, item.node->position, false},
                           {"không thỏa điều kiện của danh sách này: " + clause.path.text,
                            "the list does not take it: " + clause.path.text});
            return false;
        }
        return true;
    }

    // A thing that is no list: a null that means absent, or a fault, which is told.
    [[nodiscard]] bool isAbsent(Run& run, const Node& wrong) const {
        run.mark(wrong, Marks::Use::Used);
        if (presence.empty != Empty::Refused && wrong.kind == Kind::Null) return true;
        run.wrongValue({&wrong, wrong.value, wrong.position, false}, wordsOfKind(Kind::Array));
        return false;
    }

    // An empty list is a value of its own where the rule says so.
    void takeNone(Run& run, const Here& here, Target& target, const Path& from,
                  const Path& to) const {
        bool empty = run.flow() == Flow::Out && presence.writeAbsent == WriteAbsent::Empty;
        if (run.sourceForm() == Form::Json && presence.empty == Empty::IsValue) {
            Path list = from;
            list.steps.back().items = false;
            const Nodes lists = run.find(here, list);
            empty = empty || (!lists.empty() && lists.front()->kind == Kind::Array);
        }
        if (empty && run.targetForm() == Form::Json) {
            const Below below(target, to.steps);
            Node& parent = run.builder().container(*below.target().node, below.steps(),
                                                   below.steps().size() - 1, here.node->position);
            parent.children.push_back(document::arrayNode(below.steps().back().name));
            target.real = true;
        } else if (empty && to.steps.size() > 1) {
            static_cast<void>(run.builder().container(*target.node, to.steps, to.steps.size() - 1,
                                                      here.node->position));
        } else if (run.flow() == Flow::Out && presence.writeAbsent == WriteAbsent::Null &&
                   run.targetForm() == Form::Json) {
            Path place = to;
            place.steps.back().items = false;
            run.putAbsent(target, place, presence, here);
        }
    }

    void unwrap(Run& run, Target& target) const {
        if (run.targetForm() != Form::Json) return;
        Step list = theirs.steps.back();
        list.items = false;
        list.where.clear();
        std::vector<Step> steps = theirs.steps;
        steps.back() = list;
        Node* const array = run.builder().existing(*target.node, steps, steps.size());
        if (array == nullptr || array->kind != Kind::Array || array->children.size() != 1) return;
        Node item = std::move(array->children.front());
        item.name = array->name;
        *array = std::move(item);
    }
};

bool isSeveralLists(const Path& path) {
    return std::count_if(path.steps.begin(), path.steps.end(),
                         [](const Step& step) { return step.items; }) > 1;
}

// Asked of the item as it was written.
bool isOfItem(const Clause& clause) {
    const auto isDown = [](const Step& step) { return step.axis != Step::Axis::Parent; };
    return (clause.inner.empty()
                ? clause.path.from == Path::From::Here &&
                      std::ranges::all_of(clause.path.steps, isDown)
                : std::ranges::all_of(clause.inner,
                                      [](const Condition& inner) {
                                          return std::ranges::all_of(inner, isOfItem);
                                      })) &&
           !clause.here;
}

void checkMade(const RuleCompiler& compiler, const Path& path, const std::vector<bool>& above,
               bool nested) {
    Path containers = path;
    const Step last = containers.steps.back();
    containers.steps.pop_back();
    if (nested) return;
    if (isSeveralLists(path))
        throw base::Fault(
            "several lists in one are only read; say by keys which items are one, or "
            "say direction");
    compiler.checkWritable(containers, above);
    if (last.any || last.axis != Step::Axis::Child || last.ordinal != 0)
        throw base::Fault(path.text + " can only be read; say direction");
    for (const Clause& clause : last.where)
        if (!canBeMade(clause) && !clause.here && !isOfItem(clause))
            throw base::Fault("only what stands in the item can be made true; say direction");
}

// Read, both lists would be one; written, each would have all its items.
void checkAlone(const RuleCompiler& compiler, const Node& element) {
    const auto goesBothWays = [](const Node& each) {
        return attributeOr(each, "direction", "both") == "both";
    };
    if (!compiler.active().in || !compiler.active().out) return;
    for (const Node& other : compiler.parent().children) {
        if (&other == &element) return;
        if (other.name == "each" && goesBothWays(other) && attributeOr(other, "part", "").empty() &&
            attributeOr(other, "ours", "") == element.attribute("ours")->value)
            throw base::Fault(
                "another each goes into this list: say by a condition in brackets which items "
                "are whose, or say direction");
    }
}

Place placeOfItem(const EachRule& rule, const Place& place, std::string theirs, std::string ours) {
    Place inner =
        RuleCompiler::below(place, &rule.theirs, std::move(theirs), &rule.ours, std::move(ours));
    if (!rule.nested) return inner;
    const bool out = rule.nested->writes == Flow::Out;
    auto& steps = out ? inner.theirSteps : inner.ourSteps;
    steps.pop_back();
    steps.insert(steps.end(), (out ? rule.theirs : rule.ours).steps.size(), true);
    return inner;
}

}  // namespace

std::unique_ptr<Rule> makeEach(RuleCompiler& compiler, const Node& element, const Place& place) {
    auto rule = std::make_unique<EachRule>();
    rule->presence = compiler.presence(element);
    const std::string single = attributeOr(element, "single", "no");
    rule->single = single == "yes"     ? EachRule::Single::Read
                   : single == "write" ? EachRule::Single::Write
                                       : EachRule::Single::No;
    rule->once = compiler.reference(element);
    rule->theirs = compiler.theirList(element.attribute("theirs")->value, place);
    rule->theirs.steps.back().single = rule->single != EachRule::Single::No;
    if (rule->theirs.steps.back().attribute) throw base::Fault("an attribute does not repeat");
    rule->ours = compiler.ourList(element.attribute("ours")->value, place);
    if (const Node* const keys = element.attribute("keys")) {
        const bool oursNested = rule->ours.steps.size() > 1;
        rule->nested = NestedKeys::of(oursNested ? compiler.ours() : compiler.theirs(), keys->value,
                                      oursNested ? rule->ours : rule->theirs,
                                      oursNested ? Flow::In : Flow::Out);
    }
    const auto written = [&rule](Flow flow) {
        return rule->nested && rule->nested->writes == flow;
    };
    if (compiler.active().out) {
        if (rule->theirs.from != Path::From::Here)
            throw base::Fault("a list elsewhere can only be read; say direction=\"in\"");
        checkMade(compiler, rule->theirs, place.theirSteps, written(Flow::Out));
    }
    if (compiler.active().in) {
        if (!rule->ours.isOwn() || rule->ours.from == Path::From::Root)
            throw base::Fault("ours goes down from here only");
        checkMade(compiler, rule->ours, place.ourSteps, written(Flow::In));
    }
    checkAlone(compiler, element);
    const auto items = compiler.shapePath(rule->ours, place);
    rule->ofValues =
        items && !compiler.isContainer(*items) && compiler.ours().form() == document::Form::Json;
    rule->wantsText = wantsOwnText(element) && compiler.active().in;
    rule->rules =
        compiler.rules(element, placeOfItem(*rule, place, compiler.theirPath(rule->theirs, place),
                                            items.value_or(std::string())));
    return rule;
}

}  // namespace gateway::mapping
