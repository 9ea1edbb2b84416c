#include "gateway/law/conditions/condition.h"

#include <algorithm>
#include <tuple>

#include "gateway/law/conditions/expression.h"
#include "gateway/law/conditions/redaction.h"
#include "gateway/law/conditions/scene.h"

namespace gateway::law {
namespace {

using expression::DayExpression;
using expression::Expression;

bool oneOf(std::string_view value, const std::vector<std::string>& values) {
    return std::ranges::find(values, value) != values.end();
}

std::optional<base::Date> slotOf(const Fact* fact, DayExpression::Slot slot) {
    if (!fact) return std::nullopt;
    switch (slot) {
        case DayExpression::Slot::On: return fact->on;
        case DayExpression::Slot::Until: return fact->until;
        case DayExpression::Slot::Received: return fact->received;
        case DayExpression::Slot::Recorded: break;
    }
    return base::vietnamDate(fact->recordedAt);
}

std::optional<base::Date> evaluate(const DayExpression& day, const Scene& scene);

std::optional<base::Date> either(const DayExpression& day, const Scene& scene) {
    const auto a = evaluate(*day.days[0], scene);
    const auto b = evaluate(*day.days[1], scene);
    if (!a || !b) return std::nullopt;
    return day.kind == DayExpression::Kind::Later ? std::max(*a, *b) : std::min(*a, *b);
}

std::optional<base::Date> firstAfter(const DayExpression& day, const Scene& scene) {
    const auto start = evaluate(*day.days[0], scene);
    if (!start) return std::nullopt;
    for (const auto* fact : scene.facts->of(day.fact, day.word))
        if (fact->on > *start || (day.kind == DayExpression::Kind::Since && fact->on == *start))
            return fact->on;
    return std::nullopt;
}

std::optional<base::Date> soonest(const DayExpression& day, const Scene& scene) {
    std::optional<base::Date> found;
    for (const auto& one : day.days)
        if (const auto known = evaluate(*one, scene); known && (!found || *known < *found))
            found = known;
    return found;
}

std::optional<base::Date> evaluate(const DayExpression& day, const Scene& scene) {
    using enum DayExpression::Kind;
    switch (day.kind) {
        case Today: return scene.today;
        case Receipt: return scene.receivedOn.value_or(scene.today);
        case Issued:
            return scene.ruling ? std::optional(scene.ruling->reference.issuedOn) : std::nullopt;
        case Effective: return scene.ruling ? model::effectOf(*scene.ruling) : std::nullopt;
        case Handed: return scene.ruling ? scene.ruling->deliveredToObligatedOn : std::nullopt;
        case DayExpression::Kind::Fact:
            return slotOf(scene.facts->latest(day.fact, day.word), day.slot);
        case Self: return slotOf(scene.self, day.slot);
        case Field: return scene.dayOf(day.word);
        case Due: {
            if (!scene.terms) return std::nullopt;
            const auto found = scene.terms->find(day.word);
            return found == scene.terms->end() ? std::nullopt : found->second.due;
        }
        case Later:
        case Earlier: return either(day, scene);
        case First:
            for (const auto& one : day.days)
                if (const auto known = evaluate(*one, scene)) return known;
            return std::nullopt;
        case Soonest: return soonest(day, scene);
        case After:
        case Since: return firstAfter(day, scene);
        case Plus: break;
    }
    const auto start = evaluate(*day.days[0], scene);
    if (!start) return std::nullopt;
    return count(*start, day.length, *scene.calendar).due;
}

bool compare(const Expression& read, const Scene& scene) {
    const auto left = read.left.in(scene);
    const auto right = read.right.in(scene);
    if (!left || !right) return false;
    switch (read.order) {
        case Expression::Order::Less: return *left < *right;
        case Expression::Order::LessOrEqual: return *left <= *right;
        case Expression::Order::Greater: return *left > *right;
        case Expression::Order::GreaterOrEqual: return *left >= *right;
        case Expression::Order::Equal: break;
    }
    return *left == *right;
}

bool fieldHolds(const Expression& read, const Scene& scene) {
    const auto* node = scene.field(read.word);
    if (!node) return false;
    if (read.values.empty()) return node->kind != document::Kind::Boolean || node->value == "true";
    if (node->kind == document::Kind::Object) node = node->child("code");
    if (!node) return false;
    if (node->kind != document::Kind::Array) return oneOf(node->value, read.values);
    return std::ranges::any_of(
        node->children, [&](const document::Node& item) { return oneOf(item.value, read.values); });
}

bool anyItemHolds(const Expression& read, const Scene& scene) {
    const auto* list = scene.content ? scene.content->child(read.word) : nullptr;
    if (!list) return false;
    return std::ranges::any_of(list->children, [&](const document::Node& item) {
        const auto* member = item.child(read.member);
        return member && oneOf(member->value, read.values) &&
               (read.beside.empty() || item.child(read.beside) != nullptr);
    });
}

// A party or number as the act writes it, as such or as an object that has one.
bool isOfSameParty(const Expression& read, const Scene& scene) {
    const auto words = scene.wordsOf(read.word);
    return !words.empty() && std::ranges::any_of(scene.facts->of(read.fact), [&](const Fact* fact) {
        return fact->party == words || fact->number == words;
    });
}

// The same of the one that happened last, or was heard of last on that day.
bool isOfLastParty(const Expression& read, const Scene& scene) {
    const auto words = scene.wordsOf(read.word);
    const Fact* last = nullptr;
    for (const auto* fact : scene.facts->of(read.fact))
        if (!last || std::tie(fact->on, fact->recordedAt) >= std::tie(last->on, last->recordedAt))
            last = fact;
    return last && (last->party == words || last->number == words);
}

// By its name or code in the ruling, or as whoever has taken its place.
bool isObligated(const Expression& read, const Scene& scene) {
    if (scene.namesJudged || !scene.obligation) return true;
    const auto words = scene.wordsOf(read.word);
    return words == scene.obligation->obligatedParty ||
           words == scene.obligation->obligatedAgency ||
           std::ranges::any_of(scene.facts->of(FactKind::Succession),
                               [&](const Fact* fact) { return fact->party == words; });
}

bool factHolds(const Expression& read, const Scene& scene) {
    if (read.values.empty()) return scene.facts->latest(read.fact) != nullptr;
    return std::ranges::any_of(read.values, [&](const std::string& code) {
        return scene.facts->latest(read.fact, code) != nullptr;
    });
}

const Fact* lastOwn(const Expression& read, const Scene& scene) {
    const Fact* found = nullptr;
    for (const auto* fact : scene.facts->of(read.fact, read.code))
        if (model::agencyOf(fact->source) == scene.sender) found = fact;
    return found;
}

// By the day on which they happened, then by when they were heard of; or by the latter alone.
bool isNewer(const Expression& read, const Scene& scene) {
    const auto* one = read.own ? lastOwn(read, scene) : scene.facts->latest(read.fact, read.code);
    const auto* other = scene.facts->latest(read.other, read.otherCode);
    if (!one || !other) return one != nullptr;
    if (read.kind == Expression::Kind::Newer) return scene.facts->isLater(*one, *other);
    return one->recordedAt > other->recordedAt;
}

// The id of a message, as such or as the member of an object.
bool isNamed(const Expression& read, const Scene& scene) {
    const auto* field = scene.field(read.word);
    if (field && field->kind == document::Kind::Object) field = field->child("message");
    if (!field) return false;
    const auto is = [&](const Fact* fact) {
        return fact && model::messageIdOf(fact->source) == field->value;
    };
    if (read.last) return is(scene.facts->latest(read.fact));
    return std::ranges::any_of(scene.facts->of(read.fact), is);
}

bool isNextNumber(const Expression& read, const Scene& scene) {
    const auto* field = scene.field(read.word);
    return field && field->value == std::to_string(scene.facts->of(read.fact).size() + 1);
}

bool tellsAPerson(const Expression& read, const Scene& scene) {
    const auto words = scene.wordsOf(read.word);
    if (words.empty() || !scene.ruling) return false;
    std::vector<std::string> officers;
    for (const auto* fact : scene.facts->of(FactKind::Officer)) officers.push_back(fact->party);
    return hasNameOf(words, privateNamesIn(*scene.ruling, officers));
}

bool evaluate(const Expression& read, const Scene& scene) {
    using enum Expression::Kind;
    const auto holds = [&](const auto& part) { return evaluate(*part, scene); };
    switch (read.kind) {
        case Or: return std::ranges::any_of(read.parts, holds);
        case And: return std::ranges::all_of(read.parts, holds);
        case Not: return !holds(read.parts.front());
        case Category:
            return scene.obligation && oneOf(nameOf(scene.obligation->category), read.values);
        case Party:
            return scene.groups && std::ranges::any_of(read.values, [&](const std::string& group) {
                       return scene.groups->contains(group);
                   });
        case Instance: return scene.ruling && oneOf(nameOf(scene.ruling->instance), read.values);
        case Expression::Kind::Fact: return factHolds(read, scene);
        case LatestFact: {
            const auto* fact = scene.facts->latest(read.fact);
            return fact && oneOf(fact->code, read.values);
        }
        case Newer:
        case SaidAfter: return isNewer(read, scene);
        case Field: return fieldHolds(read, scene);
        case AnyItem: return anyItemHolds(read, scene);
        case SameParty: return isOfSameParty(read, scene);
        case LastParty: return isOfLastParty(read, scene);
        case PersonIn: return tellsAPerson(read, scene);
        case Obligated: return isObligated(read, scene);
        case Names: return isNamed(read, scene);
        case Counts: return isNextNumber(read, scene);
        case Found: return scene.findings && scene.findings->contains(read.word);
        case Stage: return oneOf(scene.stage, read.values);
        case Passed:
        case Open: {
            if (!scene.terms) return false;
            const auto term = scene.terms->find(read.word);
            if (term == scene.terms->end()) return false;
            return read.kind == Passed ? term->second.passed : term->second.open;
        }
        case Defined: return read.defined.holds(scene);
        case Compare: break;
    }
    return compare(read, scene);
}

}  // namespace

bool Condition::holds(const Scene& scene) const { return !read_ || evaluate(*read_, scene); }

std::optional<base::Date> DayTerm::in(const Scene& scene) const {
    return read_ ? evaluate(*read_, scene) : std::nullopt;
}

}  // namespace gateway::law
