#include "gateway/mapping/paths/references.h"

#include "gateway/mapping/paths/finder.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {

using document::Node;

const Node* ReferenceTable::referenceIn(const Node& place) const {
    for (const Node& child : place.children)
        if (child.isLeaf() && fits(child, form_.from)) return &child;
    return nullptr;
}

const Node* ReferenceTable::objectOf(std::string_view name, Marks* marks) {
    fill();
    const auto found = entries_.find(trimmed(name));
    if (found == entries_.end()) return nullptr;
    if (marks != nullptr && !found->second.referred)
        marks->add(*found->second.name, Marks::Use::Used, &form_.rule);
    found->second.referred = true;
    return found->second.object;
}

void ReferenceTable::markUnused(Marks& marks) {
    fill();
    for (const auto& entry : entries_)
        if (!entry.second.referred) marks.add(*entry.second.name, Marks::Use::Ignored, &form_.rule);
}

const std::vector<const Node*>& ReferenceTable::doubled() {
    fill();
    return doubled_;
}

void ReferenceTable::fill() {
    if (filled_) return;
    filled_ = true;
    visit(root_);
}

// Depth is that of the tree.
void ReferenceTable::visit(const Node& node) {
    for (const Node& child : node.children) {
        if (child.isLeaf() && fits(child, form_.to)) {
            if (!entries_.emplace(trimmed(child.value), Entry{&node, &child, false}).second)
                doubled_.push_back(&child);
        }
        visit(child);
    }
}

}  // namespace gateway::mapping
