#include "gateway/law/figures/ruling_view.h"

#include <algorithm>

namespace gateway::law::figures {

using base::Date;
using Kind = RulingExpression::Kind;

RulingView::RulingView(const FigureBook& book, const RulingHistory& history, const Period& period,
                       base::Timestamp cutoff) :
    book_(book),
    history_(history),
    period_(period),
    known_(asKnownAt(history, cutoff, period.last())) {}

const Standing& RulingView::at(Date day) const {
    auto& standing = standings_[day];
    if (!standing)
        standing = std::make_unique<Standing>(book_.law(), known_, day, Standing::Depth::Whole);
    return *standing;
}

bool RulingView::holds(const RulingCondition& condition) const {
    return !condition.read || holds(*condition.read);
}

bool RulingView::holds(const RulingExpression& read) const {
    const auto each = [this](const RulingExpressionPtr& part) { return holds(*part); };
    switch (read.kind) {
        case Kind::Or: return std::ranges::any_of(read.parts, each);
        case Kind::And: return std::ranges::all_of(read.parts, each);
        case Kind::Not: return !holds(*read.parts.front());
        case Kind::Some:
        case Kind::Every: return ofObligations(read);
        case Kind::Late: return isLate(read.word);
        case Kind::RulingKind:
            return std::ranges::count(read.values, model::nameOf(known_.ruling.kind)) > 0;
        case Kind::PartyKind:
            return std::ranges::any_of(known_.ruling.obligations, [&](const auto& obligation) {
                return std::ranges::count(read.values, obligation.obligatedPartyKind) > 0;
            });
        case Kind::Named: return holds(book_.named(read.word));
        case Kind::InPeriod:
        case Kind::BeforePeriod:
        case Kind::ByPeriod: break;
    }
    const auto known = day(read.word);
    if (!known) return false;
    if (read.kind == Kind::InPeriod) return period_.holds(*known);
    return read.kind == Kind::BeforePeriod ? *known < period_.first() : *known <= period_.last();
}

bool RulingView::ofObligations(const RulingExpression& read) const {
    const auto on = when(read.when);
    if (!on) return false;
    const auto& standing = at(*on);
    const auto& condition = book_.definition(read.word).when;
    const auto holdsFor = [&](const Standing::Place& place) {
        return condition.holds(standing.scene(place));
    };
    const auto& places = standing.places();
    return read.kind == Kind::Some ? std::ranges::any_of(places, holdsFor)
                                   : !places.empty() && std::ranges::all_of(places, holdsFor);
}

bool RulingView::isLate(const std::string& term) const {
    return std::ranges::any_of(end().places(), [&](const Standing::Place& place) {
        return std::ranges::any_of(end().deadlines(place), [&](const Deadline* one) {
            const auto outcome = one->outcome();
            return one->rule->id == term &&
                   (outcome == Outcome::Passed || outcome == Outcome::MetLate);
        });
    });
}

std::optional<Date> RulingView::when(const std::string& word) const {
    if (word == "start") return period_.eve();
    return word == "end" ? period_.last() : day(word);
}

std::optional<Date> RulingView::day(const std::string& name) const {
    if (name == kListed)
        return known_.listed.empty() ? std::nullopt
                                     : std::optional(std::ranges::min(known_.listed));
    const auto found = days_.find(name);
    if (found != days_.end()) return found->second;
    const auto& named = book_.day(name);
    return days_[name] = named.first.given() ? firstOf(named) : lasting(named);
}

std::optional<Date> RulingView::firstOf(const NamedDay& named) const {
    const Standing last(book_.law(), known_, period_.last(), Standing::Depth::FactsAlone);
    std::optional<Date> found;
    for (const auto& place : last.places())
        if (const auto one = named.first.in(last.scene(place)); one && (!found || *one < *found))
            found = one;
    return found;
}

// Facts change on their days only. From the last one back, as long as it holds.
std::optional<Date> RulingView::lasting(const NamedDay& named) const {
    const auto since = day(named.since);
    if (!since) return std::nullopt;
    std::set<Date, std::greater<>> days{*since};
    for (const auto& fact : known_.facts)
        if (fact.on > *since) days.insert(fact.on);
    std::optional<Date> found;
    for (const auto on : days) {
        const Standing then(book_.law(), known_, on, Standing::Depth::FactsAlone);
        bool asked = false, all = true;
        for (const auto& place : then.places()) {
            const auto scene = then.scene(place);
            if (!named.of.holds(scene)) continue;
            asked = true;
            all = all && named.every.holds(scene);
        }
        if (!asked || !all) break;
        found = on;
    }
    return found;
}

std::set<Ground> RulingView::grounds(const RulingCondition& condition) const {
    std::set<Ground> found;
    if (condition.read) explain(*condition.read, found);
    return found;
}

// Of what is denied nothing bears witness.
void RulingView::explain(const RulingExpression& read, std::set<Ground>& found) const {
    if (!holds(read)) return;
    for (const auto& part : read.parts) explain(*part, found);
    if (read.kind == Kind::Named && book_.named(read.word).read)
        explain(*book_.named(read.word).read, found);
    if (read.kind == Kind::InPeriod || read.kind == Kind::BeforePeriod ||
        read.kind == Kind::ByPeriod)
        explainDay(read.word, found);
    if (read.kind == Kind::Some || read.kind == Kind::Every) {
        const auto& standing = at(*when(read.when));
        const auto& definition = book_.definition(read.word);
        for (const auto& place : standing.places())
            if (definition.when.holds(standing.scene(place)))
                for (const auto kind : definition.kinds)
                    if (const auto* fact = place.facts.latest(kind))
                        found.insert({std::string(model::nameOf(kind)), fact->source, fact->on});
    }
    if (read.kind == Kind::Late)
        for (const auto& place : end().places())
            for (const auto* one : end().deadlines(place))
                if (one->rule->id == read.word && one->due)
                    found.insert({read.word, one->anchor, *one->due});
}

void RulingView::explainDay(const std::string& name, std::set<Ground>& found) const {
    const auto on = day(name);
    if (!on) return;
    bool told = false;
    for (const auto& fact : known_.facts)
        if (name != kListed && fact.on == *on && !fact.source.empty()) {
            found.insert({std::string(model::nameOf(fact.kind)), fact.source, *on});
            told = true;
        }
    if (!told) found.insert({name, {}, *on});
}

}  // namespace gateway::law::figures
