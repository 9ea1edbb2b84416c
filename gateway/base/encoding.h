#pragma once
// Hex and base64, strict: exactly one text for one value, so no two spellings pass a signature.

#include <optional>
#include <string>
#include <string_view>

namespace gateway::base {

/// Lower-case hexadecimal.
[[nodiscard]] std::string toHex(std::string_view bytes);
/// Accepts lower and upper case, even length only.
[[nodiscard]] std::optional<std::string> fromHex(std::string_view text);

/// RFC 4648 section 4, padded, one line.
[[nodiscard]] std::string toBase64(std::string_view bytes);
/// How long toBase64() of so many bytes is.
[[nodiscard]] constexpr std::size_t base64Length(std::size_t bytes) noexcept {
    return (bytes + 2) / 3 * 4;
}
/// RFC 4648 section 4 with padding; XML white space is skipped; unused bits must be zero.
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);

/// RFC 4648 section 5 without padding, as RFC 7515 demands.
[[nodiscard]] std::string toBase64Url(std::string_view bytes);
/// Refuses padding, white space, other alphabets and non-zero unused bits.
[[nodiscard]] std::optional<std::string> fromBase64Url(std::string_view text);

}  // namespace gateway::base
