#include "gateway/mapping/paths/references.h"

#include "gateway/mapping/paths/finder.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {

using document::Node;

ReferenceTable::Reference ReferenceTable::referenceIn(const Node& place) const {
    for (const Node& child : place.children)
        for (std::size_t form = 0; child.isLeaf() && form < forms_.size(); ++form)
            if (fits(child, forms_[form].from)) return {&child, form};
    return {};
}

const Node* ReferenceTable::objectOf(const Reference& reference, Marks* marks) {
    fill();
    Entries& entries = entries_[reference.form];
    const auto found = entries.find(trimmed(reference.node->value));
    if (found == entries.end()) return nullptr;
    if (marks != nullptr && !found->second.referred)
        marks->add(*found->second.name, Marks::Use::Used, &forms_[reference.form].rule);
    found->second.referred = true;
    return found->second.object;
}

void ReferenceTable::markUnused(Marks& marks) {
    fill();
    for (std::size_t form = 0; form < forms_.size(); ++form)
        for (const auto& entry : entries_[form])
            if (!entry.second.referred)
                marks.add(*entry.second.name, Marks::Use::Ignored, &forms_[form].rule);
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
        // Forms that differ only in where objects are written name one twice, too.
        for (std::size_t form = 0; child.isLeaf() && form < forms_.size(); ++form)
            if (fits(child, forms_[form].to) &&
                !entries_[form].emplace(trimmed(child.value), Entry{&node, &child, false}).second &&
                (doubled_.empty() || doubled_.back() != &child))
                doubled_.push_back(&child);
        visit(child);
    }
}

}  // namespace gateway::mapping
