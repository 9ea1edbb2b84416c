#include "gateway/app/printing/mapping_coverage.h"

#include <array>
#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/drafts/coverage.h"
#include "gateway/mapping/engine/rule.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;

Node listOf(std::string name, std::vector<std::string> paths) {
    Node list = document::arrayNode(std::move(name));
    for (auto& path : paths) list.children.push_back(document::stringNode({}, std::move(path)));
    return list;
}

std::string attributeOf(const Node& node, std::string_view name) {
    const Node* attribute = node.attribute(name);
    return attribute == nullptr ? std::string() : attribute->value;
}

std::optional<std::vector<std::string>> unfilledOurs(const mapping::Plan& plan,
                                                     const ModelOutlines& model) {
    std::string member = plan.messageType();
    member[0] = static_cast<char>(member[0] - 'A' + 'a');
    const auto outline = model.holding(member);
    if (outline == nullptr) return std::nullopt;
    return mapping::drafts::unfilled(*outline, {"envelope", member}, plan);
}

}  // namespace

// Acts that are data stand in a schema of their own; a type that is in both keeps its own shape.
std::shared_ptr<const document::Outline> ModelOutlines::holding(std::string_view member) const {
    constexpr std::array kSchemas = {"case-model.schema.json", "case-acts.schema.json"};
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < kSchemas.size(); ++i) {
        if (read_.size() == i)
            read_.push_back(document::Outline::of(mappings_ / "case-model" / kSchemas[i]));
        if (read_[i]->child(read_[i]->roots().front(), member, false) != nullptr) return read_[i];
    }
    return nullptr;
}

Node coverageNode(const fs::path& mapping, const mapping::Plan& plan, const ModelOutlines& model) {
    const auto document = document::XmlDocument::parse(readFile(mapping));
    if (!document) throw base::Fault(base::render(document.error()).en);
    const Node root = document->toTree().root;
    Node coverage = document::objectNode("coverage");
    if (const Node* schema = root.child("schema")) {
        const auto outline =
            document::Outline::of(mapping.parent_path() / attributeOf(*schema, "file"));
        coverage.children.push_back(listOf("theirs", mapping::drafts::unmentioned(*outline, plan)));
    }
    if (const auto other = attributeOf(root, "ours"); !other.empty()) {
        const auto outline = document::Outline::of(mapping.parent_path() / other);
        coverage.children.push_back(listOf("ours", mapping::drafts::unfilled(*outline, {}, plan)));
    } else if (auto ours = unfilledOurs(plan, model)) {
        coverage.children.push_back(listOf("ours", std::move(*ours)));
    }
    return coverage;
}

Node lossesNode(const mapping::Plan& plan,
                const std::function<std::string(const std::string&)>& named) {
    Node list = document::arrayNode("losses");
    plan.forEachRule([&](const mapping::Rule& rule) {
        std::string names;
        for (const auto loss : rule.losses())
            names.append(names.empty() ? "" : ", ").append(nameOf(loss));
        if (names.empty()) return;
        Node entry = document::objectNode();
        document::addText(entry, "rule", rule.label.text);
        document::addText(entry, "loses", names);
        if (named) document::addText(entry, "file", named(rule.label.file));
        list.children.push_back(std::move(entry));
    });
    return list;
}

void printCoverage(const Node& coverage) {
    const auto print = [&](const char* side, const char* what) {
        const Node* list = coverage.child(side);
        if (list == nullptr) {
            std::cout << side << ": no schema is known\n";
            return;
        }
        std::cout << side << ": " << list->children.size() << ' ' << what << '\n';
        for (const Node& path : list->children) std::cout << "  " << path.value << '\n';
    };
    print("theirs", "places that no rule names");
    print("ours", "required fields that no rule fills");
}

}  // namespace gateway::app
