#include "gateway/base/time_format.h"

#include <array>
#include <cstdio>

namespace gateway::base {
namespace {

using namespace std::chrono;

// Reads exactly `count` decimal digits; nothing if there is anything else.
std::optional<int> digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool literal(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> takeDate(std::string_view& text) {
    const auto y = digits(text, 4);
    if (!y || !literal(text, '-')) return std::nullopt;
    const auto m = digits(text, 2);
    if (!m || !literal(text, '-')) return std::nullopt;
    const auto d = digits(text, 2);
    if (!d) return std::nullopt;
    const Date date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<milliseconds> takeTimeOfDay(std::string_view& text) {
    const auto h = digits(text, 2);
    if (!h || *h > 23 || !literal(text, ':')) return std::nullopt;
    const auto min = digits(text, 2);
    if (!min || *min > 59 || !literal(text, ':')) return std::nullopt;
    const auto s = digits(text, 2);
    if (!s || *s > 59) return std::nullopt;
    int ms = 0;
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        int place = 100;
        std::size_t seen = 0;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            ms += (text.front() - '0') * place;
            place /= 10;
            text.remove_prefix(1);
            ++seen;
        }
        if (seen == 0 || seen > 9) return std::nullopt;
    }
    return hours{*h} + minutes{*min} + seconds{*s} + milliseconds{ms};
}

std::optional<minutes> takeOffset(std::string_view& text) {
    if (literal(text, 'Z')) return minutes{0};
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto h = digits(text, 2);
    if (!h || *h > 23 || !literal(text, ':')) return std::nullopt;
    const auto m = digits(text, 2);
    if (!m || *m > 59) return std::nullopt;
    return sign * (hours{*h} + minutes{*m});
}

}  // namespace

std::string formatTimestamp(Timestamp instant) {
    const auto day = floor<days>(instant);
    const hh_mm_ss<milliseconds> time{instant - day};
    std::array<char, 40> buffer{};
    const int n = std::snprintf(
        buffer.data(), buffer.size(), "%sT%02d:%02d:%02d.%03dZ", formatDate(Date{day}).c_str(),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return std::string(buffer.data(), static_cast<std::size_t>(n));
}

std::string formatDate(Date date) {
    std::array<char, 24> buffer{};
    const int n =
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return std::string(buffer.data(), static_cast<std::size_t>(n));
}

std::string formatDayMonthYear(Date date) {
    const auto iso = formatDate(date);  // yyyy-MM-dd
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::optional<Timestamp> parseTimestamp(std::string_view text) {
    const auto date = takeDate(text);
    if (!date || !literal(text, 'T')) return std::nullopt;
    const auto time = takeTimeOfDay(text);
    if (!time) return std::nullopt;
    const auto offset = takeOffset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return sys_days{*date} + *time - *offset;
}

std::optional<Date> parseDate(std::string_view text) {
    const auto date = takeDate(text);
    return text.empty() ? date : std::nullopt;
}

}  // namespace gateway::base
