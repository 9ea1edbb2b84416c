// Conditions: or, and, not, comparisons.

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "gateway/mapping/paths/path_cursor.h"
#include "gateway/mapping/paths/paths.h"

namespace gateway::mapping {
namespace {

constexpr std::size_t kMostNested = 8;

// Longer signs first.
constexpr std::array<std::pair<std::string_view, Clause::Test>, 6> kSigns = {
    {{"!=", Clause::Test::Differs},
     {"<=", Clause::Test::AtMost},
     {">=", Clause::Test::AtLeast},
     {"<", Clause::Test::Less},
     {">", Clause::Test::Greater},
     {"=", Clause::Test::Equals}}};

std::size_t depthOf(const Condition& condition) {
    std::size_t depth = 0;
    for (const Clause& clause : condition)
        for (const Condition& inner : clause.inner) depth = std::max(depth, 1 + depthOf(inner));
    return depth;
}

}  // namespace

bool canBeMade(const Clause& clause) {
    return clause.test == Clause::Test::Equals && !clause.count &&
           clause.path.from == Path::From::Here &&
           std::all_of(clause.path.steps.begin(), clause.path.steps.end(), [](const Step& step) {
               return step.axis == Step::Axis::Child && !step.any && !step.items;
           });
}

Condition PathParser::condition(std::string_view text) const {
    PathCursor cursor(text);
    Condition condition = readCondition(cursor);
    if (!cursor.atEnd()) cursor.fail("the condition should end");
    if (depthOf(condition) > kMostNested) cursor.fail("a condition nested too deeply");
    return condition;
}

Condition PathParser::readCondition(PathCursor& cursor) const {
    Condition first = readConjunction(cursor);
    if (!cursor.takeWord("or")) return first;
    Clause any;
    any.test = Clause::Test::AnyOf;
    any.inner.push_back(std::move(first));
    do any.inner.push_back(readConjunction(cursor));
    while (cursor.takeWord("or"));
    return {std::move(any)};
}

Condition PathParser::readConjunction(PathCursor& cursor) const {
    Condition condition;
    do {
        readTest(cursor, condition);
        cursor.skipBlanks();
    } while (cursor.takeWord("and"));
    return condition;
}

void PathParser::readTest(PathCursor& cursor, Condition& condition) const {
    cursor.skipBlanks();
    if (cursor.takeWord("not")) {
        Clause none;
        none.test = Clause::Test::NoneOf;
        none.inner.emplace_back();
        readTest(cursor, none.inner.back());
        condition.push_back(std::move(none));
        return;
    }
    if (cursor.take("(")) {
        Condition inner = readCondition(cursor);
        cursor.skipBlanks();
        if (!cursor.take(")")) cursor.fail("\")\" is expected");
        condition.insert(condition.end(), std::make_move_iterator(inner.begin()),
                         std::make_move_iterator(inner.end()));
        return;
    }
    condition.push_back(readClause(cursor));
}

Clause PathParser::readClause(PathCursor& cursor) const {
    Clause clause;
    const bool missing = cursor.takeWord("missing");
    if (missing || cursor.takeWord("exists")) {
        clause.test = missing ? Clause::Test::Missing : Clause::Test::Exists;
        cursor.skipBlanks();
        clause.path = readPath(cursor);
        return clause;
    }
    clause.count = cursor.take("count(");
    clause.path = readPath(cursor);
    if (clause.count && !cursor.take(")")) cursor.fail("\")\" is expected");
    if (clause.path.from == Path::From::Position) cursor.fail("$position cannot be tested");
    if (clause.path.from == Path::From::Name) cursor.fail("$name cannot be tested");
    cursor.skipBlanks();
    readComparison(cursor, clause);
    return clause;
}

void PathParser::readComparison(PathCursor& cursor, Clause& clause) const {
    if (cursor.takeWord("starts")) {
        clause.test = Clause::Test::StartsWith;
        cursor.skipBlanks();
        clause.literal = cursor.takeQuoted();
    } else if (cursor.takeWord("matches")) {
        clause.test = Clause::Test::Matches;
        cursor.skipBlanks();
        clause.literal = cursor.takeQuoted();
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(1 << 20);
        clause.expression = std::make_shared<const re2::RE2>(clause.literal, options);
        if (!clause.expression->ok()) cursor.fail(clause.expression->error());
    } else {
        const auto* const sign = std::find_if(kSigns.begin(), kSigns.end(), [&](const auto& entry) {
            return cursor.take(entry.first);
        });
        if (sign == kSigns.end()) cursor.fail("=, !=, <, >, starts or matches is expected");
        clause.test = sign->second;
        cursor.skipBlanks();
        readLiteral(cursor, clause);
    }
    if (clause.count && (clause.kind != document::Kind::Number || clause.here))
        cursor.fail("a count is compared with a number");
}

void PathParser::readLiteral(PathCursor& cursor, Clause& clause) const {
    if (cursor.take("$here/")) {
        if (clause.test != Clause::Test::Equals) cursor.fail("$here goes with = only");
        clause.here = readPath(cursor);
        cursor.skipBlanks();
        if (!cursor.takeWord("without")) return;
        cursor.skipBlanks();
        clause.without = cursor.takeQuoted();
        if (clause.without.empty()) cursor.fail("without what?");
        return;
    }
    const bool isTrue = cursor.sees("true");
    if (isTrue || cursor.sees("false")) {
        clause.literal = cursor.takeBareName();
        if (clause.literal != (isTrue ? "true" : "false")) cursor.fail("quote a text");
        clause.kind = document::Kind::Boolean;
        return;
    }
    if (!cursor.sees("'")) {
        clause.literal = cursor.takeNumber();
        if (clause.literal.empty()) cursor.fail("a number or a text in single quotes is expected");
        clause.kind = document::Kind::Number;
        return;
    }
    clause.literal = cursor.takeQuoted();
}

}  // namespace gateway::mapping
