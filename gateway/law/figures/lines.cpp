#include "gateway/law/figures/lines.h"

#include <algorithm>
#include <tuple>

#include "gateway/base/time_format.h"

namespace gateway::law::figures {
namespace {

using base::Date;
using document::Node;

template <class T>
bool isIn(const std::vector<T>& all, const T& one) {
    return std::ranges::find(all, one) != all.end();
}

std::string wordsAt(const Node& content, const std::string& field) {
    Scene scene;
    scene.content = &content;
    if (auto words = scene.wordsOf(field); !words.empty()) return words;
    // Of an item of a list: the last that says something.
    std::string found;
    for (const auto& list : content.children)
        if (list.kind == document::Kind::Array)
            for (const auto& item : list.children) {
                scene.content = &item;
                if (auto words = scene.wordsOf(field); !words.empty()) found = std::move(words);
            }
    return found;
}

class Finder {
  public:
    Finder(const Column& column, const RulingView& view) : column_(column), view_(view) {}

    std::vector<Found> all() {
        if (isMatter() && (column_.unit != Unit::Act || column_.when.read)) return {};
        if (!view_.holds(column_.when)) return {};
        switch (column_.unit) {
            case Unit::Act: acts(); break;
            case Unit::Fact: facts(); break;
            case Unit::Term: terms(); break;
            case Unit::Obligation: obligations(); break;
            case Unit::Ruling:
                if (somePlace(nullptr)) add({}, view_.grounds(column_.when), nullptr);
        }
        return std::move(found_);
    }

  private:
    void add(std::string item, std::set<Ground> grounds, const RecordedAct* act) {
        const auto& reference = view_.known().ruling.reference;
        found_.push_back(
            {{view_.history().id,
              reference.number + " ngày " + base::formatDayMonthYear(reference.issuedOn),
              std::move(item),
              {grounds.begin(), grounds.end()}},
             act});
    }

    bool isMatter() const { return !view_.history().matter.empty(); }

    bool somePlace(const Node* content) const {
        if (column_.where.isAlways()) return true;
        if (isMatter()) return holdsAlone(content);
        const auto& end = view_.end();
        return std::ranges::any_of(end.places(), [&](const Standing::Place& place) {
            auto scene = end.scene(place);
            scene.content = content;
            return column_.where.holds(scene);
        });
    }

    // Of an act without a ruling conditions see nothing but what it says.
    bool holdsAlone(const Node* content) const {
        const FactsInForce facts({}, 0);
        const std::map<std::string, TermState, std::less<>> terms;
        Scene scene;
        scene.ruling = &view_.known().ruling;
        scene.facts = &facts;
        scene.terms = &terms;
        scene.calendar = &view_.book().law().calendar();
        scene.today = view_.period().last();
        scene.content = content;
        return column_.where.holds(scene);
    }

    // `other` speaks of `act`, by its number or its id.
    static bool names(const RecordedAct& other, const RecordedAct& act) {
        const auto* number = act.content.child("number");
        return std::ranges::any_of(other.content.children, [&](const Node& member) {
            if (member.name == "number") return false;
            Scene scene;
            scene.content = &other.content;
            const auto words = scene.wordsOf(member.name);
            return words == act.id || (number && words == number->value);
        });
    }

    bool answersSomething(const RecordedAct& act) const {
        return std::ranges::any_of(view_.known().acts, [&](const RecordedAct* other) {
            if (!isIn(column_.answered, other->type)) return false;
            const auto* number = other->content.child("number");
            const auto words = wordsAt(act.content, column_.answers);
            return words == other->id || (number && words == number->value);
        });
    }

    bool isPending(const RecordedAct& act) const {
        return std::ranges::none_of(view_.known().acts, [&](const RecordedAct* other) {
            if (happenedOn(*other, column_.day) > view_.period().last()) return false;
            return (isIn(column_.unanswered, other->type) && names(*other, act)) ||
                   (isIn(column_.unfollowed, other->type) &&
                    happenedOn(*other, column_.day) >= happenedOn(act, column_.day));
        });
    }

    bool answeredLate(Date on) const {
        const auto& end = view_.end();
        return std::ranges::any_of(end.places(), [&](const Standing::Place& place) {
            return std::ranges::any_of(end.deadlines(place), [&](const Deadline* one) {
                return isIn(column_.terms, one->rule->id) && one->answeredOn == on &&
                       one->outcome() == Outcome::MetLate;
            });
        });
    }

    void acts() {
        for (const auto* act : view_.known().acts) {
            if (!isIn(column_.acts, act->type)) continue;
            const auto on = happenedOn(*act, column_.day);
            const auto counts =
                column_.byEnd ? on <= view_.period().last() : view_.period().holds(on);
            if (!counts || !somePlace(&act->content)) continue;
            if (!column_.answers.empty() && !answersSomething(*act)) continue;
            if ((!column_.unanswered.empty() || !column_.unfollowed.empty()) && !isPending(*act))
                continue;
            if (!column_.terms.empty() && !answeredLate(on)) continue;
            add(act->type + " " + act->id, {{act->type, act->id, on}}, act);
        }
    }

    // Several obligations of one ruling may have the same one.
    void facts() {
        std::set<std::tuple<std::string, Date, std::string>> seen;
        for (const auto& fact : view_.known().facts)
            if (fact.kind == column_.fact && (column_.code.empty() || fact.code == column_.code) &&
                view_.period().holds(fact.on) &&
                seen.emplace(fact.source, fact.on, fact.code).second)
                add(std::string(model::nameOf(fact.kind)) + " " + fact.source,
                    {{std::string(model::nameOf(fact.kind)), fact.source, fact.on}}, nullptr);
    }

    bool counts(const Deadline& one) const {
        if (!isIn(column_.terms, one.rule->id)) return false;
        if (!column_.outcomes.empty() && !isIn(column_.outcomes, one.outcome())) return false;
        if (column_.by == TermsBy::End) return !one.answeredOn;
        const auto& day = column_.by == TermsBy::Due ? one.due : one.answeredOn;
        return day && view_.period().holds(*day);
    }

    // What is owed to or by one party for several obligations is owed once.
    void terms() {
        std::set<std::tuple<std::string, std::string, std::optional<Date>>> seen;
        const auto& end = view_.end();
        for (const auto& place : end.places())
            for (const auto* one : end.deadlines(place)) {
                const auto& whose =
                    one->anchor.empty() ? place.obligation->obligatedParty : one->anchor;
                if (!counts(*one) || !seen.emplace(one->rule->id, whose, one->due).second) continue;
                add(one->rule->id + " " + whose,
                    {{one->rule->id, one->anchor, one->due.value_or(one->start)}}, nullptr);
            }
    }

    void obligations() {
        const auto& end = view_.end();
        for (const auto& place : end.places()) {
            const auto scene = end.scene(place);
            const auto on = column_.on.in(scene);
            if (column_.on.given() && (!on || !view_.period().holds(*on))) continue;
            if (!column_.where.holds(scene)) continue;
            auto grounds = view_.grounds(column_.when);
            if (on) grounds.insert({column_.on.text(), {}, *on});
            add("nghĩa vụ " + std::to_string(place.obligation->no), std::move(grounds), nullptr);
        }
    }

    const Column& column_;
    const RulingView& view_;
    std::vector<Found> found_;
};

}  // namespace

Date happenedOn(const RecordedAct& act, const std::string& field) {
    Scene scene;
    scene.content = &act.content;
    return scene.dayOf(field).value_or(base::vietnamDate(act.known.from));
}

std::vector<Found> linesOf(const Column& column, const RulingView& view) {
    return Finder(column, view).all();
}

std::pair<std::string, std::string> valueIn(const Split& split, const Found& found,
                                            const RulingView& view) {
    for (const auto& value : split.values)
        if (view.holds(value.when)) return {value.name, value.vi};
    std::string said;
    if (split.acts.empty() && found.act) said = wordsAt(found.act->content, split.field);
    const RecordedAct* last = nullptr;
    for (const auto* act : view.known().acts)
        if (isIn(split.acts, act->type) &&
            base::vietnamDate(act->known.from) <= view.period().last() &&
            !wordsAt(act->content, split.field).empty() &&
            (!last || act->known.from >= last->known.from))
            last = act;
    if (last) said = wordsAt(last->content, split.field);
    return said.empty() ? std::pair{std::string("none"), split.none} : std::pair{said, said};
}

}  // namespace gateway::law::figures
