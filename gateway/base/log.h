#pragma once
// Diagnostics for the operator: one event, one line, one JSON object on standard error.

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace gateway::base {

enum class LogLevel { Debug, Info, Warning, Error };

/// One named value of a log line. Values are escaped, so no content can forge a line.
using LogField = std::pair<std::string_view, std::string>;

/// Writes {"time":...,"level":...,"event":...,fields} to standard error, whole lines only, each at
/// most 4 KiB (longer ones are cut). Thread-safe, never throws, never waits for a reader: what a
/// pipe, socket or terminal does not take at once is kept, up to kLogBacklogBytes, and written
/// with a later line or flushLog; beyond that lines are dropped and counted, and the next line
/// that gets through is preceded by `log.lines_dropped`. A file on a slow disk is waited for.
/// Never pass personal names or document text: the audit trail lives in the store, not here.
void logEvent(LogLevel level, std::string_view event,
              std::initializer_list<LogField> fields = {}) noexcept;

/// Writes what is kept, as far as it is taken within `patience`. At the end of a process.
void flushLog(std::chrono::milliseconds patience) noexcept;

/// Since the start. Thread-safe.
[[nodiscard]] std::uint64_t droppedLogLines() noexcept;

/// The lowest level that is written; Info at start. Thread-safe.
void setLogLevel(LogLevel level) noexcept;

/// `text` as a JSON string with its quotes; control characters escaped, invalid UTF-8 kept out.
[[nodiscard]] std::string jsonQuoted(std::string_view text);

}  // namespace gateway::base
