#include "gateway/law/figures/life_history.h"

#include <algorithm>
#include <map>

namespace gateway::law::figures {
namespace {

/// Keeps what each step of a life has added and struck.
class Recorder {
  public:
    Recorder(const LawBook& book, model::Ruling ruling) : book_(book), life_(book, ruling) {
        made_.versions.push_back({std::move(ruling), {}});
    }

    RulingHistory play(std::vector<SaidAct> acts, base::Date until,
                       const CaseLife::Listener& tell) {
        const auto hear = [&](const Step& step) {
            heard(step);
            tell(step);
        };
        for (auto& act : acts) {
            life_.advance(act.day, hear);
            said_.insert_or_assign(act.id, act);
            life_.say(std::move(act), hear);
        }
        life_.advance(until, hear);
        return std::move(made_);
    }

  private:
    void heard(const Step& step) {
        const auto said = said_.find(step.id);  // the clock says no act
        const auto* act = said == said_.end() ? nullptr : &said->second;
        const auto at = act ? act->recordedAt : base::vietnamMidnight(step.day);
        for (const auto& id : step.struck) {
            for (auto& one : made_.facts)
                if (one.fact.source == id && !one.known.until) one.known.until = at;
            endAct(made_, id, act ? act->content.child("changes") : nullptr, at);
        }
        for (const auto& fact : step.facts) made_.facts.push_back({fact, {at, {}}});
        const auto again = std::ranges::find(step.marks, "SAME_CONTENT", &Mark::name);
        if (!act || step.answer != Answer::Accepted || again != step.marks.end()) return;
        made_.acts.push_back({act->type, act->id, act->content, {at, {}}});
        if (book_.act(act->type)->effect == Effect::Revises && act->ruling)
            made_.versions.push_back({*act->ruling, at});
    }

    const LawBook& book_;
    CaseLife life_;
    RulingHistory made_;
    std::map<std::string, SaidAct> said_;
};

}  // namespace

RulingHistory playHistory(const LawBook& book, model::Ruling ruling, std::vector<SaidAct> acts,
                          base::Date until, const CaseLife::Listener& tell) {
    return Recorder(book, std::move(ruling)).play(std::move(acts), until, tell);
}

}  // namespace gateway::law::figures
