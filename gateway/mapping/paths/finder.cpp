#include "gateway/mapping/paths/finder.h"

#include <algorithm>

#include "gateway/document/text.h"
#include "gateway/mapping/paths/schema_instance.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {

using document::Form;
using document::Kind;
using document::Node;

namespace {

// Of one key: every item may look for it.
constexpr std::size_t kMostAlike = 16;

}  // namespace

std::optional<Here> Finder::startOf(const Here& here, const Path& path) const {
    switch (path.from) {
        case Path::From::Root: return start();
        case Path::From::Outer: return scopes_.back().outer;
        case Path::From::Document: {
            if (documents_ == nullptr) return std::nullopt;
            const auto found = documents_->find(path.source);
            if (found == documents_->end()) return std::nullopt;
            return Here{&found->second->root, found->second->form == Form::Xml, 0};
        }
        default: return here;
    }
}

Nodes Finder::find(const Here& here, const Path& path, const RuleText* rule) {
    unlike_ = {};
    Nodes found;
    const auto from = startOf(here, path);
    if (!from) return found;
    const Walk walk{path.steps, here, rule, found};
    if (path.steps.empty()) {
        if (!from->document) found.push_back(from->node);
        return found;
    }
    if (!from->document) {
        descend(*from->node, 0, walk);
    } else if (path.steps.front().axis == Step::Axis::Descendant) {
        if (fits(*from->node, path.steps.front())) arrive(*from->node, 0, walk);
        descend(*from->node, 0, walk);
    } else if (fits(*from->node, path.steps.front())) {
        arrive(*from->node, 0, walk);
    }
    return found;
}

// Recursion is as deep as the path has steps, and below a step //A as the tree is.
void Finder::descend(const Node& node, std::size_t at, const Walk& walk) {
    const Step& step = walk.steps[at];
    if (step.axis == Step::Axis::Parent) {
        if (const Node* const parent = parentOf(node)) arrive(*parent, at, walk);
        return;
    }
    if (lookUp(node, at, walk)) return;
    if (node.kind == Kind::Array && !step.any && step.axis == Step::Axis::Child)
        unlike_.array = &node;
    if (step.ordinal == 0 && step.axis == Step::Axis::Child && !step.items) {
        for (const Node& child : node.children) {
            if (++visits_ > mostVisits_) return;
            if (!fits(child, step) || child.isPieceOf(node)) continue;
            if (node.kind == Kind::Array && !step.any) return;
            arrive(child, at, walk);
            if (node.kind == Kind::Object && !step.any) return;  // no two members alike
        }
        return;
    }
    Nodes reached;
    goDown(node, at, walk, reached);
    if (step.ordinal > 0) {
        const auto wanted = static_cast<std::size_t>(step.ordinal);
        if (wanted <= reached.size()) arrive(*reached[wanted - 1], at, walk);
    } else if (step.ordinal == Step::kLast) {
        if (!reached.empty()) arrive(*reached.back(), at, walk);
    } else {
        for (const Node* const one : reached) arrive(*one, at, walk);
    }
}

void Finder::goDown(const Node& node, std::size_t at, const Walk& walk, Nodes& reached) {
    const Step& step = walk.steps[at];
    const bool deep = step.axis == Step::Axis::Descendant;
    if (node.kind == Kind::Array && !deep && !step.any) return;
    for (const Node& child : node.children) {
        if (++visits_ > mostVisits_) return;
        if (child.isPieceOf(node)) continue;  // no place of its own
        if ((node.kind != Kind::Array || step.any) && fits(child, step))
            tryChild(child, at, walk, reached);
        // A leaf may have attributes.
        if (deep && !child.children.empty()) goDown(child, at, walk, reached);
    }
}

void Finder::tryChild(const Node& child, std::size_t at, const Walk& walk, Nodes& reached) {
    if (!walk.steps[at].items) {
        reached.push_back(&child);
        return;
    }
    if (child.kind != Kind::Array) {
        // On the way to something else one object is looked at as an item would be.
        const bool passes = child.kind == Kind::Object && at + 1 < walk.steps.size() &&
                            !walk.steps[at].where.empty();
        if (passes || (walk.steps[at].single && child.kind != Kind::Null))
            reached.push_back(&child);
        else
            unlike_.notAnArray = &child;
        return;
    }
    mark(child, Marks::Use::Passed, walk.rule);
    for (const Node& item : child.children) reached.push_back(&item);
}

void Finder::arrive(const Node& node, std::size_t at, const Walk& walk) {
    const Step& step = walk.steps[at];
    const Node* const place = references_ ? resolved(node, walk) : &node;
    if (place == nullptr) return;
    const Here here{place, false, 0};
    if (!step.where.empty()) {
        const Unlike before = unlike_;  // conditions find for themselves
        const bool holds =
            std::all_of(step.where.begin(), step.where.end(), [&](const Clause& clause) {
                return clauseHolds(here, walk.origin, clause, walk.rule);
            });
        for (const Clause& clause : step.where)
            if (holds && clause.here) markKeys(here, walk, clause);
        unlike_ = before;
        if (!holds) return;
    }
    if (at + 1 == walk.steps.size()) {
        walk.found.push_back(place);
        return;
    }
    if (step.axis != Step::Axis::Parent) mark(*place, Marks::Use::Passed, walk.rule);
    descend(*place, at + 1, walk);
}

// The object that a place refers to instead of holding it; the place itself if it holds it.
const Node* Finder::resolved(const Node& node, const Walk& walk) {
    if (node.isLeaf() && node.children.empty()) return &node;
    const auto reference = references_->referenceIn(node);
    if (reference.node == nullptr) return &node;
    mark(node, Marks::Use::Passed, walk.rule);
    mark(*reference.node, Marks::Use::Used, walk.rule);
    if (const Node* const nil = nilOf(node)) mark(*nil, Marks::Use::Used, walk.rule);
    const Node* const object = references_->objectOf(reference, marks_);
    if (object != nullptr && !standsIn(node, *object)) return object;
    Nodes& wrong = object == nullptr ? dangling_ : circular_;
    if (std::find(wrong.begin(), wrong.end(), reference.node) == wrong.end())
        wrong.push_back(reference.node);
    return nullptr;
}

bool Finder::standsIn(const Node& node, const Node& object) {
    const Node* at = &node;
    while (at != nullptr && at != &object) at = parentOf(*at);
    return at != nullptr;
}

// What a look-up knows exactly, since it is what stands where the look-up comes from.
void Finder::markKeys(const Here& item, const Walk& walk, const Clause& clause) {
    if (clause.test != Clause::Test::Equals || clause.count) return;
    for (const Node* key : find(walk.origin, *clause.here, walk.rule)) {
        mark(*key, Marks::Use::Used, walk.rule);
        for (const Node* own : find(item, clause.path, walk.rule))
            if (document::sameText(keyOf(*key, clause), keyOf(*own, clause)))
                mark(*own, Marks::Use::Used, walk.rule);
    }
}

// A step one of whose conditions compares with a value from here is answered by an index; its
// other conditions are asked of what has that value.
bool Finder::lookUp(const Node& parent, std::size_t at, const Walk& walk) {
    const Step& step = walk.steps[at];
    const auto isKey = [](const Clause& clause) { return clause.here.has_value(); };
    if (step.axis != Step::Axis::Child ||
        std::count_if(step.where.begin(), step.where.end(), isKey) != 1)
        return false;
    const Clause& clause = *std::find_if(step.where.begin(), step.where.end(), isKey);
    const auto fulfils = [&](const Node& item) {
        return std::all_of(step.where.begin(), step.where.end(), [&](const Clause& other) {
            return &other == &clause ||
                   clauseHolds(Here{&item, false, 0}, walk.origin, other, walk.rule);
        });
    };
    const auto entry = indexes_.try_emplace({&parent, &step});
    Index& index = entry.first->second;
    if (entry.second) {
        Nodes items;
        goDown(parent, at, walk, items);
        for (const Node* const item : items)
            for (const Node* key : find(Here{item, false, 0}, clause.path, walk.rule))
                index.emplace(keyText(*key, clause), item);
    }
    for (const Node* key : find(walk.origin, *clause.here, walk.rule)) {
        const auto [first, last] = index.equal_range(keyText(*key, clause));
        // What is behind stays unused, and is told as that.
        std::size_t taken = 0;
        for (auto match = first; match != last && taken < kMostAlike; ++match) {
            const Node& item = *match->second;
            if (!fulfils(item)) continue;
            ++taken;
            for (const Node* used : find(Here{&item, false, 0}, clause.path, walk.rule))
                mark(*used, Marks::Use::Used, walk.rule);
            mark(*key, Marks::Use::Used, walk.rule);
            if (at + 1 == walk.steps.size()) {
                walk.found.push_back(&item);
            } else {
                mark(item, Marks::Use::Passed, walk.rule);
                descend(item, at + 1, walk);
            }
        }
    }
    return true;
}

// One text in whatever Unicode form it was typed.
std::string_view Finder::keyText(const Node& node, const Clause& clause) {
    const std::string_view key = keyOf(node, clause);
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::ranges::all_of(key, isAscii)) return key;
    std::string normalised = document::toNfc(key);
    if (normalised == key) return key;
    return normalisedKeys_.emplace_back(std::move(normalised));
}

const Node* Finder::parentOf(const Node& node) {
    for (; notedScopes_ < scopes_.size(); ++notedScopes_) noteParents(*scopes_[notedScopes_].root);
    if (!notedDocuments_ && documents_ != nullptr) {
        notedDocuments_ = true;
        for (const auto& entry : *documents_) noteParents(entry.second->root);
    }
    auto found = parents_.find(&node);
    while (found != parents_.end() && found->second->kind == Kind::Array)
        found = parents_.find(found->second);
    return found == parents_.end() ? nullptr : found->second;
}

// Depth is that of the tree.
void Finder::noteParents(const Node& node) {
    for (const Node& child : node.children) {
        parents_.emplace(&child, &node);
        noteParents(child);
    }
}

void Finder::markAll(const Node& node, Marks::Use use, const RuleText* rule) {
    mark(node, use, rule);
    for (const Node& child : node.children) markAll(child, use, rule);
}

}  // namespace gateway::mapping
