#pragma once
// The language in which acts, terms and stages say when: total, without loops, read once.
//
//   CONDITION := CONDITION or CONDITION | CONDITION and CONDITION | not CONDITION | ( CONDITION )
//              | always | category in (a b) | party in (agency) | instance in (ST PT)
//              | FACT | FACT in (CODE ...)           a fact in force, of one of these codes
//              | latest FACT in (CODE ...)           its last one is of one of these codes
//              | FACT newer FACT                       its last one happened later (heard later,
//                                                      if on one day); true if there is no other;
//                                                      each may be FACT(CODE)
//              | own FACT newer FACT    so did the sender's last one
//              | FACT said-after FACT                  its last one was heard of later
//              | field NAME | field NAME in (CODE ...)   the act that is judged says so
//              | same FACT FIELD | same last FACT FIELD   such a fact, or the last one, is of the
//                                       party, or has the number, that the field names
//              | obligated FIELD        the field names the obligated party, or its successor
//              | names FACT FIELD | names last FACT FIELD   the field names the message of such a
//                                                      fact, or of the last one
//              | counts FACT FIELD      the field is the number of such facts and one more
//              | found NAME             the gateway has found that out by reckoning
//              | any LIST FIELD in (CODE ...) with FIELD  so does an item of its list
//              | stage in (STAGE ...) | passed TERM | open TERM | DEFINITION
//              | DAY < DAY, <=, >, >=, =             false if one of them is not known
//   DAY       := today | receipt (of an act: when it came in) | ruling.issued | ruling.effective |
//   ruling.delivered | FACT.on | FACT.until | FACT.received | FACT(CODE).on ...
//              | FACT.recorded           the day on which its message was recorded
//              | field:NAME | due(TERM) | later(DAY DAY) | earlier(DAY DAY) | DAY + N UNIT
//              | first(DAY DAY ...)      the first that is known
//              | soonest(DAY DAY ...)    the earliest of those that are known
//              | after(FACT DAY), since(FACT(CODE) DAY)
//                                        when the first such fact happened after, or from, that day
//   UNIT      := day | working-day | month | year
//
// `this` is the fact for which a term runs: this.on, this.until, this.received.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"

namespace gateway::law {

struct Scene;

namespace expression {
struct Expression;
struct DayExpression;
}  // namespace expression

/// Holds or not in a scene. Made by a Words; a plain value. Always holds when made empty.
class Condition {
  public:
    Condition() = default;
    Condition(std::shared_ptr<const expression::Expression> read, std::string text) :
        read_(std::move(read)), text_(std::move(text)) {}
    [[nodiscard]] bool holds(const Scene& scene) const;
    [[nodiscard]] bool isAlways() const noexcept { return !read_; }
    /// As it was written.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

  private:
    std::shared_ptr<const expression::Expression> read_;
    std::string text_;
};

/// A day that may not be known.
class DayTerm {
  public:
    DayTerm() = default;
    DayTerm(std::shared_ptr<const expression::DayExpression> read, std::string text) :
        read_(std::move(read)), text_(std::move(text)) {}
    [[nodiscard]] std::optional<base::Date> in(const Scene& scene) const;
    [[nodiscard]] bool given() const noexcept { return read_ != nullptr; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

  private:
    std::shared_ptr<const expression::DayExpression> read_;
    std::string text_;
};

/// What a text may speak of. An unknown word is a std::invalid_argument that names it.
struct Words {
    const std::map<std::string, Condition, std::less<>>* definitions = nullptr;
    const std::set<std::string, std::less<>>* terms = nullptr;
    const std::set<std::string, std::less<>>* stages = nullptr;
    const std::set<std::string, std::less<>>* groups = nullptr;
    const std::set<std::string, std::less<>>* fields = nullptr;  ///< null: there is no act
    const std::set<std::string, std::less<>>* findings = nullptr;

    /// Empty text: always.
    [[nodiscard]] Condition condition(std::string_view text) const;
    [[nodiscard]] DayTerm day(std::string_view text) const;
};

}  // namespace gateway::law
