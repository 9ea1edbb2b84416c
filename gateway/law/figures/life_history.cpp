#include "gateway/law/figures/life_history.h"

#include <algorithm>
#include <deque>

namespace gateway::law::figures {
namespace {

using base::Timestamp;
using document::Node;

// Midnight in Viet Nam.
Timestamp startOf(base::Date day) { return std::chrono::sys_days(day) - std::chrono::hours(7); }

// "items/0/completedOn"
Node* memberAt(Node& node, std::string_view path) {
    if (path.empty()) return &node;
    const auto name = path.substr(0, path.find('/'));
    const auto rest =
        name.size() == path.size() ? path.substr(path.size()) : path.substr(name.size() + 1);
    for (std::size_t i = 0; i < node.children.size(); ++i)
        if (node.kind == document::Kind::Array ? std::to_string(i) == name
                                               : node.children[i].name == name)
            return memberAt(node.children[i], rest);
    return nullptr;
}

class Recorder {
  public:
    Recorder(const LawBook& book, model::Ruling ruling) : book_(book), life_(book, ruling) {
        made_.versions.push_back({std::move(ruling), {}});
    }

    RulingHistory play(std::vector<SaidAct> acts, base::Date until,
                       const CaseLife::Listener& tell) {
        const auto hear = [&](const Step& step) {
            heard(step);
            look();
            tell(step);
        };
        look();
        for (auto& act : acts) {
            life_.advance(act.day, hear);
            said_.insert_or_assign(act.id, act);
            life_.say(std::move(act), hear);
        }
        life_.advance(until, hear);
        return std::move(made_);
    }

  private:
    const model::Ruling& ruling() const { return made_.versions.back().ruling; }

    void heard(const Step& step) {
        if (step.act == "clock") return clock(step.day);
        const auto again = std::ranges::find(step.marks, "SAME_CONTENT", &Mark::name);
        if (step.answer != Answer::Accepted || again != step.marks.end()) return;
        const auto& act = said_.at(step.id);
        const auto& declared = *book_.act(act.type);
        keep(act, declared, act.recordedAt, step.day);
        const auto* about = act.content.child("act");
        if (declared.effect == Effect::Strikes) strike(about->value, act.recordedAt);
        if (declared.effect == Effect::Corrects) correct(act, about->value, step.day);
        if (declared.effect == Effect::Revises && act.ruling)
            made_.versions.push_back({*act.ruling, act.recordedAt});
    }

    void keep(const SaidAct& act, const ActDeclaration& declared, Timestamp known,
              base::Date today) {
        made_.acts.push_back({act.type, act.id, act.sender, act.content, {known, {}}});
        for (auto& fact : factsLeftBy(act, *declared.ruleOn(today), today))
            made_.facts.push_back({std::move(fact), {known, {}}});
    }

    void strike(const std::string& id, Timestamp instant) {
        for (auto& one : made_.facts)
            if (one.fact.source == id && !one.known.until) one.known.until = instant;
        for (auto& one : made_.acts)
            if (one.id == id && !one.known.until) one.known.until = instant;
    }

    // The corrected act is known from its correction on; it was recorded when it was.
    void correct(const SaidAct& correction, const std::string& id, base::Date today) {
        auto& act = said_.at(id);
        for (const auto& change : correction.content.child("changes")->children)
            if (auto* member = memberAt(act.content, change.child("field")->value))
                member->value = change.child("is")->value;
        strike(id, correction.recordedAt);
        keep(act, *book_.act(act.type), correction.recordedAt, today);
    }

    // A stay until a day ends by itself.
    void clock(base::Date day) {
        const auto facts = made_.facts;
        for (const auto& one : facts)
            if (one.fact.kind == FactKind::Stay && !one.known.until && one.fact.until &&
                dayAfter(*one.fact.until) == day) {
                auto end = one.fact;
                end.kind = FactKind::Resumed;
                end.source = "clock/" + one.fact.source;
                end.on = day;
                end.until.reset();
                end.recordedAt = startOf(day);
                made_.facts.push_back({std::move(end), {startOf(day), {}}});
            }
    }

    // As the law judged it: in the scenes in which the case stood when it was said.
    std::vector<Fact> factsLeftBy(const SaidAct& act, const ActRule& rule, base::Date today) const {
        std::vector<Fact> inForce;
        for (const auto& one : made_.facts)
            if (!one.known.until) inForce.push_back(one.fact);
        std::deque<FactsInForce> facts;
        std::vector<Scene> spoken, legal;
        bool named = false;
        for (const auto& obligation : ruling().obligations) {
            Scene scene;
            scene.ruling = &ruling();
            scene.obligation = &obligation;
            scene.groups = &book_.groupsOf(obligation.obligatedPartyKind);
            scene.facts = &facts.emplace_back(inForce, obligation.no);
            const auto stood = stood_.find(obligation.no);
            scene.terms = stood == stood_.end() ? nullptr : &stood->second.terms;
            scene.calendar = &book_.calendar();
            scene.today = today;
            if (stood != stood_.end()) scene.stage = stood->second.stage;
            scene.content = &act.content;
            named = addSpoken(scene, act, rule, spoken) || named;
            if (isLegalNow(rule, scene)) legal.push_back(scene);
        }
        // An act that names no obligation speaks of those for which it is legal.
        return factsOf(rule, act, named || legal.empty() ? spoken : legal);
    }

    // One scene for each item that speaks of the obligation. Whether the act names any.
    static bool addSpoken(Scene scene, const SaidAct& act, const ActRule& rule,
                          std::vector<Scene>& spoken) {
        const auto* list = rule.member.empty()
                               ? nullptr
                               : act.content.child(rule.list.empty() ? rule.member : rule.list);
        if (!list || (list->kind == document::Kind::Array && list->children.empty())) {
            spoken.push_back(scene);
            return false;
        }
        const auto no = std::to_string(scene.obligation->no);
        if (list->kind != document::Kind::Array) {
            if (list->value == no) spoken.push_back(scene);
            return true;
        }
        bool named = false;
        for (const auto& item : list->children) {
            const auto* number = rule.list.empty() ? &item : item.child(rule.member);
            named = named || number;
            if (!number || number->value != no) continue;
            scene.item = rule.list.empty() ? nullptr : &item;
            spoken.push_back(scene);
        }
        if (!named) spoken.push_back(scene);
        return named;
    }

    // How each obligation stands; a copy, because the next act changes the terms in place.
    void look() {
        stood_.clear();
        for (const auto& view : life_.view()) {
            auto& one = stood_[view.no];
            one.stage = view.stage->name;
            for (const auto* deadline : view.deadlines) {
                if (!deadline->wanted) continue;
                auto& state = one.terms[deadline->rule->id];
                if (deadline->due) state.due = deadline->due;
                state.passed |= deadline->passed;
                state.open |= !deadline->answeredOn;
            }
        }
    }

    struct Stood {
        std::string_view stage;
        std::map<std::string, TermState, std::less<>> terms;
    };

    const LawBook& book_;
    CaseLife life_;
    RulingHistory made_;
    std::map<std::string, SaidAct> said_;
    std::map<std::int64_t, Stood> stood_;
};

}  // namespace

RulingHistory playHistory(const LawBook& book, model::Ruling ruling, std::vector<SaidAct> acts,
                          base::Date until, const CaseLife::Listener& tell) {
    return Recorder(book, std::move(ruling)).play(std::move(acts), until, tell);
}

}  // namespace gateway::law::figures
