#include "tests/scenario/support/reply.h"

namespace gateway::scenario {
namespace {

const document::Node* childOf(const document::Node& node, const std::string& name) {
    if (name.find_first_not_of("0123456789") == std::string::npos) {
        const auto index = static_cast<std::size_t>(std::stoul(name));
        return index < node.children.size() ? &node.children[index] : nullptr;
    }
    if (const auto* found = node.child(name)) return found;
    std::string capital = name;
    if (capital.front() >= 'a' && capital.front() <= 'z')
        capital.front() = static_cast<char>(capital.front() - 'a' + 'A');
    return node.child(capital);
}

}  // namespace

const document::Node* nodeAt(const document::Node& root, std::string_view path) {
    const auto* node = &root;
    while (node && !path.empty()) {
        const auto slash = path.find('/');
        node = childOf(*node, std::string(path.substr(0, slash)));
        path = slash == std::string_view::npos ? "" : path.substr(slash + 1);
    }
    return node;
}

std::string valueAt(const document::Node& root, std::string_view path) {
    const auto* node = nodeAt(root, path);
    return node ? node->value : std::string();
}

}  // namespace gateway::scenario
