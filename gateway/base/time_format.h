#pragma once
// Dates and instants as text: RFC 3339, exactly, because POCO's parser accepts almost anything.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"

namespace gateway::base {

/// "2026-11-21T23:06:00.000Z": UTC, always three decimals.
[[nodiscard]] std::string formatTimestamp(Timestamp instant);

/// "2026-11-21".
[[nodiscard]] std::string formatDate(Date date);

/// "21/11/2026", as people in Viet Nam read it.
[[nodiscard]] std::string formatDayMonthYear(Date date);

/// RFC 3339 date-time with an offset (Z or +hh:mm); 0-9 decimals, cut to milliseconds.
/// Impossible dates, a missing offset, leap seconds and trailing text give nothing.
[[nodiscard]] std::optional<Timestamp> parseTimestamp(std::string_view text);

/// "yyyy-MM-dd" and nothing else; impossible dates give nothing.
[[nodiscard]] std::optional<Date> parseDate(std::string_view text);

}  // namespace gateway::base
