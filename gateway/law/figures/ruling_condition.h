#pragma once
// The language in which columns speak of a whole ruling in a period: total, without loops.
//
//   CONDITION := CONDITION or CONDITION | CONDITION and CONDITION | not CONDITION | ( CONDITION )
//              | always
//              | DAY in period | DAY before period | DAY by period    by: not after its last day;
//                                             a day that is not known is none of them
//              | some NAME at WHEN | every NAME at WHEN   of the ruling's obligations, a `define`
//              | late TERM          such a term is over without an answer, or was answered late
//              | kind in (BA QD) | party-kind in (WORD ...)   of some obligated party
//              | NAME               a `ruling` of the file
//   DAY       := listed | a `day` of the file
//   WHEN      := start | end | DAY            start: the evening before the period
//
// What a `define` says is a condition of gateway/law/conditions/condition.h.

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::law::figures {

struct RulingExpression {
    enum class Kind : std::uint8_t {
        Or,
        And,
        Not,
        InPeriod,
        BeforePeriod,
        ByPeriod,
        Some,
        Every,
        Late,
        RulingKind,
        PartyKind,
        Named
    };
    Kind kind{};
    std::vector<std::shared_ptr<const RulingExpression>> parts;
    std::string word, when;  ///< the day, definition, term or name; start, end or a day
    std::vector<std::string> values;
};

using RulingExpressionPtr = std::shared_ptr<const RulingExpression>;

/// A plain value. Holds always when made empty.
struct RulingCondition {
    RulingExpressionPtr read;
    std::string text;  ///< as it was written
};

/// What a text may speak of.
struct RulingWords {
    std::set<std::string, std::less<>> days, definitions, terms, names;
    /// An unknown word is a std::invalid_argument that names it.
    [[nodiscard]] RulingCondition condition(std::string_view text) const;
};

/// The day on which the court sent it, by its list.
inline constexpr std::string_view kListed = "listed";

}  // namespace gateway::law::figures
