#pragma once
// Diagnostics for the operator: one event, one line, one JSON object on standard error.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace gateway::base {

enum class LogLevel { Debug, Info, Warning, Error };

/// One named value of a log line. Values are escaped, so no content can forge a line.
using LogField = std::pair<std::string_view, std::string>;

/// Writes {"time":...,"level":...,"event":...,fields} to standard error in one write(2).
/// Thread-safe, synchronous, never throws; lines over 4 KiB are cut.
/// Never pass personal names or document text: the audit trail lives in the store, not here.
void logEvent(LogLevel level, std::string_view event,
              std::initializer_list<LogField> fields = {}) noexcept;

/// The lowest level that is written; Info at start. Thread-safe.
void setLogLevel(LogLevel level) noexcept;

/// `text` as a JSON string with its quotes; control characters escaped, invalid UTF-8 kept out.
[[nodiscard]] std::string jsonQuoted(std::string_view text);

}  // namespace gateway::base
