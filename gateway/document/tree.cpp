#include "gateway/document/tree.h"

#include <algorithm>
#include <utility>

namespace gateway::document {
namespace {

Node leaf(Kind kind, std::string name, std::string value) {
    Node node;
    node.kind = kind;
    node.name = std::move(name);
    node.value = std::move(value);
    return node;
}

}  // namespace

const Node* Node::child(std::string_view childName) const noexcept {
    for (const Node& node : children)
        if (node.kind != Kind::Attribute && node.name == childName) return &node;
    return nullptr;
}

Node* Node::child(std::string_view childName) noexcept {
    for (Node& node : children)
        if (node.kind != Kind::Attribute && node.name == childName) return &node;
    return nullptr;
}

const Node* Node::attribute(std::string_view attributeName) const noexcept {
    for (const Node& node : children)
        if (node.kind == Kind::Attribute && node.namespaceUri.empty() && node.name == attributeName)
            return &node;
    return nullptr;
}

bool Node::hasPieces() const noexcept {
    return std::ranges::any_of(children, [this](const Node& c) { return c.isPieceOf(*this); });
}

bool Node::isLeaf() const noexcept {
    switch (kind) {
        case Kind::Object:
        case Kind::Array: return false;
        case Kind::Element:
            for (const Node& node : children)
                if (node.kind == Kind::Element) return false;
            return true;
        case Kind::Attribute:
        case Kind::String:
        case Kind::Number:
        case Kind::Boolean:
        case Kind::Null: return true;
    }
    return true;
}

Node objectNode(std::string name) { return leaf(Kind::Object, std::move(name), {}); }

Node arrayNode(std::string name) { return leaf(Kind::Array, std::move(name), {}); }

Node stringNode(std::string name, std::string value) {
    return leaf(Kind::String, std::move(name), std::move(value));
}

Node numberNode(std::string name, std::string digits) {
    return leaf(Kind::Number, std::move(name), std::move(digits));
}

Node booleanNode(std::string name, bool value) {
    return leaf(Kind::Boolean, std::move(name), value ? "true" : "false");
}

Node elementNode(std::string namespaceUri, std::string name, std::string text) {
    Node node = leaf(Kind::Element, std::move(name), std::move(text));
    node.namespaceUri = std::move(namespaceUri);
    return node;
}

Node attributeNode(std::string name, std::string value) {
    return leaf(Kind::Attribute, std::move(name), std::move(value));
}

void addText(Node& object, std::string name, std::string value) {
    if (!value.empty()) object.children.push_back(stringNode(std::move(name), std::move(value)));
}

void addNumber(Node& object, std::string name, std::int64_t value) {
    object.children.push_back(numberNode(std::move(name), std::to_string(value)));
}

void addFlag(Node& object, std::string name, bool value) {
    object.children.push_back(booleanNode(std::move(name), value));
}

}  // namespace gateway::document
