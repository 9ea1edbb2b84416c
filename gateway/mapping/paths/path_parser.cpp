// Paths; conditions are in condition_parser.cpp.

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "gateway/document/text.h"
#include "gateway/mapping/paths/path_cursor.h"
#include "gateway/mapping/paths/paths.h"

namespace gateway::mapping {
namespace {

constexpr std::size_t kMostSteps = 32;
constexpr std::int32_t kMostOrdinal = 10'000;

constexpr std::array<std::string_view, 9> kExchangeNames = {
    "sender",    "recipient",  "audience", "messageId", "messageType",
    "createdAt", "receivedAt", "channel",  "gateway"};

// Letters of any script; of ASCII those that XML has in names (XML 1.0, 2.3).
bool isXmlName(std::string_view name) {
    const auto is = [](char c, std::string_view also) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<signed char>(c) < 0 || also.find(c) != std::string_view::npos;
    };
    return !name.empty() && is(name.front(), "_") &&
           std::all_of(name.begin(), name.end(), [&](char c) { return is(c, "_-.0123456789"); });
}

}  // namespace

Path PathParser::path(std::string_view text) const {
    PathCursor cursor(text);
    Path path = readPath(cursor);
    if (!cursor.atEnd()) cursor.fail("the path should end");
    return path;
}

std::vector<Path> PathParser::alternatives(std::string_view text) const {
    PathCursor cursor(text);
    std::vector<Path> paths;
    do {
        cursor.skipBlanks();
        paths.push_back(readPath(cursor));
        cursor.skipBlanks();
    } while (cursor.take("|"));
    if (!cursor.atEnd()) cursor.fail("the path should end");
    return paths;
}

Path PathParser::readPath(PathCursor& cursor) const {
    const std::size_t start = cursor.place();
    Path path;
    readStart(cursor, path);
    path.text = cursor.since(start);
    return path;
}

void PathParser::readStart(PathCursor& cursor, Path& path) const {
    if (cursor.take("$position")) {
        path.from = Path::From::Position;
    } else if (cursor.take("$name")) {
        path.from = Path::From::Name;
    } else if (cursor.take("$exchange/")) {
        path.from = Path::From::Exchange;
        path.source = cursor.takeBareName();
        if (std::find(kExchangeNames.begin(), kExchangeNames.end(), path.source) ==
            kExchangeNames.end())
            cursor.fail("the exchange has no value of that name");
    } else if (cursor.take("$partner/")) {
        path.from = Path::From::Exchange;
        path.source = "partner/" + std::string(cursor.takeBareName());
        if (path.source.ends_with('/')) cursor.fail("a name is expected");
    } else if (cursor.take("$document/")) {
        path.from = Path::From::Document;
        path.source = cursor.takeBareName();
        const auto found = documents_->find(path.source);
        if (found == documents_->end())
            cursor.fail("there is no <document> \"" + path.source + "\"");
        if (cursor.take("/")) inForm(found->second).readSteps(cursor, path, cursor.take("/"));
    } else if (cursor.take("$outer/")) {
        if (!outer_) cursor.fail("there is no document around this one");
        path.from = Path::From::Outer;
        inForm(*outer_).readSteps(cursor, path, false);
    } else if (cursor.take("/")) {
        if (rootless_) cursor.fail("a mapping that is used inside a document has no root there");
        path.from = Path::From::Root;
        readSteps(cursor, path, cursor.take("/"));
    } else if (cursor.sees(".") && !cursor.sees("..")) {
        static_cast<void>(cursor.take("."));
        if (cursor.take("//"))
            readSteps(cursor, path, true);
        else if (cursor.sees("[")) {
            readItem(cursor, path);
            readItems(cursor, path);
            if (cursor.take("/")) readSteps(cursor, path, cursor.take("/"));
        }
    } else {
        readSteps(cursor, path, false);
    }
}

void PathParser::readSteps(PathCursor& cursor, Path& path, bool descendant) const {
    for (;;) {
        path.steps.push_back(readStep(cursor));
        Step& step = path.steps.back();
        if (path.steps.size() > kMostSteps) cursor.fail("too many steps");
        if (descendant && step.axis == Step::Axis::Parent) cursor.fail("// goes down");
        if (descendant) step.axis = Step::Axis::Descendant;
        if (path.steps.size() > 1 && path.steps[path.steps.size() - 2].attribute)
            cursor.fail("nothing stands below an attribute");
        readItems(cursor, path);
        if (!cursor.take("/")) return;
        descendant = cursor.take("/");
    }
}

// An item of the array that stands here, and of an array in it: .[2], .[2][1]
void PathParser::readItem(PathCursor& cursor, Path& path) const {
    if (form_ != document::Form::Json) cursor.fail("here itself is no list in XML");
    Step step;
    step.any = true;
    readBrackets(cursor, step);
    step.items = false;
    if (step.ordinal == 0) cursor.fail("a number is expected");
    path.steps.push_back(std::move(step));
}

// Behind NAME[2] or .[2]: [1], an item of the array that is this item.
void PathParser::readItems(PathCursor& cursor, Path& path) const {
    while (form_ == document::Form::Json && path.steps.back().ordinal != 0 && cursor.sees("[")) {
        if (path.steps.size() > kMostSteps) cursor.fail("too many steps");
        readItem(cursor, path);
    }
}

Step PathParser::readStep(PathCursor& cursor) const {
    Step step;
    if (cursor.take("..")) {
        step.axis = Step::Axis::Parent;
        return step;
    }
    readName(cursor, step);
    while (cursor.sees("[") && !(form_ == document::Form::Json && step.ordinal != 0))
        readBrackets(cursor, step);
    return step;
}

void PathParser::readName(PathCursor& cursor, Step& step) const {
    if (form_ == document::Form::Xml) {
        readXmlName(cursor, step);
        return;
    }
    const bool quoted = cursor.sees("'");
    step.name = quoted ? cursor.takeQuoted() : std::string(cursor.takeBareName());
    if (step.name.empty()) cursor.fail("a name is expected");
    step.name = document::toNfc(step.name);  // as readers of JSON and tables give them
    if (quoted) return;
    if (step.name.starts_with('@')) cursor.fail("JSON has no attributes; quote the name");
    step.any = step.name == "*";
    if (!step.any && step.name.find('*') != std::string::npos)
        cursor.fail("* stands alone for any name; quote a name that has it");
}

void PathParser::readXmlName(PathCursor& cursor, Step& step) const {
    step.attribute = cursor.take("@");
    const std::string_view name = cursor.takeBareName();
    if (name == "*") {
        step.any = true;
        return;
    }
    const auto colon = name.find(':');
    const bool prefixed = colon != std::string_view::npos;
    const std::string_view prefix = prefixed ? name.substr(0, colon) : std::string_view();
    step.name = prefixed ? name.substr(colon + 1) : name;
    if (step.name.empty()) cursor.fail("a name is expected");
    if (!isXmlName(step.name)) cursor.fail("\"" + step.name + "\" is no name in XML");
    // As in XML itself, the default namespace is not for attributes.
    if (step.attribute && !prefixed) return;
    const auto found = prefixes_->find(prefix);
    if (found != prefixes_->end())
        step.uri = found->second;
    else if (prefixed)
        cursor.fail("no namespace is declared for this prefix");
}

void PathParser::readBrackets(PathCursor& cursor, Step& step) const {
    if (step.attribute) cursor.fail("an attribute does not repeat");
    if (step.ordinal != 0) cursor.fail("nothing follows [n]");
    static_cast<void>(cursor.take("["));
    if (form_ == document::Form::Json) step.items = true;
    if (cursor.take("]")) return;
    if (cursor.take("last]")) {
        step.ordinal = Step::kLast;
        return;
    }
    if (const auto digits = cursor.takeNumber(); !digits.empty()) {
        const auto* const end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, step.ordinal);
        if (error != std::errc() || stop != end || step.ordinal < 1 ||
            step.ordinal > kMostOrdinal || !cursor.take("]"))
            cursor.fail("[1] is the first, [last] the last");
        return;
    }
    Condition condition = readCondition(cursor);
    if (!cursor.take("]")) cursor.fail("\"]\" is expected");
    step.where.insert(step.where.end(), std::make_move_iterator(condition.begin()),
                      std::make_move_iterator(condition.end()));
    const auto isFixed = [](const Clause& clause) {
        return clause.test == Clause::Test::Equals && !clause.count && !clause.here &&
               clause.inner.empty() && clause.path.isOwn();
    };
    for (auto one = step.where.begin(); one != step.where.end(); ++one)
        if (isFixed(*one) && std::any_of(one + 1, step.where.end(), [&](const Clause& other) {
                return isFixed(other) && other.path.text == one->path.text &&
                       other.literal != one->literal;
            }))
            cursor.fail("\"" + one->path.text + "\" cannot be both");
}

}  // namespace gateway::mapping
