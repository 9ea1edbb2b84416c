#pragma once
// Conditions as they were read (mappings/acts/README.md says them all). Internal to the room law.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/law/conditions/condition.h"
#include "gateway/law/conditions/counting.h"
#include "gateway/law/conditions/facts.h"

namespace gateway::law::expression {

/// Whether a law could say so: of a century at most.
[[nodiscard]] bool isLength(Length length) noexcept;

/// Words, brackets and comparisons of a condition, in order.
[[nodiscard]] std::vector<std::string> tokensOf(std::string_view text);

struct DayExpression {
    enum class Kind : std::uint8_t {
        Today,
        Receipt,
        Issued,
        Effective,
        Handed,
        Fact,
        Self,
        Field,
        Due,
        Later,
        Earlier,
        First,
        Soonest,
        After,
        Since,
        Plus
    };
    enum class Slot : std::uint8_t { On, Until, Received, Recorded };
    Kind kind{};
    Slot slot{};
    FactKind fact{};
    std::string word;  ///< the fact's code, the field, the term
    Length length{};
    std::vector<std::shared_ptr<const DayExpression>> days;
};

struct Expression {
    enum class Kind : std::uint8_t {
        Or,
        And,
        Not,
        Category,
        Party,
        Instance,
        Fact,
        LatestFact,
        Newer,
        SaidAfter,
        SameParty,
        LastParty,
        Obligated,
        Names,
        Counts,
        Found,
        Field,
        AnyItem,
        PersonIn,
        Stage,
        Passed,
        Open,
        Defined,
        Compare
    };
    enum class Order : std::uint8_t { Less, LessOrEqual, Greater, GreaterOrEqual, Equal };
    Kind kind{};
    std::vector<std::shared_ptr<const Expression>> parts;
    FactKind fact{}, other{};
    std::string code, otherCode;       ///< of Newer: of these codes only
    bool own = false, last = false;    ///< of the sender; the last one only
    std::string word, member, beside;  ///< of AnyItem: list, its field, another that it has
    std::vector<std::string> values;
    Condition defined;
    Order order{};
    DayTerm left, right;
};

}  // namespace gateway::law::expression
