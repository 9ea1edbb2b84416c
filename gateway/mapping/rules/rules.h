#pragma once
// The rules of one mapping, compiled: what compile.h makes of a file and runner.h carries out.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/mapping/paths/paths.h"
#include "gateway/mapping/values/value_type.h"

namespace re2 {
class RE2;
}

namespace gateway::mapping {

enum class Flow : std::uint8_t { In, Out };

/// Something stated for each direction.
struct PerFlow {
    bool in = false, out = false;
    [[nodiscard]] bool operator()(Flow flow) const noexcept { return flow == Flow::In ? in : out; }
};

struct Presence {
    PerFlow required;
    bool emptyIsAbsent = false;
};

struct Rule;
using Rules = std::vector<Rule>;

/// Goes down; a side without a path stays where it is.
struct GroupRule {
    std::optional<Path> theirs, ours;
    Presence presence;
    Rules rules;
};

struct FieldRule {
    std::vector<Path> theirs;  ///< in the order in which they are tried
    std::size_t written = 0;   ///< which of them is written
    Path ours;
    std::shared_ptr<const ValueType> type;
    document::Kind jsonKind{};  ///< in theirs, where that is JSON
    Presence presence;
    std::optional<std::string> fallback;  ///< ours
};

struct EachRule {
    Path theirs, ours;
    bool ofValues = false;  ///< our items are texts, numbers or booleans
    Presence presence;
    Rules rules;
};

struct TokensRule {
    Path theirs, ours;
    std::string separator;
    std::shared_ptr<const ValueType> type;
    Presence presence;
};

/// One side only.
struct ConstantRule {
    std::optional<Path> theirs, ours;
    document::Kind kind{};  ///< as it stands in JSON
    std::string value;
    PerFlow required;
};

struct PatternPiece {
    Path ours;
    std::shared_ptr<const ValueType> type;
};

struct PatternRule {
    Path theirs;
    std::string form;
    std::shared_ptr<const re2::RE2> expression;  ///< one group for each piece, in order of `texts`
    std::vector<std::string> texts;              ///< between the pieces: one more than pieces
    std::vector<PatternPiece> pieces;            ///< in the order in which they stand in the form
    std::optional<Path> otherwise;
    Presence presence;
};

struct Option {
    Condition whenTheirs, whenOurs;
    Rules rules;
};

struct ChooseRule {
    std::vector<Option> options;
    PerFlow required;
};

struct LeaveRule {
    Path theirs;
    bool keep = false;
    std::string why;
};

/// One rule. Its address is stable while the plan lives; reports refer to it.
struct Rule {
    PerFlow active;
    std::string text;  ///< as written, with its line: for reports and faults
    std::variant<GroupRule, FieldRule, EachRule, TokensRule, ConstantRule, PatternRule, ChooseRule,
                 LeaveRule>
        what;
};

struct Accept {
    std::optional<Step> root;  ///< XML
    Condition when;
};

}  // namespace gateway::mapping
