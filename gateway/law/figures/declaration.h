#pragma once
// What is counted, as data: mappings/legal-rules/figures.xml.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateway/law/figures/ruling_condition.h"
#include "gateway/law/life/deadlines.h"
#include "gateway/model/period.h"

namespace gateway::law::figures {

/// What a line of a cell is.
enum class Unit : std::uint8_t { Ruling, Act, Fact, Term, Obligation };
/// Where a column comes from: the text of a law, figures that were published, or our derivation.
enum class Source : std::uint8_t { Law, Published, Derived };
/// Which terms a column of terms looks at.
enum class TermsBy : std::uint8_t { Due, Answered, End };

/// A day of a ruling: either the first that `first` gives for some obligation, or the first since
/// `since` on which every obligation that is `of` is `every`, and stays so until the period's end.
struct NamedDay {
    std::string name, since;
    DayTerm first;
    Condition every, of;
};

/// What is counted is told apart by conditions (the first that holds; the last always does), or by
/// what a field of the act says: of the counted one, or of the last of `acts` in the ruling.
struct Split {
    struct Value {
        std::string name, vi;
        RulingCondition when;
    };
    std::string name, vi, field, none;
    std::vector<std::string> acts;
    std::vector<Value> values;
};

struct Column {
    std::string id, vi, en, basis, origin;
    std::string awaits;  ///< not counted: why
    Source source{};
    model::Period period;  ///< of the last days of the periods for which it is counted
    Unit unit{};
    RulingCondition when;
    Condition where;  ///< of some obligation on the last day; with the act in it
    std::vector<std::string> acts;
    std::string day;      ///< the act's field; empty: the day on which it was recorded
    bool byEnd = false;   ///< acts until the end of the period, not only those in it
    std::string answers;  ///< field of the act that names an act of `answered`
    std::vector<std::string> answered;
    std::vector<std::string> unanswered;  ///< acts that would name it
    std::vector<std::string> unfollowed;  ///< acts that would come after it
    FactKind fact{};
    std::string code;
    std::vector<std::string> terms;  ///< of Unit::Term; of Unit::Act those that it answered late
    std::vector<Outcome> outcomes;
    TermsBy by{};
    DayTerm on;  ///< of Unit::Obligation: a day that must be in the period
    std::vector<std::string> splits;
};

struct Sheet {
    std::string id, form, vi, en, basis;
    Source source{};
    std::vector<Column> columns;
};

/// "A1 - A3"
using Sum = std::vector<std::pair<int, std::string>>;

/// Between the columns of one sheet; of the same column in two periods, if it is across.
struct Identity {
    enum class Across : std::uint8_t { No, YearBefore, ShorterPeriod };
    std::string id, vi;
    Across across{};
    Sum left, right;
    bool atMost = false;   ///< left <= right, else equal
    bool warning = false;  ///< does not keep from locking
};

struct Indicator {
    std::string id, vi, en, basis;
    Source source{};
    Sum numerator, denominator;
};

}  // namespace gateway::law::figures

template <>
struct gateway::model::Names<gateway::law::figures::Unit> {
    using enum gateway::law::figures::Unit;
    static constexpr std::pair<gateway::law::figures::Unit, std::string_view> table[] = {
        {Ruling, "ruling"},
        {Act, "act"},
        {Fact, "fact"},
        {Term, "term"},
        {Obligation, "obligation"}};
};
template <>
struct gateway::model::Names<gateway::law::figures::Source> {
    using enum gateway::law::figures::Source;
    static constexpr std::pair<gateway::law::figures::Source, std::string_view> table[] = {
        {Law, "law"}, {Published, "published"}, {Derived, "derived"}};
};
template <>
struct gateway::model::Names<gateway::law::figures::TermsBy> {
    using enum gateway::law::figures::TermsBy;
    static constexpr std::pair<gateway::law::figures::TermsBy, std::string_view> table[] = {
        {Due, "due"}, {Answered, "answered"}, {End, "end"}};
};
template <>
struct gateway::model::Names<gateway::law::figures::Identity::Across> {
    using enum gateway::law::figures::Identity::Across;
    static constexpr std::pair<gateway::law::figures::Identity::Across, std::string_view> table[] =
        {{No, ""}, {YearBefore, "year-before"}, {ShorterPeriod, "shorter-period"}};
};
