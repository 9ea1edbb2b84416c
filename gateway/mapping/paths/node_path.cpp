#include "gateway/mapping/paths/node_path.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/problem.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using document::Node;

bool isXml(const Node& node) { return node.kind == Kind::Element || node.kind == Kind::Attribute; }

// A path is told up to some hundred times in one refusal or report.
constexpr std::size_t kLongestName = 100;

std::string pointerToken(const std::string& name) {
    std::string token;
    for (const char c : base::shortened(name, kLongestName)) {
        if (c == '~')
            token.append("~0");
        else if (c == '/')
            token.append("~1");
        else
            token.push_back(c);
    }
    return token;
}

// "[n]" where several siblings share the name.
std::string ordinal(const Node& parent, const Node& node) {
    std::size_t before = 0;
    std::size_t all = 0;
    for (const Node& sibling : parent.children) {
        const bool same = sibling.kind == node.kind && sibling.name == node.name &&
                          sibling.namespaceUri == node.namespaceUri;
        if (same) ++all;
        if (same && &sibling <= &node) ++before;
    }
    return all > 1 ? "[" + std::to_string(before) + "]" : std::string();
}

std::string find(const NodeLink& link, const Node& wanted) {
    if (link.node == &wanted) return pathOf(link);
    for (const Node& child : link.node->children) {
        std::string path = find({&link, &child}, wanted);
        if (!path.empty()) return path;
    }
    return {};
}

}  // namespace

std::string pathOf(const NodeLink& link) {
    const Node& node = *link.node;
    if (isXml(node)) {
        std::string name =
            (node.kind == Kind::Attribute ? "/@" : "/") + base::shortened(node.name, kLongestName);
        if (link.parent == nullptr) return name;
        if (link.inside) return pathOf(*link.parent) + "!" + name;
        return pathOf(*link.parent) + name + ordinal(*link.parent->node, node);
    }
    if (link.parent == nullptr) return {};
    if (link.inside) return pathOf(*link.parent) + "!";
    const Node& parent = *link.parent->node;
    const std::string token = parent.kind == Kind::Array
                                  ? std::to_string(&node - parent.children.data())
                                  : pointerToken(node.name);
    return pathOf(*link.parent) + "/" + token;
}

const Node* nodeAt(const Node& root, std::string_view path) {
    const Node* at = nullptr;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
        std::string_view name = path.substr(0, path.find('/'));
        path.remove_prefix(name.size());
        std::size_t number = 1;
        if (const auto bracket = name.find('['); bracket != std::string_view::npos) {
            std::from_chars(name.data() + bracket + 1, name.data() + name.size(), number);
            name = name.substr(0, bracket);
        }
        const bool attribute = name.starts_with('@');
        if (attribute) name.remove_prefix(1);
        if (at == nullptr) {
            if (root.name != name) return nullptr;
            at = &root;
            continue;
        }
        const auto found = std::ranges::find_if(at->children, [&](const Node& child) {
            return child.name == name && isXml(child) &&
                   (child.kind == Kind::Attribute) == attribute && --number == 0;
        });
        if (found == at->children.end()) return nullptr;
        at = &*found;
    }
    return at;
}

std::string stepText(document::Form form, const Step& step) {
    const std::string name = step.any ? "*" : step.name;
    if (form == document::Form::Xml) return (step.attribute ? "/@" : "/") + name;
    return "/" + pointerToken(name) +
           (step.items && step.ordinal > 0 ? "/" + std::to_string(step.ordinal - 1) : "");
}

std::string pathOf(const Node& root, const Node& node) { return find({nullptr, &root}, node); }

}  // namespace gateway::mapping
