#include "gateway/mapping/paths/finder.h"

#include <algorithm>
#include <functional>

#include "gateway/document/text.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

// Of one key: every item may look for it.
constexpr std::size_t kMostAlike = 16;

// The value as the clause compares it: RFC 2392 writes cid:7 where others write 7.
std::string_view keyOf(const document::Node& node, const Clause& clause) {
    auto key = trimmed(node.value);
    if (key.starts_with(clause.without)) key.remove_prefix(clause.without.size());
    return key;
}

}  // namespace

using document::Form;
using document::Kind;
using document::Node;

void Marks::seal() {
    const std::less<const Node*> before;
    std::sort(marks_.begin(), marks_.end(), [&before](const Mark& a, const Mark& b) {
        if (a.node != b.node) return before(a.node, b.node);
        return a.use > b.use;
    });
    const auto end = std::unique(marks_.begin(), marks_.end(),
                                 [](const Mark& a, const Mark& b) { return a.node == b.node; });
    marks_.erase(end, marks_.end());
}

const Marks::Mark* Marks::find(const Node& node) const noexcept {
    const auto found = std::lower_bound(marks_.begin(), marks_.end(), &node,
                                        [](const Mark& mark, const Node* wanted) {
                                            return std::less<const Node*>()(mark.node, wanted);
                                        });
    return found != marks_.end() && found->node == &node ? &*found : nullptr;
}

Nodes Finder::find(const Here& here, const Path& path, const Rule* rule) {
    notAnArray_ = nullptr;
    Nodes found;
    const Here from = path.from == Path::From::Root ? start() : here;
    const Walk walk{path.steps, here, rule, found};
    if (path.steps.empty()) {
        if (!from.document) found.push_back(from.node);
    } else if (from.document) {
        if (fits(*from.node, path.steps.front())) arrive(*from.node, 0, walk);
    } else {
        descend(*from.node, 0, walk);
    }
    return found;
}

// Recursion is as deep as the path has steps.
void Finder::descend(const Node& node, std::size_t at, const Walk& walk) {
    if (lookUp(node, at, walk)) return;
    const Step& step = walk.steps[at];
    if (node.kind == Kind::Array) return;
    for (const Node& child : node.children) {
        if (!fits(child, step)) continue;
        tryChild(child, at, walk);
        if (form_ == Form::Json) return;  // no two members alike
    }
}

void Finder::tryChild(const Node& child, std::size_t at, const Walk& walk) {
    const Step& step = walk.steps[at];
    if (!step.items) {
        arrive(child, at, walk);
        return;
    }
    if (child.kind != Kind::Array) {
        notAnArray_ = &child;
        return;
    }
    mark(child, Marks::Use::Passed, walk.rule);
    for (const Node& item : child.children) arrive(item, at, walk);
}

void Finder::arrive(const Node& node, std::size_t at, const Walk& walk) {
    const Step& step = walk.steps[at];
    const Here here{&node, false, 0};
    for (const Clause& clause : step.where)
        if (!clauseHolds(here, walk.origin, clause, walk.rule)) return;
    if (at + 1 == walk.steps.size()) {
        walk.found.push_back(&node);
        return;
    }
    mark(node, Marks::Use::Passed, walk.rule);
    descend(node, at + 1, walk);
}

// A step whose only condition compares with a value from here is answered by an index.
bool Finder::lookUp(const Node& parent, std::size_t at, const Walk& walk) {
    const Step& step = walk.steps[at];
    if (step.where.size() != 1 || !step.where.front().here) return false;
    const Clause& clause = step.where.front();
    const auto entry = indexes_.try_emplace({&parent, &step});
    Index& index = entry.first->second;
    if (entry.second) {
        const auto add = [&](const Node& item) {
            for (const Node* key : find(Here{&item, false, 0}, clause.path, walk.rule))
                index.emplace(keyOf(*key, clause), &item);
        };
        for (const Node& child : parent.children) {
            if (!fits(child, step)) continue;
            if (!step.items) {
                add(child);
            } else if (child.kind == Kind::Array) {
                for (const Node& item : child.children) add(item);
            }
        }
    }
    for (const Node* key : find(walk.origin, *clause.here, walk.rule)) {
        const auto [first, last] = index.equal_range(keyOf(*key, clause));
        // What is behind stays unused, and is told as that.
        std::size_t taken = 0;
        for (auto match = first; match != last && taken < kMostAlike; ++match, ++taken) {
            const Node& item = *match->second;
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

bool Finder::holds(const Here& here, const Condition& condition, const Rule* rule) {
    return std::all_of(condition.begin(), condition.end(),
                       [&](const Clause& clause) { return clauseHolds(here, here, clause, rule); });
}

bool Finder::clauseHolds(const Here& here, const Here& origin, const Clause& clause,
                         const Rule* rule) {
    const Nodes found = find(here, clause.path, rule);
    const auto is = [&clause](const Node* node) {
        return document::sameText(trimmed(node->value), clause.literal);
    };
    switch (clause.test) {
        case Clause::Test::Exists: return !found.empty();
        case Clause::Test::Missing: return found.empty();
        case Clause::Test::Differs:
            return !found.empty() && std::none_of(found.begin(), found.end(), is);
        case Clause::Test::StartsWith:
            return std::any_of(found.begin(), found.end(), [&clause](const Node* node) {
                return document::toNfc(trimmed(node->value))
                    .starts_with(document::toNfc(clause.literal));
            });
        case Clause::Test::Equals: break;
    }
    if (clause.here) {
        for (const Node* key : find(origin, *clause.here, rule))
            for (const Node* node : found)
                if (document::sameText(keyOf(*key, clause), keyOf(*node, clause))) return true;
        return false;
    }
    // Only a value that is known exactly by the test counts as read by it.
    for (const Node* node : found) {
        if (!is(node)) continue;
        mark(*node, Marks::Use::Used, rule);
        return true;
    }
    return false;
}

}  // namespace gateway::mapping
