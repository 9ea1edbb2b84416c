#include "gateway/mapping/paths/builder.h"

#include <algorithm>
#include <utility>

#include "gateway/mapping/paths/finder.h"
#include "gateway/mapping/paths/schema_instance.h"

namespace gateway::mapping {

using base::Position;
using document::Kind;
using document::Node;

namespace {

// Attributes stand before the elements.
void insertAttribute(Node& element, Node attribute) {
    const auto place =
        std::find_if(element.children.begin(), element.children.end(),
                     [](const Node& child) { return child.kind != Kind::Attribute; });
    element.children.insert(place, std::move(attribute));
}

}  // namespace

bool Builder::fulfils(const Node& node, const Step& step) const {
    return std::all_of(step.where.begin(), step.where.end(), [&node](const Clause& clause) {
        if (clause.here || clause.path.steps.empty()) return false;
        const Node* at = &node;
        for (const Step& inner : clause.path.steps) {
            const auto next =
                std::find_if(at->children.begin(), at->children.end(),
                             [&inner](const Node& child) { return fits(child, inner); });
            if (next == at->children.end()) return false;
            at = &*next;
        }
        return at->value == clause.literal;
    });
}

// The last one, since what is written now belongs to what was written last; or the one of that
// number.
Node* Builder::chosen(std::vector<Node>& among, const Step& step) const {
    if (step.ordinal > 0 && step.items) {
        const auto at = static_cast<std::size_t>(step.ordinal - 1);
        return at < among.size() ? &among[at] : nullptr;
    }
    if (step.ordinal > 0) {
        auto left = step.ordinal;
        for (Node& node : among)
            if (fits(node, step) && --left == 0) return &node;
        return nullptr;
    }
    for (auto node = among.rbegin(); node != among.rend(); ++node)
        if ((step.items || fits(*node, step)) && fulfils(*node, step)) return &*node;
    return nullptr;
}

Node* Builder::child(Node& scope, const Step& step) const {
    if (!step.items) return chosen(scope.children, step);
    const auto array = std::find_if(scope.children.begin(), scope.children.end(),
                                    [&step](const Node& node) { return fits(node, step); });
    return array == scope.children.end() ? nullptr : chosen(array->children, step);
}

Node* Builder::existing(Node& scope, const std::vector<Step>& steps, std::size_t count) const {
    Node* at = &scope;
    for (std::size_t i = 0; i < count && at != nullptr; ++i) at = child(*at, steps[i]);
    return at;
}

Node& Builder::container(Node& scope, const std::vector<Step>& steps, std::size_t count,
                         Position position) const {
    Node* at = &scope;
    for (std::size_t i = 0; i < count; ++i) {
        Node* next = child(*at, steps[i]);
        if (next == nullptr) {
            fillUpTo(*at, steps[i]);
            attach(*at, steps[i], fresh(steps[i], position));
            next = child(*at, steps[i]);
        }
        at = next;
    }
    return *at;
}

Node Builder::fresh(const Step& step, Position position) const {
    Node node;
    node.kind = xml_ ? Kind::Element : Kind::Object;
    if (!step.items) node.name = step.name;
    node.namespaceUri = step.uri;
    node.position = position;
    for (const Clause& clause : step.where) {
        if (clause.test != Clause::Test::Equals || clause.here) continue;
        Node value = document::stringNode({}, clause.literal);
        value.kind = clause.kind;
        value.position = position;
        static_cast<void>(put(node, clause.path.steps, std::move(value)));
    }
    return node;
}

// [3] without [2]: an empty one keeps the third in its place.
void Builder::fillUpTo(Node& scope, const Step& step) const {
    for (std::int32_t before = 1; before < step.ordinal; ++before) {
        Step earlier = step;
        earlier.ordinal = before;
        if (child(scope, earlier) != nullptr) continue;
        Node empty = fresh(earlier, {});
        if (!xml_) empty.kind = Kind::Null;
        attach(scope, earlier, std::move(empty));
    }
}

void Builder::attach(Node& scope, const Step& step, Node made) const {
    if (!step.items) {
        scope.children.push_back(std::move(made));
        return;
    }
    const auto array = std::find_if(scope.children.begin(), scope.children.end(),
                                    [&step](const Node& node) { return fits(node, step); });
    if (array != scope.children.end()) {
        array->children.push_back(std::move(made));
        return;
    }
    Node fresh = document::arrayNode(step.name);
    fresh.position = made.position;
    fresh.children.push_back(std::move(made));
    scope.children.push_back(std::move(fresh));
}

void Builder::join(Node& place, Node made) const {
    if (place.value.empty()) place.value = std::move(made.value);
    for (Node& child : made.children) {
        const bool isThere = std::ranges::any_of(place.children, [&child](const Node& other) {
            return other.kind == child.kind && other.name == child.name &&
                   other.namespaceUri == child.namespaceUri && other.isLeaf() && child.isLeaf() &&
                   other.value == child.value;
        });
        if (isThere) continue;
        if (child.kind == Kind::Attribute)
            insertAttribute(place, std::move(child));
        else
            place.children.push_back(std::move(child));
    }
}

Builder::Outcome Builder::put(Node& scope, const std::vector<Step>& steps, Node value) const {
    if (steps.empty()) return putHere(scope, std::move(value));
    const Step& last = steps.back();
    Node& parent = container(scope, steps, steps.size() - 1, value.position);
    // A value stands there, below which nothing can.
    if (!xml_ && parent.kind != Kind::Object) return Outcome::Other;
    if (last.attribute) {
        for (const Node& node : parent.children)
            if (fits(node, last)) return node.value == value.value ? Outcome::Same : Outcome::Other;
        value.kind = Kind::Attribute;
        value.name = last.name;
        value.namespaceUri = last.uri;
        insertAttribute(parent, std::move(value));
        return Outcome::Written;
    }
    if (Node* const there = child(parent, last)) return putHere(*there, std::move(value));
    fillUpTo(parent, last);
    Node made = fresh(last, value.position);
    const Outcome outcome = putHere(made, std::move(value));
    attach(parent, last, std::move(made));
    return outcome;
}

// Gives a place its own value; an element may have its attributes already.
Builder::Outcome Builder::putHere(Node& place, Node value) const {
    const bool isNew =
        xml_ ? place.value.empty()
             : (place.kind == Kind::Object && place.children.empty()) || place.kind == Kind::Null;
    if (!isNew)
        return place.value == value.value && (xml_ || place.kind == value.kind) ? Outcome::Same
                                                                                : Outcome::Other;
    if (xml_ && value.kind == Kind::Null) setNil(place);
    place.value = std::move(value.value);
    place.position = value.position;
    if (!xml_) place.kind = value.kind;
    return Outcome::Written;
}

}  // namespace gateway::mapping
