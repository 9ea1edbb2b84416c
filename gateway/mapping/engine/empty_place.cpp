#include "gateway/mapping/engine/empty_place.h"

#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/paths/schema_instance.h"

namespace gateway::mapping {

using document::Kind;
using document::Node;

bool isEmptyPlace(const Node& node) {
    if (isNull(node)) return true;
    if (node.kind == Kind::Number || node.kind == Kind::Boolean) return false;
    return node.children.empty() && trimmed(node.value).empty();
}

bool hasAttributesAlone(const Node& node) {
    return node.kind == Kind::Element && node.value.empty() && !node.children.empty() &&
           std::ranges::all_of(node.children, [](const Node& child) {
               return child.kind == Kind::Attribute && child.namespaceUri != kSchemaInstance;
           });
}

void markEmpty(Run& run, const Node& node) {
    run.mark(node, Marks::Use::Used);
    if (const Node* const nil = nilOf(node)) run.mark(*nil, Marks::Use::Used);
}

}  // namespace gateway::mapping
