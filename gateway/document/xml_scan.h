#pragma once
// Facts about XML bytes that must be known before libxml2 sees them. Internal to the room.

#include <optional>
#include <string_view>

#include "gateway/base/problem.h"

namespace gateway::document {

/// Line and column of ascending offsets in one text, each byte looked at once.
class PositionCursor {
  public:
    explicit PositionCursor(std::string_view bytes) : bytes_(bytes) {}
    /// The position of `offset`; an offset before the last one asked for gives the last position.
    [[nodiscard]] base::Position at(std::size_t offset) noexcept;

  private:
    std::string_view bytes_;
    std::size_t offset_ = 0, lineStart_ = 0;
    std::uint32_t line_ = 1;
};

/// Refuses what libxml2 2.9 would accept or be slow about: encodings it would guess, U+0000 (it
/// takes that as the end), and more attributes in one tag than kXmlAttributesPerElement (it
/// compares each with each before anyone can stop it). One pass, no allocation.
[[nodiscard]] std::optional<base::Problem> scanXml(std::string_view bytes);

}  // namespace gateway::document
