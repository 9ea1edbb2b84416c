#include "gateway/exchange/desk/sender_place.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "gateway/mapping/paths/node_path.h"

namespace gateway::exchange {
namespace {

using document::Kind;
using document::Node;

const Node* at(const Node& node, base::Position position, bool leaf) {
    if (node.position == position && (!leaf || (node.isLeaf() && !node.value.empty())))
        return &node;
    for (const Node& child : node.children)
        if (const Node* const found = at(child, position, leaf)) return found;
    return nullptr;
}

bool isContainer(const Node& node) { return node.kind == Kind::Object || node.kind == Kind::Array; }

std::string_view nextStep(std::string_view& path) {
    const auto end = path.find('/');
    const auto step = path.substr(0, end);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
    return step;
}

/// The number that a step is, if it is one and there is such an item.
const Node* itemAt(const Node& list, std::string_view step) {
    std::size_t index = 0;
    const auto [stop, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    const bool number = error == std::errc() && stop == step.data() + step.size();
    return number && index < list.children.size() ? &list.children[index] : nullptr;
}

struct Place {
    const Node* node = nullptr;  ///< as far as the path leads
    bool whole = false;
};

class Descent {
  public:
    explicit Descent(std::string_view value) : value_(value) {}

    [[nodiscard]] Place go(const Node& from, std::string_view path) const {
        if (path.empty()) return end(from);
        if (from.kind == Kind::Array) return intoList(from, path);
        const auto* child = from.child(nextStep(path));
        return child == nullptr ? Place{&from, false} : go(*child, path);
    }

  private:
    [[nodiscard]] Place end(const Node& node) const {
        if (node.kind == Kind::Array && !value_.empty())
            for (const Node& item : node.children)
                if (item.isLeaf() && item.value == value_) return {&item, true};
        return {&node, true};
    }

    [[nodiscard]] Place intoList(const Node& list, std::string_view path) const {
        auto rest = path;
        if (const auto* item = itemAt(list, nextStep(rest))) return go(*item, rest);
        if (value_.empty()) return {&list, false};
        for (const Node& item : list.children) {
            const auto place = go(item, path);
            if (place.whole && place.node->value == value_) return place;
        }
        return {&list, false};
    }

    std::string_view value_;
};

std::string valueOf(const base::Problem& problem) {
    for (const auto& [name, value] : problem.parameters)
        if (name == "value") return value;
    return {};
}

}  // namespace

const Node* BothSides::written(const Node& node) const {
    if (node.position == base::Position()) return nullptr;
    return at(theirs, node.position, !isContainer(node));
}

base::Problem BothSides::placed(base::Problem problem) const {
    std::string_view path = problem.path;
    if (path.starts_with('/')) path.remove_prefix(1);
    if (path.empty()) return problem;
    const auto first = path.substr(0, path.find('/'));
    const Node* root = &ours;
    if (ours.child(first) == nullptr)
        for (const Node& member : ours.children)
            if (member.name != "envelope" && member.name != "delivery") root = &member;
    const std::string value = valueOf(problem);
    const auto place = Descent(value).go(*root, path);
    problem.position = place.node->position;
    if (!place.whole) return problem;
    if (const auto* node = written(*place.node)) problem.path = mapping::pathOf(theirs, *node);
    return problem;
}

void dropLongValues(Node& node, std::size_t longest) {
    if (node.value.size() > longest) std::string().swap(node.value);
    for (Node& child : node.children) dropLongValues(child, longest);
}

}  // namespace gateway::exchange
