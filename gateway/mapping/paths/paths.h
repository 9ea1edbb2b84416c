#pragma once
// Paths and conditions of the mapping language, parsed: names are resolved to namespace and local
// part when a mapping is loaded, so that reading compares names and builds no text.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"

namespace gateway::mapping {

struct Clause;

/// One step down.
struct Step {
    bool attribute = false;
    bool items = false;  ///< JSON shapes: the member is an array and its items are meant
    std::string name;
    std::string uri;
    std::vector<Clause> where;
};

/// From where and which way. A path without steps means the place itself.
struct Path {
    enum class From : std::uint8_t { Here, Root, Exchange, Position };
    From from = From::Here;
    std::vector<Step> steps;
    std::string exchangeName;
    std::string text;  ///< as written, for messages
};

/// One test; a condition is a list of them, all of which must hold.
struct Clause {
    enum class Test : std::uint8_t { Equals, Differs, StartsWith, Exists, Missing };
    Path path;
    Test test = Test::Exists;
    std::string literal;
    std::optional<Path> here;  ///< instead of the literal: PATH = $here/PATH
    std::string without;       ///< a leading text that either key may have or not; may be empty
};

using Condition = std::vector<Clause>;

/// Prefix -> URI of one mapping; "" is the default namespace.
using PrefixTable = std::map<std::string, std::string, std::less<>>;

/// Parses the notation of one side. Throws base::Fault with the place in the text.
class PathParser {
  public:
    /// `form` of the side: names of a JSON side have no prefixes and no attributes.
    PathParser(document::Form form, const PrefixTable& prefixes) :
        form_(form), prefixes_(prefixes) {}

    [[nodiscard]] Path path(std::string_view text) const;
    /// A | B | C
    [[nodiscard]] std::vector<Path> alternatives(std::string_view text) const;
    [[nodiscard]] Condition condition(std::string_view text) const;

  private:
    class Cursor;
    [[nodiscard]] Path readPath(Cursor& cursor) const;
    [[nodiscard]] Step readStep(Cursor& cursor) const;
    void readName(Cursor& cursor, Step& step) const;
    void readBrackets(Cursor& cursor, Step& step) const;
    [[nodiscard]] Condition readCondition(Cursor& cursor) const;
    [[nodiscard]] Clause readClause(Cursor& cursor) const;

    document::Form form_;
    const PrefixTable& prefixes_;
};

}  // namespace gateway::mapping
