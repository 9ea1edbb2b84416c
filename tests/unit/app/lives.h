#pragma once
// Cases that are played by the shipped law, and what they look like.

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gateway/app/printing/life_nodes.h"
#include "gateway/base/fault.h"
#include "gateway/document/json.h"

namespace gateway::app::lives {

inline const law::LawBook& book() {
    static const auto loaded = law::LawBook::load(THAHC_SOURCE_DIR "/mappings");
    return loaded;
}

inline document::Node readJsonFile(const std::filesystem::path& file) {
    std::ifstream stream(file);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    auto tree = document::readJson(bytes);
    if (!tree) throw base::Fault(file.string() + " is no JSON");
    return std::move(tree).value().root;
}

inline std::string text(const document::Node& node, const char* name) {
    const auto* child = node.child(name);
    return child ? child->value : std::string();
}

inline std::vector<std::string> texts(const document::Node& node, const char* list,
                                      const char* member = nullptr) {
    std::vector<std::string> found;
    if (const auto* children = node.child(list))
        for (const auto& child : children->children)
            found.push_back(member ? text(child, member) : child.value);
    return found;
}

}  // namespace gateway::app::lives
