// What time brings in the life of a case: terms near and over, stays that end, and who is told.

#include <algorithm>

#include "gateway/law/life/case_life.h"
#include "gateway/model/cases/stays.h"

namespace gateway::law {

using base::Date;

void CaseLife::addNews(Step& step, const std::vector<DeadlineChange>& changes) const {
    for (const auto& change : changes) {
        auto told = toldOf(change);
        // The enforcement authority watches over all of a case.
        if (change.event == DeadlineEvent::Near && change.deadline->rule->owes != Role::Thads)
            told.push_back(Role::Thads);
        step.terms.push_back({change.event, *change.deadline, change.was, std::move(told)});
    }
}

void CaseLife::follow(Step& step) {
    const auto eachObligation = [this](const Deadlines::Use& use) {
        for (const auto& obligation : ruling_.obligations)
            inScene(obligation, [&use](const Scene& scene, const StageLine&) { use(scene); });
    };
    deadlines_.settle(eachObligation, today_, [&](const auto& changes) { addNews(step, changes); });
}

Step CaseLife::reread(Date today) {
    today_ = std::max(today_, today);
    Step step;
    step.day = today_;
    step.act = "clock";
    follow(step);
    return step;
}

// The clock records what is over; what acts have since made untrue no longer counts.
void CaseLife::settleStays(Step& step) {
    for (const auto& source : model::untrueEnds(facts_, ruling_.obligations)) strike(source, step);
    std::vector<Fact> ended;
    for (const auto& end : model::endsToRecord(facts_, ruling_.obligations))
        if (end.on <= today_) ended.push_back(model::recordOf(end));
    add(std::move(ended), step);
}

void CaseLife::advance(Date until, const Listener& tell) {
    for (;;) {
        auto day = deadlines_.nextDay(until);
        if (const auto ends = model::endsToRecord(facts_, ruling_.obligations);
            !ends.empty() && ends.front().on <= until && (!day || ends.front().on < *day))
            day = ends.front().on;
        if (!day) break;
        today_ = std::max(today_, *day);
        Step step;
        step.day = today_;
        step.act = "clock";
        settleStays(step);
        addNews(step, deadlines_.tick(today_));
        follow(step);
        tell(step);
    }
    today_ = std::max(today_, until);
}

}  // namespace gateway::law
