#include "connectors/simulator/stage/evidence_reader.h"

#include "connectors/simulator/stage/office.h"

namespace gateway::simulator {
namespace {

using document::Node;

// In XML a member's name has its first letter in upper case and a list holds Item elements.
Node memberOf(const Node& element) {
    auto name = element.name;
    if (!name.empty() && name.front() >= 'A' && name.front() <= 'Z')
        name.front() = static_cast<char>(name.front() - 'A' + 'a');
    if (element.isLeaf()) return document::stringNode(name, element.value);
    Node node = document::objectNode(name);
    for (const auto& child : element.children)
        if (child.kind == document::Kind::Element) node.children.push_back(memberOf(child));
    if (!node.children.empty() && node.children.front().name == "item")
        node.kind = document::Kind::Array;
    return node;
}

}  // namespace

Node evidenceIn(const document::Tree& tree) {
    if (tree.form == document::Form::Xml) return memberOf(tree.root);
    return tree.root.children.empty() ? tree.root : tree.root.children.front();
}

std::string describe(const Answer& answer) {
    std::string text = "HTTP " + std::to_string(answer.status);
    for (const auto& reason : answer.reasons()) {
        const auto* code = reason.child("code");
        const auto* en = reason.child("en");
        text += " " + (code ? code->value : "") + ": " + (en ? en->value : "");
    }
    if (answer.reasons().empty() && answer.status != 200) text += " " + answer.body.substr(0, 400);
    return text;
}

}  // namespace gateway::simulator
