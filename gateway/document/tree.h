#pragma once
// One neutral tree for XML and JSON, with the position of every node, so that a mapping is
// written once for both and every refusal can name a line.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/problem.h"

namespace gateway::document {

enum class Form : std::uint8_t { Xml, Json };

enum class Kind : std::uint8_t {
    Element,    ///< XML element: `value` is all its character data, joined; comments never split it
    Attribute,  ///< XML attribute; stands before the elements among its parent's children
    Object,     ///< JSON object; children carry member names, no two alike
    Array,      ///< JSON array; children have no name
    String,     ///< JSON string: `value` is the unescaped text
    Number,     ///< JSON number: `value` is the text as written, digits kept
    Boolean,    ///< JSON true/false: `value` is "true" or "false"
    Null,
};

/// One node. A plain value: copying copies the subtree.
///
/// Names are compared by namespace and local part; JSON members have no namespace. All text is
/// valid UTF-8 without U+0000. Order of children is document order.
struct Node {
    Kind kind = Kind::Object;
    std::string name;          ///< local part or member name; empty for array items and a JSON root
    std::string namespaceUri;  ///< XML only
    std::string value;
    std::vector<Node> children;
    base::Position position;  ///< where it starts in the sender's bytes; zero for nodes we made

    /// The first child of that name that is no attribute, or nullptr.
    [[nodiscard]] const Node* child(std::string_view childName) const noexcept;
    [[nodiscard]] Node* child(std::string_view childName) noexcept;
    /// The attribute of that name without namespace, or nullptr.
    [[nodiscard]] const Node* attribute(std::string_view attributeName) const noexcept;
    /// Text that goes on behind an element stands among the children, too, in Strings without a
    /// name: the order of both is part of what is said ("is <i>not</i> liable").
    [[nodiscard]] bool isPieceOf(const Node& parent) const noexcept {
        return kind == Kind::String && parent.kind == Kind::Element;
    }
    [[nodiscard]] bool hasPieces() const noexcept;
    /// True for String, Number, Boolean, Null, Attribute, and an Element without child elements.
    [[nodiscard]] bool isLeaf() const noexcept;
};

/// Makers for trees of our own.
[[nodiscard]] Node objectNode(std::string name = {});
[[nodiscard]] Node arrayNode(std::string name = {});
[[nodiscard]] Node stringNode(std::string name, std::string value);
[[nodiscard]] Node numberNode(std::string name, std::string digits);
[[nodiscard]] Node booleanNode(std::string name, bool value);
[[nodiscard]] Node elementNode(std::string namespaceUri, std::string name, std::string text = {});
[[nodiscard]] Node attributeNode(std::string name, std::string value);

/// One more member of an object of our own; an empty text is no member.
void addText(Node& object, std::string name, std::string value);
void addNumber(Node& object, std::string name, std::int64_t value);
void addFlag(Node& object, std::string name, bool value);

/// A whole document: its form and its root.
struct Tree {
    Form form = Form::Json;
    Node root;
};

/// Bounds for readers; exceeding one is a Problem, never a crash.
struct ReadBounds {
    std::size_t depth = 64;
    std::size_t nodes = 200'000;
    /// Of a text of our own: readJson() keeps no positions and asks no more what XML can hold.
    bool ours = false;
};

/// For what we have written ourselves, which may hold more than a partner may send: a page of
/// cases, a case with all that has been said about it.
inline constexpr ReadBounds kOwnBounds{256, 20'000'000, true};

}  // namespace gateway::document
