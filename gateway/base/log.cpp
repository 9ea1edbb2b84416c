#include "gateway/base/log.h"

#include <atomic>
#include <cstdio>

#include "gateway/base/log_output.h"
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

// How many bytes the UTF-8 sequence at `text` has, or 0 if it is not valid (RFC 3629).
std::size_t utf8Length(std::string_view text) {
    const auto at = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const unsigned first = at(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (!tail(1) || !tail(2)) return 0;
        if (first == 0xE0 && at(1) < 0xA0) return 0;
        return first == 0xED && at(1) > 0x9F ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (!tail(1) || !tail(2) || !tail(3)) return 0;
        if (first == 0xF0 && at(1) < 0x90) return 0;
        return first == 0xF4 && at(1) > 0x8F ? 0 : 4;
    }
    return 0;
}

}  // namespace

std::string jsonQuoted(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const char c = text.front();
        const std::size_t length = utf8Length(text);
        if (length == 0) {
            out += "\\ufffd";
            text.remove_prefix(1);
            continue;
        }
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
            out += escaped;
        } else {
            out.append(text.substr(0, length));
        }
        text.remove_prefix(length);
    }
    out.push_back('"');
    return out;
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
