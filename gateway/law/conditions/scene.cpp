#include "gateway/law/conditions/scene.h"

#include "gateway/base/time_format.h"

namespace gateway::law {

namespace {

const document::Node* below(const document::Node* node, std::string_view path) {
    while (node) {
        const auto slash = path.find('/');
        node = node->child(path.substr(0, slash));
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    return node;
}

}  // namespace

const document::Node* Scene::field(std::string_view name) const {
    const auto* found = below(item, name);
    return found ? found : below(content, name);
}

std::optional<base::Date> Scene::dayOf(std::string_view name) const {
    const auto* node = field(name);
    return node ? base::parseDate(node->value) : std::nullopt;
}

std::string Scene::wordsOf(std::string_view name) const {
    const auto* node = field(name);
    if (!node || node->kind != document::Kind::Object) return node ? node->value : std::string();
    for (const char* called : {"number", "id", "message", "code", "name", "text"})
        if (const auto* member = node->child(called)) return member->value;
    return {};
}

}  // namespace gateway::law
