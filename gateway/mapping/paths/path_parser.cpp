#include <algorithm>
#include <array>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/paths/paths.h"

namespace gateway::mapping {
namespace {

constexpr std::size_t kMostSteps = 32;
constexpr std::string_view kHere = "$here/";
constexpr std::string_view kExchange = "$exchange/";
constexpr std::string_view kPosition = "$position";

constexpr std::array<std::string_view, 9> kExchangeNames = {
    "sender",    "recipient",  "audience", "messageId", "messageType",
    "createdAt", "receivedAt", "channel",  "gateway"};

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Names without quotes end at anything that means something in a path.
bool endsName(char c) {
    return isBlank(c) || std::string_view("/[]|='\"!$(),").find(c) != std::string_view::npos;
}

}  // namespace

/// A place in the text being parsed.
class PathParser::Cursor {
  public:
    explicit Cursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool atEnd() const { return at_ == text_.size(); }
    [[nodiscard]] std::size_t place() const { return at_; }
    [[nodiscard]] std::string_view since(std::size_t start) const {
        return text_.substr(start, at_ - start);
    }
    [[nodiscard]] bool sees(std::string_view token) const {
        return text_.substr(at_).starts_with(token);
    }
    bool take(std::string_view token) {
        if (!sees(token)) return false;
        at_ += token.size();
        return true;
    }
    void skipBlanks() {
        while (!atEnd() && isBlank(text_[at_])) ++at_;
    }
    /// A word of letters that stands alone.
    bool takeWord(std::string_view word) {
        if (!sees(word)) return false;
        const std::size_t end = at_ + word.size();
        if (end < text_.size() && !isBlank(text_[end])) return false;
        at_ = end;
        return true;
    }
    std::string_view takeBareName() {
        const std::size_t start = at_;
        while (!atEnd() && !endsName(text_[at_])) ++at_;
        return text_.substr(start, at_ - start);
    }
    /// 'text', with '' for a quote.
    std::string takeQuoted() {
        std::string text;
        if (!take("'")) fail("a text in single quotes is expected");
        for (;;) {
            const auto quote = text_.find('\'', at_);
            if (quote == std::string_view::npos) fail("a quote is not closed");
            text.append(text_.substr(at_, quote - at_));
            at_ = quote + 1;
            if (!take("'")) return text;
            text.push_back('\'');
        }
    }
    [[noreturn]] void fail(const std::string& reason) const {
        throw base::Fault(reason + ", at character " + std::to_string(at_ + 1) + " of \"" +
                          std::string(text_) + "\"");
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

Path PathParser::path(std::string_view text) const {
    Cursor cursor(text);
    Path path = readPath(cursor);
    if (!cursor.atEnd()) cursor.fail("the path should end");
    return path;
}

std::vector<Path> PathParser::alternatives(std::string_view text) const {
    Cursor cursor(text);
    std::vector<Path> paths;
    do {
        cursor.skipBlanks();
        paths.push_back(readPath(cursor));
        cursor.skipBlanks();
    } while (cursor.take("|"));
    if (!cursor.atEnd()) cursor.fail("the path should end");
    return paths;
}

Condition PathParser::condition(std::string_view text) const {
    Cursor cursor(text);
    Condition condition = readCondition(cursor);
    if (!cursor.atEnd()) cursor.fail("the condition should end");
    return condition;
}

Path PathParser::readPath(Cursor& cursor) const {
    const std::size_t start = cursor.place();
    Path path;
    if (cursor.take(kPosition)) {
        path.from = Path::From::Position;
    } else if (cursor.take(kExchange)) {
        path.from = Path::From::Exchange;
        path.exchangeName = cursor.takeBareName();
        if (std::find(kExchangeNames.begin(), kExchangeNames.end(), path.exchangeName) ==
            kExchangeNames.end())
            cursor.fail("the exchange has no value of that name");
    } else if (cursor.sees(".")) {
        static_cast<void>(cursor.take("."));
    } else {
        if (cursor.take("/")) path.from = Path::From::Root;
        do {
            path.steps.push_back(readStep(cursor));
            if (path.steps.size() > kMostSteps) cursor.fail("too many steps");
            if (path.steps.size() > 1 && path.steps[path.steps.size() - 2].attribute)
                cursor.fail("nothing stands below an attribute");
        } while (cursor.take("/"));
    }
    path.text = cursor.since(start);
    return path;
}

Step PathParser::readStep(Cursor& cursor) const {
    Step step;
    readName(cursor, step);
    while (cursor.sees("[")) readBrackets(cursor, step);
    return step;
}

void PathParser::readName(Cursor& cursor, Step& step) const {
    if (form_ == document::Form::Json) {
        step.name = cursor.sees("'") ? cursor.takeQuoted() : std::string(cursor.takeBareName());
        if (step.name.starts_with('@')) cursor.fail("JSON has no attributes; quote the name");
        if (step.name.empty()) cursor.fail("a name is expected");
        return;
    }
    step.attribute = cursor.take("@");
    const std::string_view name = cursor.takeBareName();
    const auto colon = name.find(':');
    const bool prefixed = colon != std::string_view::npos;
    const std::string_view prefix = prefixed ? name.substr(0, colon) : std::string_view();
    step.name = prefixed ? name.substr(colon + 1) : name;
    if (step.name.empty()) cursor.fail("a name is expected");
    // As in XML itself, the default namespace is not for attributes.
    if (step.attribute && !prefixed) return;
    const auto found = prefixes_.find(prefix);
    if (found != prefixes_.end())
        step.uri = found->second;
    else if (prefixed)
        cursor.fail("no namespace is declared for this prefix");
}

void PathParser::readBrackets(Cursor& cursor, Step& step) const {
    if (step.attribute) cursor.fail("an attribute does not repeat");
    static_cast<void>(cursor.take("["));
    if (form_ == document::Form::Json) step.items = true;
    if (cursor.take("]")) return;
    Condition condition = readCondition(cursor);
    if (!cursor.take("]")) cursor.fail("\"]\" is expected");
    step.where.insert(step.where.end(), std::make_move_iterator(condition.begin()),
                      std::make_move_iterator(condition.end()));
}

Condition PathParser::readCondition(Cursor& cursor) const {
    Condition condition;
    do {
        condition.push_back(readClause(cursor));
        cursor.skipBlanks();
    } while (cursor.takeWord("and"));
    return condition;
}

Clause PathParser::readClause(Cursor& cursor) const {
    Clause clause;
    cursor.skipBlanks();
    const bool missing = cursor.takeWord("missing");
    if (missing || cursor.takeWord("exists")) {
        clause.test = missing ? Clause::Test::Missing : Clause::Test::Exists;
        cursor.skipBlanks();
        clause.path = readPath(cursor);
        return clause;
    }
    clause.path = readPath(cursor);
    if (clause.path.from == Path::From::Position) cursor.fail("$position cannot be tested");
    cursor.skipBlanks();
    if (cursor.take("!="))
        clause.test = Clause::Test::Differs;
    else if (cursor.take("="))
        clause.test = Clause::Test::Equals;
    else if (cursor.takeWord("starts"))
        clause.test = Clause::Test::StartsWith;
    else
        cursor.fail("=, != or starts is expected");
    cursor.skipBlanks();
    if (cursor.take(kHere)) {
        if (clause.test != Clause::Test::Equals) cursor.fail("$here goes with = only");
        clause.here = readPath(cursor);
        cursor.skipBlanks();
        if (cursor.takeWord("without")) {
            cursor.skipBlanks();
            clause.without = cursor.takeQuoted();
            if (clause.without.empty()) cursor.fail("without what?");
        }
    } else {
        clause.literal = cursor.takeQuoted();
    }
    return clause;
}

}  // namespace gateway::mapping
