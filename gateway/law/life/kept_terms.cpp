// Between the terms of a case and what is recorded of them.

#include <algorithm>

#include "gateway/law/life/deadlines.h"

namespace gateway::law {
namespace {

const TermRule* ruleOf(const std::vector<TermRule>& rules, const model::Term& term) {
    for (const auto& rule : rules)
        if (rule.id == term.rule && rule.period.from.value_or(base::Date{}) == term.ruleFrom)
            return &rule;
    return nullptr;
}

std::shared_ptr<const TermRule> goneRule(const model::Term& term) {
    auto rule = std::make_shared<TermRule>();
    rule->id = term.rule;
    rule->vi = term.vi;
    rule->basis = term.basis;
    rule->owes = model::valueOf<Role>(term.owes).value_or(Role::Thads);
    rule->kind = term.kind.value_or(model::TermKind::Duty);
    return rule;
}

}  // namespace

Deadlines::Deadlines(const LawBook& book, const std::vector<model::Term>& kept,
                     std::string_view subject) :
    Deadlines(book, subject) {
    for (const auto& term : kept) {
        Deadline one;
        one.rule = ruleOf(*rules_, term);
        if (!one.rule) one.rule = gone_.emplace_back(goneRule(term)).get();
        one.obligation = term.obligation;
        one.anchor = term.anchor;
        one.start = term.start;
        one.due = term.due;
        one.nearOn = term.nearOn;
        one.answeredOn = term.answeredOn;
        one.explanation = term.explanation;
        one.calendarVersion = term.calendar;
        for (const auto& told : term.tell)
            if (const auto role = model::valueOf<Role>(told)) one.tell.push_back(*role);
        one.wanted = !term.lifted;
        one.near = term.near;
        one.passed = term.passed;
        known_.emplace(Key{one.obligation, one.rule->id, one.anchor}, std::move(one));
    }
}

std::vector<model::Term> Deadlines::kept() const {
    std::vector<model::Term> terms;
    for (const auto& [key, one] : known_) {
        model::Term term;
        term.rule = one.rule->id;
        term.ruleFrom = one.rule->period.from.value_or(base::Date{});
        term.obligation = one.obligation;
        term.anchor = one.anchor;
        term.start = one.start;
        term.due = one.due;
        term.nearOn = one.nearOn;
        term.answeredOn = one.answeredOn;
        term.explanation = one.explanation;
        term.vi = one.rule->vi;
        term.basis = one.rule->basis;
        term.owes = model::nameOf(one.rule->owes);
        if (one.rule->kind != model::TermKind::Duty) term.kind = one.rule->kind;
        for (const auto role : one.tell) term.tell.emplace_back(model::nameOf(role));
        term.calendar = one.calendarVersion;
        term.lifted = !one.wanted;
        term.near = one.near;
        term.passed = one.passed;
        terms.push_back(std::move(term));
    }
    return terms;
}

}  // namespace gateway::law
