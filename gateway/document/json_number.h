#pragma once
// How JSON writes a number.

#include <string_view>

namespace gateway::document {

/// RFC 8259 section 6. A tree's Number may have any text, whoever has built it; only such a one can
/// be written.
[[nodiscard]] bool isJsonNumber(std::string_view text);

}  // namespace gateway::document
