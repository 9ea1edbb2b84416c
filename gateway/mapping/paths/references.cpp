#include "gateway/mapping/paths/references.h"

#include <algorithm>

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

bool ReferenceTable::standsAt(const Path& place) const {
    return std::equal(way_.begin(), way_.end(), place.steps.begin(), place.steps.end(),
                      [](const Node* node, const Step& step) { return fits(*node, step); });
}

void ReferenceTable::add(const Node& object, const Node& name) {
    const auto isPlaceOf = [this](const ReferenceForm& form) {
        return form.at && standsAt(*form.at);
    };
    const bool hasPlace = std::ranges::any_of(forms_, isPlaceOf);
    for (std::size_t form = 0; form < forms_.size(); ++form) {
        if (!fits(name, forms_[form].to)) continue;
        // Who refers in one way to objects of two kinds tells them by their names alone.
        const bool isOurs = std::ranges::any_of(forms_, [&](const ReferenceForm& other) {
            const Step& from = forms_[form].from;
            return isPlaceOf(other) && other.from.name == from.name && other.from.uri == from.uri &&
                   other.from.attribute == from.attribute;
        });
        if (hasPlace && !isOurs) continue;
        // Forms that differ only in how they are written name one twice, too.
        if (!entries_[form].emplace(trimmed(name.value), Entry{&object, &name, false}).second &&
            (doubled_.empty() || doubled_.back() != &name))
            doubled_.push_back(&name);
    }
}

// Depth is that of the tree.
void ReferenceTable::visit(const Node& node) {
    const bool named = !node.name.empty() && node.kind != document::Kind::Attribute;
    if (named) way_.push_back(&node);
    for (const Node& child : node.children) {
        if (child.isLeaf()) add(node, child);
        visit(child);
    }
    if (named) way_.pop_back();
}

}  // namespace gateway::mapping
