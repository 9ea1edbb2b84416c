// What time brings in the life of a case: terms near and over, stays that end, and who is told.

#include <algorithm>

#include "gateway/law/case_life.h"

namespace gateway::law {

using base::Date;

void CaseLife::addNews(Step& step, const std::vector<DeadlineChange>& changes) const {
    for (const auto& change : changes) {
        TermNews news{change.event, *change.deadline, change.was, {}};
        const auto& rule = *change.deadline->rule;
        if (change.event == DeadlineEvent::Near) news.told = {rule.owes};
        if (change.event == DeadlineEvent::Near && rule.owes != Role::Thads)
            news.told.push_back(Role::Thads);
        if (change.event == DeadlineEvent::Moved) news.told = {rule.owes};
        if (change.event == DeadlineEvent::Passed ||
            (change.event == DeadlineEvent::Lifted && (change.deadline->near || change.was)))
            news.told = rule.tell;
        step.terms.push_back(std::move(news));
    }
}

// What follows from new facts, until nothing does: a term that ends may start another one.
void CaseLife::follow(Step& step) {
    for (bool again = true; again;) {
        again = false;
        for (const auto& obligation : ruling_.obligations)
            inScene(obligation, [&](const Scene& scene, const StageLine&) {
                addNews(step, deadlines_.recompute(scene));
            });
        const auto over = deadlines_.tick(today_);
        again = std::ranges::any_of(over, [](const DeadlineChange& change) {
            return change.event == DeadlineEvent::Passed;
        });
        addNews(step, over);
    }
}

Step CaseLife::reread(Date today) {
    today_ = std::max(today_, today);
    Step step;
    step.day = today_;
    step.act = "clock";
    follow(step);
    return step;
}

std::optional<Date> CaseLife::nextStayEnd(Date until) const {
    std::optional<Date> first;
    for (const auto& fact : facts_) {
        if (fact.kind != FactKind::Stay || fact.struck || !fact.until) continue;
        const auto ended = std::ranges::any_of(facts_, [&](const Fact& other) {
            return other.kind == FactKind::Resumed && !other.struck && other.on > fact.on;
        });
        const auto day = dayAfter(*fact.until);
        if (!ended && day <= until && (!first || day < *first)) first = day;
    }
    return first;
}

void CaseLife::endStays(Step& step) {
    std::vector<Fact> ended;
    const auto stays = facts_;
    for (const auto& fact : stays)
        if (fact.kind == FactKind::Stay && !fact.struck && fact.until &&
            dayAfter(*fact.until) == today_) {
            Fact end = fact;
            end.kind = FactKind::Resumed;
            end.on = today_;
            end.source = "clock/" + fact.source;
            end.until.reset();
            ended.push_back(std::move(end));
        }
    add(std::move(ended), step);
}

void CaseLife::advance(Date until, const Listener& tell) {
    for (;;) {
        auto day = deadlines_.nextDay(until);
        if (const auto stay = nextStayEnd(until); stay && (!day || *stay < *day)) day = stay;
        if (!day) break;
        today_ = *day;
        Step step;
        step.day = today_;
        step.act = "clock";
        endStays(step);
        addNews(step, deadlines_.tick(today_));
        follow(step);
        tell(step);
    }
    today_ = std::max(today_, until);
}

}  // namespace gateway::law
