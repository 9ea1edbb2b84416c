// <numbered>: NV1, NV2, ... of theirs, a list of ours.

#include <algorithm>
#include <charconv>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/empty_place.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Node;

/// One of the numbers, with the rules that name it.
struct Numbered {
    Path theirs;
    Rules rules;
    bool ofValues = false;  ///< a rule takes the text that stands there itself
};

// The place comes before those beside it that its rules have written: who pairs them by their
// order, without a schema that orders them, pairs them as they were read.
void attachAt(Run& run, Node& parent, std::size_t before, const Step& step, Node made) {
    const std::size_t there = parent.children.size();
    run.builder().attach(parent, step, std::move(made));
    if (parent.children.size() == there + 1)
        std::rotate(parent.children.begin() + static_cast<std::ptrdiff_t>(before),
                    parent.children.end() - 1, parent.children.end());
}

class NumberedRule final : public Rule {
  public:
    Path ours;
    Presence presence;
    std::vector<Numbered> numbers;

    void read(Run& run, const Here& here, Target& target) const override {
        const Below below(target, ours.steps);
        const auto& steps = below.steps();
        std::size_t position = 0;
        for (const Numbered& one : numbers) {
            const Nodes found = run.find(here, one.theirs);
            if (found.empty()) continue;
            if (found.size() > 1) run.repeated(*found[1]);
            const Node& place = *found.front();
            const bool isEmpty = isEmptyPlace(place);
            const bool isAbsent = isEmpty && presence.empty == Empty::IsAbsent;
            if (isAbsent) markEmpty(run, place);
            run.mark(place, Marks::Use::Passed);
            const std::size_t before = run.valuesTaken();
            Node made = run.builder().fresh(steps.back(), place.position);
            Target item{&made, false, &below.target()};
            run.passOver(isAbsent ? &place : nullptr);
            run.runAll(one.rules, Here{&place, false, position + 1}, item);
            run.passOver(nullptr);
            // Its number alone makes no item; what stands in the columns beside it does.
            if (!item.real || (isEmpty && run.valuesTaken() == before)) continue;
            ++position;
            Node& parent = run.builder().container(*below.target().node, steps, steps.size() - 1,
                                                   place.position);
            run.builder().attach(parent, steps.back(), std::move(made));
            target.real = true;
        }
        if (position == 0 && presence.required(run.flow()))
            run.missing(here, numbers.front().theirs);
    }

    void write(Run& run, const Here& here, Target& target) const override {
        const Nodes items = run.find(here, ours);
        if (items.empty() && presence.required(run.flow())) run.missing(here, ours);
        if (items.size() > numbers.size())
            run.wrongValue({items[numbers.size()], {}, items[numbers.size()]->position, false},
                           {"định dạng chỉ có " + std::to_string(numbers.size()) + " chỗ",
                            "the format has places for " + std::to_string(numbers.size())});
        for (std::size_t i = 0; i < items.size() && i < numbers.size(); ++i) {
            run.mark(*items[i], Marks::Use::Passed);
            const auto& steps = numbers[i].theirs.steps;
            const auto parent = [&]() -> Node& {
                return run.builder().container(*target.node, steps, steps.size() - 1,
                                               items[i]->position);
            };
            const std::size_t before = parent().children.size();
            Node made = run.builder().fresh(steps.back(), items[i]->position);
            Target place{&made, false, &target};
            run.runAll(numbers[i].rules, Here{items[i], false, i + 1}, place);
            // A gap is closed when it is read: the items behind it would get other numbers.
            const bool isEmpty = isEmptyPlace(made);
            if (isEmpty && !place.real && parent().children.size() == before) {
                run.wrongValue({items[i], items[i]->value, items[i]->position, false}, notEmpty());
                continue;
            }
            // What stands beside it makes the item; its own place is an empty column.
            if (isEmpty && numbers[i].ofValues && run.targetForm() == document::Form::Json)
                made = document::stringNode(made.name, {});
            attachAt(run, parent(), before, steps.back(), std::move(made));
            target.real = true;
        }
    }

    void forEachInside(const std::function<void(const Rule&)>& visit) const override {
        for (const Numbered& one : numbers)
            for (const auto& rule : one.rules) visit(*rule);
    }
};

std::string withNumber(std::string text, std::size_t number) {
    constexpr std::string_view kSlot = "{n}";
    const auto at = text.find(kSlot);
    if (at == std::string::npos) throw base::Fault("theirs has {n} where the number stands");
    return text.replace(at, kSlot.size(), std::to_string(number));
}

}  // namespace

std::unique_ptr<Rule> makeNumbered(RuleCompiler& compiler, const Node& element,
                                   const Place& place) {
    constexpr std::size_t kMostNumbers = 99;
    auto rule = std::make_unique<NumberedRule>();
    rule->presence = compiler.presence(element);
    rule->ours = compiler.ourList(element.attribute("ours")->value, place);
    const auto items = compiler.shapePath(rule->ours, place);
    if (!items) throw base::Fault("a list is one place");
    if (compiler.active().in) {
        Path containers = rule->ours;
        containers.steps.pop_back();
        compiler.checkWritable(containers, place.ourSteps);
    }
    const std::string& digits = element.attribute("up-to")->value;
    std::size_t most = 0;
    static_cast<void>(std::from_chars(digits.data(), digits.data() + digits.size(), most));
    if (most == 0 || most > kMostNumbers) throw base::Fault("up-to is a number from 1 to 99");
    for (std::size_t number = 1; number <= most; ++number) {
        const std::size_t faults = compiler.faults().size();
        Numbered one;
        one.theirs = compiler.theirs().path(withNumber(element.attribute("theirs")->value, number));
        if (one.theirs.from != Path::From::Here || one.theirs.steps.empty())
            throw base::Fault("name a place in the document");
        if (compiler.active().out) compiler.checkWritable(one.theirs, place.theirSteps);
        const std::string at = compiler.theirPath(one.theirs, place);
        one.rules = compiler.rulesNumbered(
            element, RuleCompiler::below(place, &one.theirs, at, &rule->ours, *items), number);
        one.ofValues = std::ranges::any_of(one.rules, [&at](const auto& inner) {
            return inner->kind == "field" && inner->theirPlaces.hasOwn(at);
        });
        rule->numbers.push_back(std::move(one));
        // What is wrong with the first is wrong with all of them.
        if (compiler.faults().size() != faults) break;
    }
    return rule;
}

}  // namespace gateway::mapping
