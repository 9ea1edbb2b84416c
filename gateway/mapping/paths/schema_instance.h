#pragma once
// What XML Schema lets a document say of itself (XML Schema 1.0 Structures, 2.6).

#include <string_view>
#include <utility>

#include "gateway/document/tree.h"

namespace gateway::mapping {

inline constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

/// xsi:nil of an element, whatever its value; nullptr if it has none.
[[nodiscard]] inline const document::Node* nilOf(const document::Node& node) noexcept {
    for (const document::Node& child : node.children) {
        if (child.kind != document::Kind::Attribute) break;
        if (child.name == "nil" && child.namespaceUri == kSchemaInstance) return &child;
    }
    return nullptr;
}

/// Says it of an element that has no content; attributes stand before elements.
inline void setNil(document::Node& element) {
    document::Node nil = document::attributeNode("nil", "true");
    nil.namespaceUri = kSchemaInstance;
    element.children.insert(element.children.begin(), std::move(nil));
}

/// JSON null, or an element that says it is nil.
[[nodiscard]] inline bool isNull(const document::Node& node) noexcept {
    if (node.kind == document::Kind::Null) return true;
    const document::Node* const nil = nilOf(node);
    return nil != nullptr && (nil->value == "true" || nil->value == "1");
}

}  // namespace gateway::mapping
