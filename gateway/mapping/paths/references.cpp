#include "gateway/mapping/paths/references.h"

#include <algorithm>
#include <utility>

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
    const auto names = [&name](const ReferenceForm& form) { return fits(name, form.to); };
    if (std::ranges::none_of(forms_, names)) return;
    std::vector<bool> kinds;
    for (const ReferenceForm& form : forms_) kinds.push_back(form.at && standsAt(*form.at));
    const bool hasKind = std::ranges::find(kinds, true) != kinds.end();
    for (std::size_t form = 0; form < forms_.size(); ++form) {
        if (!names(forms_[form])) continue;
        // Who refers in one way to objects of two kinds tells them by their names alone.
        const Step& from = forms_[form].from;
        bool isOurs = !hasKind;
        for (std::size_t other = 0; other < forms_.size() && !isOurs; ++other) {
            const Step& step = forms_[other].from;
            isOurs = kinds[other] && step.name == from.name && step.uri == from.uri &&
                     step.attribute == from.attribute;
        }
        if (!isOurs) continue;
        // Forms that differ only in how they are written name one twice, too.
        if (!entries_[form].emplace(trimmed(name.value), Entry{&object, &name, false}).second &&
            (doubled_.empty() || doubled_.back() != &name))
            doubled_.push_back(&name);
    }
    if (hasKind) kinds_.emplace(&object, std::move(kinds));
}

bool ReferenceTable::isOfKind(const Node& object, std::size_t form) {
    fill();
    const auto known = kinds_.find(&object);
    return known == kinds_.end() || known->second[form];
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
