#include "gateway/base/log.h"

#include <algorithm>
#include <atomic>

#include "gateway/base/log_output.h"
#include "gateway/base/printable.h"
#include "gateway/base/time_format.h"

namespace gateway::base {
namespace {

// With its end no more than a pipe takes at once (PIPE_BUF), so that lines never interleave.
constexpr std::size_t kLongestLine = 4096 - 16;
std::atomic<LogLevel> lowestLevel{LogLevel::Info};

std::string_view nameOf(LogLevel level) {
    switch (level) {
        case LogLevel::Debug: return "debug";
        case LogLevel::Info: return "info";
        case LogLevel::Warning: return "warning";
        case LogLevel::Error: return "error";
    }
    return "error";
}

}  // namespace

std::string jsonQuoted(std::string_view text) {
    const auto isPlain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
    std::string quoted = "\"";
    if (std::ranges::all_of(text, isPlain)) return quoted.append(text).append("\"");
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted.push_back('\\');
        if (c == '\n')
            quoted += "\\u000a";
        else if (c == '\t')
            quoted += "\\u0009";
        else
            quoted.push_back(c);
    }
    quoted.push_back('"');
    return printable(quoted);
}

void setLogLevel(LogLevel level) noexcept { lowestLevel.store(level); }

void logEvent(LogLevel level, std::string_view event,
              std::initializer_list<LogField> fields) noexcept {
    if (level < lowestLevel.load()) return;
    try {
        std::string line = "{\"time\":" + jsonQuoted(formatTimestamp(SystemClock().now())) +
                           ",\"level\":" + jsonQuoted(nameOf(level)) +
                           ",\"event\":" + jsonQuoted(event);
        for (const auto& [name, value] : fields) {
            std::string field = "," + jsonQuoted(name) + ":" + jsonQuoted(value);
            if (line.size() + field.size() > kLongestLine) {
                line += ",\"cut\":true";
                break;
            }
            line += field;
        }
        line += "}\n";
        LogOutput::instance().put(line);
    } catch (...) {
        // Out of memory: a lost diagnostic must never take the service down.
    }
}

void flushLog(std::chrono::milliseconds patience) noexcept {
    LogOutput::instance().flush(patience);
}

std::uint64_t droppedLogLines() noexcept { return LogOutput::instance().dropped(); }

}  // namespace gateway::base
