#pragma once
// Numbers that a spreadsheet shows as dates. Internal to the shelf.

#include <optional>
#include <string>
#include <string_view>

namespace gateway::document {

/// From which day a workbook counts.
enum class DateSystem { From1900, From1904 };

/// Whether a number format, by its code, shows a day. Times of day alone are none.
[[nodiscard]] bool showsDate(std::string_view formatCode);
/// The same for one of the formats that every workbook has, by its number.
[[nodiscard]] bool showsDate(unsigned builtIn) noexcept;

/// "46023" -> "2026-01-01"; with a fraction "2026-01-01T08:30:00", to the second. Nothing for what
/// is no day: below one, beyond 9999, or the 29/02/1900 that there never was.
[[nodiscard]] std::optional<std::string> dateOf(std::string_view number, DateSystem system);

}  // namespace gateway::document
