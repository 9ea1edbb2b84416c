#pragma once
// JSON to and from the neutral tree: strict, positions kept, one kept parser underneath.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/document/tree.h"

namespace gateway::document {

/// Reads one JSON text (RFC 8259) and nothing after it.
///
/// Refused, each with line and column: invalid UTF-8 or a byte order mark (SYNTAX_ENCODING),
/// lone surrogates, what XML 1.0 cannot hold in a name or value (control characters but tab and
/// line ends, U+FFFE, U+FFFF) and anything not JSON (SYNTAX_JSON), two members of one name after
/// unescaping (SYNTAX_DUPLICATE_NAME), bounds (SYNTAX_TOO_DEEP, SYNTAX_TOO_MANY_NODES). Numbers
/// stay text. Iterative: depth cannot exhaust the stack; time grows with the length alone.
/// Pure and thread-safe.
[[nodiscard]] base::Result<Tree> readJson(std::string_view bytes, const ReadBounds& bounds = {});

/// Writes a JSON-shaped node (Object, Array, String, Number, Boolean, Null) in document order,
/// without white space, all non-ASCII as UTF-8, only what RFC 8259 demands escaped: the same tree
/// always gives the same bytes. An Element or Attribute is a programmer error (Fault).
[[nodiscard]] std::string writeJson(const Node& root);
/// The same with two-space indentation and line ends, for people.
[[nodiscard]] std::string writeJsonPretty(const Node& root);

/// The text that writeJson would give, written without a tree. Calls come in the order of the text:
/// within objects each value after its name(). One thread at a time.
class JsonText {
  public:
    JsonText();
    ~JsonText();
    JsonText(const JsonText&) = delete;
    JsonText& operator=(const JsonText&) = delete;

    void beginObject();
    void endObject();
    void beginArray();
    void endArray();
    void name(std::string_view name);
    void string(std::string_view value);
    void number(std::int64_t value);
    void boolean(bool value);
    void node(const Node& node);
    /// What was written. Text that is no UTF-8 is a programmer error (Fault).
    [[nodiscard]] std::string take() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gateway::document
