#include "gateway/document/print/vietnam_time.h"

#include "gateway/base/time_format.h"

namespace gateway::document {
namespace {

std::string timeOfDay(base::Timestamp instant) {
    const auto since = instant - base::vietnamMidnight(base::vietnamDate(instant));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since).count();
    const auto two = [](long long number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

}  // namespace

std::string printedMoment(base::Timestamp instant) {
    return timeOfDay(instant) + " ngày " + base::formatDayMonthYear(base::vietnamDate(instant)) +
           " (giờ Việt Nam, +07:00)";
}

std::string shortMoment(base::Timestamp instant) {
    return base::formatDayMonthYear(base::vietnamDate(instant)) + " " + timeOfDay(instant);
}

}  // namespace gateway::document
