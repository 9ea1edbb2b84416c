#pragma once
// A term that somebody owes something by, as it was last recorded in a case. Law: BLDS 2015
// Đ.147-148; which terms there are: mappings/legal-rules/terms.xml.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/names.h"

namespace gateway::model {

/// What is recorded of a term, once each.
enum class DeadlineEvent : std::uint8_t { Set, Moved, Near, Passed, Lifted };
template <>
struct Names<DeadlineEvent> {
    using enum DeadlineEvent;
    static constexpr std::pair<DeadlineEvent, std::string_view> table[] = {
        {Set, "DeadlineSet"},
        {Moved, "DeadlineMoved"},
        {Near, "DeadlineNear"},
        {Passed, "DeadlinePassed"},
        {Lifted, "DeadlineLifted"}};
};

enum class TermOutcome : std::uint8_t {
    Open,
    Passed,  ///< over, not answered
    Met,
    MetLate,
    Lifted  ///< no longer owed
};
template <>
struct Names<TermOutcome> {
    using enum TermOutcome;
    static constexpr std::pair<TermOutcome, std::string_view> table[] = {{Open, "open"},
                                                                         {Passed, "passed"},
                                                                         {Met, "met"},
                                                                         {MetLate, "met-late"},
                                                                         {Lifted, "lifted"}};
};

enum class TermKind : std::uint8_t {
    Duty,
    Breach,  ///< a duty whose neglect is against the law
    Right    ///< a time in which something may be done: nobody owes it
};
template <>
struct Names<TermKind> {
    using enum TermKind;
    static constexpr std::pair<TermKind, std::string_view> table[] = {
        {Duty, "duty"}, {Breach, "breach"}, {Right, "right"}};
};

/// The key is rule, obligation and anchor.
struct Term {
    std::string rule;       ///< id of the term
    base::Date ruleFrom{};  ///< first day of the version of the rule that it keeps
    std::int64_t obligation = 0;
    std::string anchor;  ///< message of the fact for which it runs; empty: one an obligation
    base::Date start{};
    std::optional<base::Date> due, nearOn, answeredOn;
    std::string explanation;  ///< how the day was counted, in Vietnamese
    /// Of the rule, which may be gone from the law by the time it is over.
    std::string vi, basis, owes;        ///< owes: law::Role
    std::optional<TermKind> kind;       ///< none: a duty
    std::vector<std::string> owners;    ///< agencies that held the role when it was recorded last
    std::vector<std::string> tell;      ///< roles
    std::string calendar;               ///< version
    bool lifted = false;                ///< nobody owes it any more
    bool near = false, passed = false;  ///< the clock's word

    bool operator==(const Term&) const = default;

    [[nodiscard]] TermOutcome outcome() const noexcept {
        if (answeredOn) return due && *answeredOn > *due ? TermOutcome::MetLate : TermOutcome::Met;
        if (lifted) return TermOutcome::Lifted;
        return passed ? TermOutcome::Passed : TermOutcome::Open;
    }
};

/// One recorded change.
struct TermChange {
    DeadlineEvent event{};
    std::string rule;
    std::int64_t obligation = 0;
    std::string anchor;
    std::optional<base::Date> was;  ///< with Moved
    std::vector<std::string> told;  ///< roles that are to hear of it
};

/// Whether both, each a term or a change of one, have the same key.
template <class A, class B>
[[nodiscard]] bool ofSameTerm(const A& a, const B& b) {
    return a.rule == b.rule && a.obligation == b.obligation && a.anchor == b.anchor;
}

template <class V>
void describe(V& v, Term& t) {
    v.required("rule", t.rule);
    v.optional("ruleFrom", t.ruleFrom);
    v.required("obligation", t.obligation);
    v.optional("anchor", t.anchor);
    v.required("start", t.start);
    v.optional("due", t.due);
    v.optional("nearOn", t.nearOn);
    v.optional("answeredOn", t.answeredOn);
    v.required("explanation", t.explanation);
    v.required("vi", t.vi);
    v.required("basis", t.basis);
    v.required("owes", t.owes);
    v.optional("kind", t.kind);
    v.optional("owners", t.owners);
    v.optional("tell", t.tell);
    v.required("calendar", t.calendar);
    v.optional("lifted", t.lifted);
    v.optional("near", t.near);
    v.optional("passed", t.passed);
}

template <class V>
void describe(V& v, TermChange& c) {
    v.required("event", c.event);
    v.required("rule", c.rule);
    v.required("obligation", c.obligation);
    v.optional("anchor", c.anchor);
    v.optional("was", c.was);
    v.optional("told", c.told);
}

}  // namespace gateway::model
