#include "gateway/law/life/deadlines.h"

#include <algorithm>

#include "gateway/base/time_format.h"

namespace gateway::law {
namespace {

using base::Date;

// The code of what ends a stay on the day of a decision; else execution goes on from its day.
constexpr std::string_view kDecided = "decision";
constexpr Date kNever = std::chrono::year(2999) / 12 / 31;

// From the day of the decision until its end, or the day before execution goes on.
std::vector<Pause> staysOf(const FactsInForce& facts) {
    std::vector<Pause> found;
    const auto ends = facts.of(FactKind::Resumed);
    for (const auto* stay : facts.of(FactKind::Stay)) {
        Pause pause{stay->on, stay->until.value_or(kNever)};
        for (const auto* end : ends) {
            if (end->on <= stay->on) continue;
            const auto last = end->code == kDecided ? end->on : dayAfter(end->on, -1);
            pause.until = std::min(pause.until, last);
        }
        found.push_back(pause);
    }
    return found;
}

// A term under a stay whose end nobody knows has no last day yet.
void countInto(Deadline& made, const TermRule& rule, const Scene& scene) {
    auto pauses = rule.pausedByStay ? staysOf(*scene.facts) : std::vector<Pause>();
    std::optional<Date> open;
    for (const auto& pause : pauses)
        if (pause.until == kNever && (!open || pause.from < *open)) open = pause.from;
    std::erase_if(pauses, [](const Pause& pause) { return pause.until == kNever; });
    auto counted = count(made.start, *rule.length, *scene.calendar, pauses);
    if (open && *open <= counted.due) {
        made.explanation = "đang tạm dừng từ " + base::formatDayMonthYear(*open) +
                           "; ngày cuối được tính khi tiếp tục thi hành";
        return;
    }
    made.due = counted.due;
    made.explanation = std::move(counted.explanation);
}

// The reminders, and the one whose day it is: of several that are past only the last is said.
void remindOf(Deadline& made, const TermRule& rule, const Scene& scene) {
    for (const auto& length : rule.near)
        if (made.due) made.nearDays.push_back(before(*made.due, length, *scene.calendar));
    if (const auto day = rule.remind.in(scene); day && !made.due) made.nearDays.push_back(*day);
    std::ranges::sort(made.nearDays);
    for (const auto day : made.nearDays)
        if (!made.nearOn || day <= scene.today) made.nearOn = day;
}

// What has been said of it stays said; after one reminder comes the next, until it is over.
void goOnReminding(Deadline& made, const Deadline& old) {
    if (!old.near) {
        // The next one may be the one after those that were said.
        if (old.nearOn > made.nearOn) made.nearOn = old.nearOn;
        return;
    }
    const auto next = std::ranges::find_if(
        made.nearDays, [&](Date day) { return !old.nearOn || day > *old.nearOn; });
    made.near = old.passed || next == made.nearDays.end();
    if (made.near)
        made.nearOn = old.nearOn;
    else if (made.nearOn <= old.nearOn)
        made.nearOn = *next;
}

// What had passed stays so: only what had happened by its last day takes a term away.
bool isLifted(const TermRule& rule, const Deadline& made, const Scene& scene) {
    if (rule.lifted.isAlways() || !rule.lifted.holds(scene)) return false;
    if (!made.due || *made.due >= scene.today) return true;
    const auto then = scene.facts->asOf(*made.due);
    Scene at = scene;
    at.facts = &then;
    return rule.lifted.holds(at);
}

// The first fact that answers this one, by its number or its message.
const Fact* answerTo(const TermRule& rule, const Scene& scene) {
    const Fact* first = nullptr;
    for (const auto kind : rule.answeredBy)
        for (const auto* fact : scene.facts->of(kind, rule.eachCode)) {
            const bool answers =
                !fact->about.empty() && (fact->about == scene.self->number ||
                                         fact->about == model::messageIdOf(scene.self->source));
            if (!answers) continue;
            if (!first || scene.facts->isLater(*first, *fact)) first = fact;
            break;
        }
    return first;
}

std::optional<Date> answerOf(const TermRule& rule, const Scene& scene) {
    if (!rule.answeredBy.empty()) {
        const auto* answer = answerTo(rule, scene);
        return answer ? std::optional(answer->on) : std::nullopt;
    }
    if (!rule.answered.holds(scene)) return std::nullopt;
    return rule.answeredOn.given() ? rule.answeredOn.in(scene).value_or(scene.today) : scene.today;
}

}  // namespace

Outcome Deadline::outcome() const noexcept {
    if (answeredOn) return due && *answeredOn > *due ? Outcome::MetLate : Outcome::Met;
    if (!wanted) return Outcome::Lifted;
    return passed ? Outcome::Passed : Outcome::Open;
}

std::vector<Role> toldOf(const DeadlineChange& change) {
    const auto& one = *change.deadline;
    switch (change.event) {
        case DeadlineEvent::Near:
        case DeadlineEvent::Moved: return {one.rule->owes};
        case DeadlineEvent::Passed: return one.tell;
        case DeadlineEvent::Lifted: return one.near || change.was ? one.tell : std::vector<Role>();
        case DeadlineEvent::Set: break;
    }
    return {};
}

std::optional<Deadline> Deadlines::want(const TermRule& rule, const Scene& scene) const {
    const auto start = rule.starts.in(scene);
    if (!start || !rule.period.covers(*start) || !rule.applies.holds(scene)) return std::nullopt;
    Deadline made;
    made.rule = &rule;
    made.obligation = scene.obligation->no;
    made.anchor = scene.self ? scene.self->source : std::string();
    made.start = *start;
    made.calendarVersion = scene.calendar->version();
    if (rule.length) {
        countInto(made, rule, scene);
    } else if (const auto end = rule.ends.in(scene)) {
        made.due = end;
        made.explanation =
            "đến hết ngày " + base::formatDayMonthYear(*end) + ", ngày mà văn bản ấn định";
    } else {
        made.explanation =
            "từ " + base::formatDayMonthYear(*start) + "; pháp luật không ấn định thời hạn";
    }
    remindOf(made, rule, scene);
    for (const auto& told : rule.tell)
        if (told.when.holds(scene))
            made.tell.insert(made.tell.end(), told.roles.begin(), told.roles.end());
    made.answeredOn = answerOf(rule, scene);
    // An answer says by its own day whether the term had passed, whenever it is heard of.
    made.passed = made.answeredOn && made.due && *made.answeredOn > *made.due;
    made.wanted = made.answeredOn || !isLifted(rule, made, scene);
    return made;
}

// What the clock has said stays said while the day is the same.
void Deadlines::keep(const TermRule& rule, const std::string& anchor,
                     std::optional<Deadline> wanted, std::int64_t obligation,
                     std::vector<DeadlineChange>& changes) {
    const auto found = known_.find(KeyView{obligation, rule.id, anchor});
    if (!wanted || !wanted->wanted) {
        if (found == known_.end() || found->second.rule != &rule) return;
        auto& old = found->second;
        const bool was = old.wanted && !old.answeredOn;
        old.wanted = false;
        old.answeredOn.reset();
        old.passed = false;
        if (was) changes.push_back({DeadlineEvent::Lifted, &old, {}});
        return;
    }
    if (found == known_.end()) {
        auto& made =
            known_.emplace(Key{obligation, rule.id, anchor}, std::move(*wanted)).first->second;
        changes.push_back({DeadlineEvent::Set, &made, {}});
        if (made.passed) changes.push_back({DeadlineEvent::Passed, &made, {}});
        return;
    }
    auto& old = found->second;
    const auto due = old.due;
    const bool again = !old.wanted, moved = due != wanted->due;
    if (!moved) goOnReminding(*wanted, old);
    if (!moved && !wanted->answeredOn) wanted->passed = old.passed;
    const bool unjust = old.passed && !wanted->passed;
    old = std::move(*wanted);
    if (again)
        changes.push_back({DeadlineEvent::Set, &old, {}});
    else if (moved)
        changes.push_back({DeadlineEvent::Moved, &old, due});
    if (unjust && !again) changes.push_back({DeadlineEvent::Lifted, &old, due});
}

std::vector<DeadlineChange> Deadlines::recompute(const Scene& scene) {
    std::vector<DeadlineChange> changes;
    const auto no = scene.obligation->no;
    // Each rule may build upon the ends of those before it.
    auto terms = states(no);
    Scene here = scene;
    here.terms = &terms;
    // Terms above it for each of the same facts: of them only what they say of this fact counts.
    const auto ofFact = [&](const TermRule& rule, const std::string& anchor) {
        std::optional<TermStates> own;
        for (const auto* other = rules_->data(); other != &rule; ++other) {
            if (other->each != rule.each || other->eachCode != rule.eachCode) continue;
            if (!own) own = terms;
            own->erase(other->id);
            const auto found = known_.find(KeyView{no, other->id, anchor});
            if (found != known_.end()) addState(*own, found->second);
        }
        return own;
    };
    // Most rules have nothing to say of a case.
    const auto isHeld = [&](const TermRule& rule) {
        const auto at = known_.lower_bound(KeyView{no, rule.id, {}});
        return at != known_.end() && std::get<0>(at->first) == no &&
               std::get<1>(at->first) == rule.id;
    };
    for (const auto& rule : *rules_) {
        here.self = scene.self;
        if (!rule.each) {
            auto wanted = want(rule, here);
            if (!wanted && !isHeld(rule)) continue;
            keep(rule, {}, std::move(wanted), no, changes);
            renew(terms, no, rule.id);
            continue;
        }
        const auto each = scene.facts->of(*rule.each, rule.eachCode);
        if (each.empty() && !isHeld(rule)) continue;
        std::vector<std::string> anchors;
        for (const auto* fact : each) {
            here.self = fact;
            anchors.push_back(fact->source);
            const auto own = ofFact(rule, fact->source);
            here.terms = own ? &*own : &terms;
            keep(rule, fact->source, want(rule, here), no, changes);
        }
        here.terms = &terms;
        for (const auto* one : of(no))
            if (one->rule == &rule && std::ranges::find(anchors, one->anchor) == anchors.end())
                keep(rule, std::string(one->anchor), std::nullopt, no, changes);
        renew(terms, no, rule.id);
    }
    return changes;
}

std::optional<Date> Deadlines::nextDay(Date until) const {
    std::optional<Date> first;
    const auto consider = [&](Date day) {
        if (day <= until && (!first || day < *first)) first = day;
    };
    for (const auto& [key, one] : known_) {
        if (!one.wanted || one.answeredOn || one.passed) continue;
        if (one.due) consider(dayAfter(*one.due));
        if (one.nearOn && !one.near) consider(std::max(*one.nearOn, dayAfter(one.start)));
    }
    return first;
}

std::vector<DeadlineChange> Deadlines::tick(Date today) {
    std::vector<DeadlineChange> changes;
    for (auto& [key, one] : known_) {
        if (!one.wanted || one.answeredOn || one.passed) continue;
        if (one.due && dayAfter(*one.due) <= today) {
            one.passed = one.near = true;
            changes.push_back({DeadlineEvent::Passed, &one, {}});
        } else if (one.nearOn && !one.near && std::max(*one.nearOn, dayAfter(one.start)) <= today) {
            one.near = true;
            changes.push_back({DeadlineEvent::Near, &one, {}});
        }
    }
    std::ranges::stable_sort(changes, [](const DeadlineChange& a, const DeadlineChange& b) {
        return a.deadline->due.value_or(kNever) < b.deadline->due.value_or(kNever);
    });
    return changes;
}

void Deadlines::settle(const std::function<void(const Use&)>& scenes, Date today,
                       const std::function<void(const std::vector<DeadlineChange>&)>& hear) {
    for (bool again = true; again;) {
        scenes([&](const Scene& scene) { hear(recompute(scene)); });
        const auto over = tick(today);
        again = !over.empty();
        hear(over);
    }
}

std::vector<const Deadline*> Deadlines::of(std::int64_t obligation) const {
    std::vector<const Deadline*> found;
    for (auto at = known_.lower_bound(KeyView{obligation, {}, {}});
         at != known_.end() && std::get<0>(at->first) == obligation; ++at)
        found.push_back(&at->second);
    return found;
}

void Deadlines::addState(TermStates& states, const Deadline& one) {
    if (!one.wanted) return;
    auto& state = states[one.rule->id];
    if (one.due && (!state.due || *state.due < *one.due)) state.due = one.due;
    state.passed = state.passed || one.passed;
    state.open = state.open || !one.answeredOn;
}

TermStates Deadlines::states(std::int64_t obligation) const {
    TermStates found;
    for (auto at = known_.lower_bound(KeyView{obligation, {}, {}});
         at != known_.end() && std::get<0>(at->first) == obligation; ++at)
        addState(found, at->second);
    return found;
}

// What one rule has just changed. Most have no term in a case.
void Deadlines::renew(TermStates& states, std::int64_t obligation, const std::string& rule) const {
    auto at = known_.lower_bound(KeyView{obligation, rule, {}});
    const auto isOfIt = [&] {
        return at != known_.end() && std::get<0>(at->first) == obligation &&
               std::get<1>(at->first) == rule;
    };
    if (!isOfIt()) return;
    states.erase(rule);
    for (; isOfIt(); ++at) addState(states, at->second);
}

}  // namespace gateway::law
