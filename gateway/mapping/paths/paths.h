#pragma once
// Paths and conditions of the mapping language, parsed: names are resolved to namespace and local
// part when a mapping is loaded, so that reading compares names and builds no text.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"

namespace re2 {
class RE2;
}

namespace gateway::mapping {

struct Clause;
/// All of its clauses must hold; an empty one always does.
using Condition = std::vector<Clause>;

/// One step of a path.
struct Step {
    enum class Axis : std::uint8_t { Child, Descendant, Parent };
    static constexpr std::int32_t kLast = -1;

    Axis axis = Axis::Child;
    bool attribute = false;
    bool any = false;          ///< *: whatever its name
    bool items = false;        ///< JSON shapes: the member is an array and its items are meant
    bool single = false;       ///< with items: a thing that is no array is the one item
    std::int32_t ordinal = 0;  ///< [n] from 1, or kLast; 0: all of them
    std::string name;
    std::string uri;
    Condition where;
};

/// From where and which way. A path without steps means the place itself.
struct Path {
    enum class From : std::uint8_t { Here, Root, Outer, Document, Exchange, Position, Name };
    From from = From::Here;
    std::vector<Step> steps;
    std::string source;  ///< name of the document, or of the value of the exchange
    std::string text;    ///< as written, for messages

    /// A value that stands in no place: of the exchange, the item's number, the name of a place.
    [[nodiscard]] bool isGiven() const noexcept {
        return from == From::Exchange || from == From::Position || from == From::Name;
    }
    /// In the document itself, so that it can be written.
    [[nodiscard]] bool isOwn() const noexcept { return from == From::Here || from == From::Root; }
};

/// One test.
struct Clause {
    enum class Test : std::uint8_t {
        Equals,
        Differs,
        StartsWith,
        Exists,
        Missing,
        Less,
        AtMost,
        Greater,
        AtLeast,
        Matches,
        AnyOf,   ///< one of `inner` holds
        NoneOf,  ///< none of `inner` does
    };
    Test test = Test::Exists;
    bool count = false;  ///< how many places there are, not what stands there
    Path path;
    std::string literal;
    document::Kind kind = document::Kind::String;  ///< of the literal, as JSON has it
    std::optional<Path> here;                      ///< instead of the literal: PATH = $here/PATH
    std::string without;  ///< a leading text that either key may have or not; may be empty
    std::shared_ptr<const re2::RE2> expression;
    std::vector<Condition> inner;
};

/// Whether writing can make it true: NAME = 'text', one member of the place itself.
[[nodiscard]] bool canBeMade(const Clause& clause);

/// Prefix -> URI of one side of a mapping; "" is the default namespace.
using PrefixTable = std::map<std::string, std::string, std::less<>>;
/// Documents beside the message, by the name after `$document/`; they must outlive who uses them.
using Documents = std::map<std::string, const document::Tree*, std::less<>>;
using DocumentForms = std::map<std::string, document::Form, std::less<>>;

class PathCursor;

/// Parses the notation of one side. Throws base::Fault with the place in the text.
class PathParser {
  public:
    /// `form` of the side: names of a JSON side have no prefixes and no attributes. All referred
    /// to must outlive the parser.
    PathParser(document::Form form, const PrefixTable& prefixes, const DocumentForms& documents) :
        form_(form), prefixes_(&prefixes), documents_(&documents) {}

    [[nodiscard]] document::Form form() const noexcept { return form_; }
    /// The same side in another document, as inside a text.
    [[nodiscard]] PathParser inForm(document::Form form) const {
        PathParser other = *this;
        other.outer_ = form_;
        other.form_ = form;
        other.rootless_ = false;
        return other;
    }
    /// The same side where it stands below the root of another document: "/" leads nowhere.
    [[nodiscard]] PathParser embedded() const {
        PathParser other = *this;
        other.rootless_ = true;
        return other;
    }
    [[nodiscard]] Path path(std::string_view text) const;
    /// A | B | C
    [[nodiscard]] std::vector<Path> alternatives(std::string_view text) const;
    [[nodiscard]] Condition condition(std::string_view text) const;

  private:
    [[nodiscard]] Path readPath(PathCursor& cursor) const;
    void readStart(PathCursor& cursor, Path& path) const;
    void readItem(PathCursor& cursor, Path& path) const;
    void readItems(PathCursor& cursor, Path& path) const;
    void readSteps(PathCursor& cursor, Path& path, bool descendant) const;
    [[nodiscard]] Step readStep(PathCursor& cursor) const;
    void readName(PathCursor& cursor, Step& step) const;
    void readXmlName(PathCursor& cursor, Step& step) const;
    void readBrackets(PathCursor& cursor, Step& step) const;
    [[nodiscard]] Condition readCondition(PathCursor& cursor) const;
    [[nodiscard]] Condition readConjunction(PathCursor& cursor) const;
    void readTest(PathCursor& cursor, Condition& condition) const;
    [[nodiscard]] Clause readClause(PathCursor& cursor) const;
    void readComparison(PathCursor& cursor, Clause& clause) const;
    void readLiteral(PathCursor& cursor, Clause& clause) const;

    document::Form form_;
    std::optional<document::Form> outer_;  ///< of the document around it
    bool rootless_ = false;
    const PrefixTable* prefixes_;
    const DocumentForms* documents_;
};

}  // namespace gateway::mapping
