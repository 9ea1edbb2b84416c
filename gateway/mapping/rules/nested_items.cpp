#include "gateway/mapping/rules/nested_items.h"

#include <algorithm>
#include <deque>

#include "gateway/base/fault.h"
#include "gateway/document/text.h"

namespace gateway::mapping {

using document::Kind;
using document::Node;

namespace {

std::size_t countOf(const Node& scope, const Step& step) {
    const auto named = [&step](const Node& node) { return fits(node, step); };
    if (!step.items)
        return static_cast<std::size_t>(
            std::count_if(scope.children.begin(), scope.children.end(), named));
    const auto array = std::find_if(scope.children.begin(), scope.children.end(), named);
    return array == scope.children.end() ? 0 : array->children.size();
}

}  // namespace

NestedKeys NestedKeys::of(const PathParser& parser, std::string_view keys, const Path& lists,
                          Flow writes) {
    NestedKeys nested;
    nested.writes = writes;
    const std::size_t levels = lists.steps.size() - 1;
    if (levels == 0) throw base::Fault("keys go with a path of several lists");
    nested.levels.resize(levels);
    for (const Path& key : parser.alternatives(keys)) {
        const auto up = static_cast<std::size_t>(
            std::find_if(key.steps.begin(), key.steps.end(),
                         [](const Step& step) { return step.axis != Step::Axis::Parent; }) -
            key.steps.begin());
        if (up == 0 || up > levels || up == key.steps.size())
            throw base::Fault("a key is a member of a list above: ../name");
        nested.levels[levels - up].emplace_back(key.steps.begin() + static_cast<std::ptrdiff_t>(up),
                                                key.steps.end());
    }
    for (const auto& level : nested.levels)
        if (level.empty()) throw base::Fault("each list above needs a key");
    return nested;
}

std::string NestedItems::keyOf(Node& node, std::size_t level) const {
    std::string key;
    for (const auto& steps : keys_.levels[level]) {
        const Node* const found = run_.builder().existing(node, steps, steps.size());
        key.append(found == nullptr ? "-" : "=" + document::toNfc(found->value)).push_back('\0');
    }
    return key;
}

void NestedItems::merge(Node& into, Node made, const Here& item) {
    for (Node& child : made.children) {
        const auto same =
            std::find_if(into.children.begin(), into.children.end(), [&child](const Node& other) {
                return other.name == child.name && other.namespaceUri == child.namespaceUri &&
                       other.kind == child.kind;
            });
        if (same == into.children.end() && child.isLeaf())
            contradicts(child, item);
        else if (same == into.children.end())
            into.children.push_back(std::move(child));
        else if (!child.isLeaf())
            merge(*same, std::move(child), item);
        else if (same->value != child.value)
            contradicts(child, item);
    }
}

void NestedItems::contradicts(const Node& what, const Here& item) {
    run_.wrongValue({item.node, what.value, item.node->position, false},
                    {"trái với dòng khác có cùng khóa: " + what.name,
                     "another row with the same key contradicts it: " + what.name});
}

// What the first row of a key had and this one has not.
bool NestedItems::lacks(const Node& into, const Node& made, const Here& item) {
    for (const Node& child : into.children) {
        const bool there = std::ranges::any_of(made.children, [&child](const Node& other) {
            return other.name == child.name && other.namespaceUri == child.namespaceUri &&
                   other.kind == child.kind;
        });
        if (!child.isLeaf() || there) continue;
        contradicts(child, item);
        return true;
    }
    return false;
}

void NestedItems::add(const Here& item, const Rules& rules, Target& target) {
    const auto& steps = lists_.steps;
    const Builder& builder = run_.builder();
    std::deque<Node> made;
    std::deque<Target> targets;
    Target* outer = &target;
    for (const Step& step : steps) {
        made.push_back(builder.fresh(step, item.node->position));
        targets.push_back({&made.back(), false, outer});
        outer = &targets.back();
    }
    run_.runAll(rules, item, targets.back());
    Node* at = target.node;
    std::string key;
    for (std::size_t level = 0; level + 1 < steps.size(); ++level) {
        const std::string own = keyOf(made[level], level);
        if (own.find('=') == std::string::npos) {
            run_.wrongValue({item.node, {}, item.node->position, false},
                            {"thiếu khóa của dòng", "a row needs its key"});
            return;
        }
        key.append(own).push_back('\1');
        Step one = steps[level];
        const auto [entry, isNew] = known_.try_emplace(key, 0);
        if (isNew) {
            builder.attach(*at, one, std::move(made[level]));
            entry->second = countOf(*at, one);
        }
        one.ordinal = static_cast<std::int32_t>(entry->second);
        at = builder.existing(*at, {one}, 1);
        if (!isNew && !lacks(*at, made[level], item)) merge(*at, std::move(made[level]), item);
    }
    builder.attach(*at, steps.back(), std::move(made.back()));
    target.real = true;
}

}  // namespace gateway::mapping
