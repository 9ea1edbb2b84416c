// How the finder tests conditions.

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

#include "gateway/document/text.h"
#include "gateway/mapping/paths/finder.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {

using document::Kind;
using document::Node;

namespace {

std::optional<double> numberOf(std::string_view text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end) return std::nullopt;
    return value;
}

bool ordered(Clause::Test test, int comparison) {
    switch (test) {
        case Clause::Test::Equals: return comparison == 0;
        case Clause::Test::Differs: return comparison != 0;
        case Clause::Test::Less: return comparison < 0;
        case Clause::Test::AtMost: return comparison <= 0;
        case Clause::Test::Greater: return comparison > 0;
        case Clause::Test::AtLeast: return comparison >= 0;
        default: return false;
    }
}

// Numbers as numbers, where the literal is one; texts in the order of their letters' codes, so
// that days in yyyy-MM-dd are in the order of days.
bool compares(const Clause& clause, std::string_view text) {
    if (clause.kind == Kind::Number) {
        const auto left = numberOf(text);
        const auto right = numberOf(clause.literal);
        if (!left || !right) return false;
        return ordered(clause.test, *left < *right ? -1 : *left > *right ? 1 : 0);
    }
    return ordered(clause.test, document::toNfc(text).compare(document::toNfc(clause.literal)));
}

bool is(const Clause& clause, const Node& node) {
    const auto text = trimmed(node.value);
    if (clause.kind == Kind::Number) {
        const auto left = numberOf(text);
        return left && left == numberOf(clause.literal);
    }
    return document::sameText(text, clause.literal);
}

// An array is as many as its items.
std::size_t countOf(const Nodes& found) {
    std::size_t count = 0;
    for (const Node* const node : found)
        count += node->kind == Kind::Array ? node->children.size() : 1;
    return count;
}

}  // namespace

std::string_view keyOf(const Node& node, const Clause& clause) {
    auto key = trimmed(node.value);
    if (key.starts_with(clause.without)) key.remove_prefix(clause.without.size());
    return key;
}

bool Finder::holds(const Here& here, const Condition& condition, const RuleText* rule) {
    return std::all_of(condition.begin(), condition.end(),
                       [&](const Clause& clause) { return clauseHolds(here, here, clause, rule); });
}

bool Finder::clauseHolds(const Here& here, const Here& origin, const Clause& clause,
                         const RuleText* rule) {
    const auto innerHolds = [&](const Condition& inner) {
        return std::all_of(inner.begin(), inner.end(),
                           [&](const Clause& one) { return clauseHolds(here, origin, one, rule); });
    };
    if (clause.test == Clause::Test::AnyOf)
        return std::any_of(clause.inner.begin(), clause.inner.end(), innerHolds);
    if (clause.test == Clause::Test::NoneOf)
        return std::none_of(clause.inner.begin(), clause.inner.end(), innerHolds);
    const Nodes found = find(here, clause.path, rule);
    if (clause.count) return compares(clause, std::to_string(countOf(found)));
    const auto any = [&found](const auto& test) {
        return std::any_of(found.begin(), found.end(),
                           [&test](const Node* node) { return test(trimmed(node->value)); });
    };
    switch (clause.test) {
        case Clause::Test::Exists: return !found.empty();
        case Clause::Test::Missing: return found.empty();
        case Clause::Test::Differs:
            return !found.empty() &&
                   std::none_of(found.begin(), found.end(),
                                [&clause](const Node* node) { return is(clause, *node); });
        case Clause::Test::StartsWith:
            return any([&clause](std::string_view text) {
                return document::toNfc(text).starts_with(document::toNfc(clause.literal));
            });
        case Clause::Test::Matches:
            return any([&clause](std::string_view text) {
                return re2::RE2::FullMatch(document::toNfc(text), *clause.expression);
            });
        case Clause::Test::Equals: return equals(origin, clause, found, rule);
        default: return any([&clause](std::string_view text) { return compares(clause, text); });
    }
}

// Only a value that is known exactly by the test counts as read by it.
bool Finder::equals(const Here& origin, const Clause& clause, const Nodes& found,
                    const RuleText* rule) {
    if (clause.here) {
        for (const Node* key : find(origin, *clause.here, rule))
            for (const Node* node : found)
                if (document::sameText(keyOf(*key, clause), keyOf(*node, clause))) return true;
        return false;
    }
    for (const Node* node : found) {
        if (!is(clause, *node)) continue;
        mark(*node, Marks::Use::Used, rule);
        return true;
    }
    return false;
}

}  // namespace gateway::mapping
