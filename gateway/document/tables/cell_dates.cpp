#include "gateway/document/tables/cell_dates.h"

#include <charconv>
#include <chrono>
#include <cmath>

#include "gateway/base/time_format.h"

namespace gateway::document {

using namespace std::chrono_literals;

bool showsDate(std::string_view formatCode) {
    bool day = false;
    for (std::size_t i = 0; i < formatCode.size(); ++i) {
        const char c = formatCode[i];
        if (c == ';') break;  // what follows is for negative numbers
        if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '"' || c == '[') {
            i = formatCode.find(c == '"' ? '"' : ']', i + 1);
            if (i == std::string_view::npos) break;
        } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
            day = true;
        }
    }
    return day;
}

bool showsDate(unsigned builtIn) noexcept {
    return (builtIn >= 14 && builtIn <= 17) || builtIn == 22 || (builtIn >= 27 && builtIn <= 31) ||
           builtIn == 36 || (builtIn >= 50 && builtIn <= 54) || builtIn == 57 || builtIn == 58;
}

std::optional<std::string> dateOf(std::string_view number, DateSystem system) {
    constexpr double kAfterLast = 2958466;  // 01/01/10000, counted from 1900
    double serial = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), serial);
    if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
    if (system == DateSystem::From1904) serial += 1462;
    if (!(serial >= 1) || serial >= kAfterLast) return std::nullopt;
    auto day = static_cast<long>(std::floor(serial));
    auto second = static_cast<long>(std::lround((serial - std::floor(serial)) * 86400));
    if (second == 86400) second = 0, ++day;
    // It counts a 29/02/1900.
    if (day == 60 && system == DateSystem::From1900) return std::nullopt;
    const auto before = std::chrono::sys_days(1899y / 12 / (day < 60 ? 31 : 30));
    const base::Timestamp instant = before + std::chrono::days(day) + std::chrono::seconds(second);
    return base::formatTimestamp(instant).substr(0, second == 0 ? 10 : 19);
}

}  // namespace gateway::document
