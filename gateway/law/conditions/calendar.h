#pragma once
// Which days are working days: data, because the Prime Minister may change them at short notice.
// Law: BLDS 2015 Đ.148.5; BLLĐ 2019 Đ.111.3, 112.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/names.h"

namespace gateway::law {

enum class DayKind : std::uint8_t { Holiday, Compensation, SwappedDayOff, WorkingSaturday };
/// How sure the day is: by the law itself, announced, expected, or waiting for a law.
enum class DayStatus : std::uint8_t { Law, Announced, Expected, Unresolved };

/// A day that is not what its weekday says, or would not be.
struct SpecialDay {
    base::Date date{};
    DayKind kind{};
    DayStatus status{};
    std::string vi;  ///< "Tết Nguyên đán (mùng 1)"
};

/// What no law says and an authority may decide otherwise (inference).
struct CalendarSwitches {
    bool swappedDays = true;   ///< a swapped day is a day off, its Saturday a working day
    bool compensation = true;  ///< the day that makes up for a holiday on a weekend is a day off
    bool unresolved = false;   ///< days of a holiday that no law has introduced yet
};

using base::dayAfter;

/// One version of the calendar. Saturdays and Sundays are days off unless it says otherwise. A
/// plain value.
class Calendar {
  public:
    Calendar(std::string version, CalendarSwitches switches, std::vector<SpecialDay> days);
    /// legal-rules/calendar.xml. Throws base::Fault with file and line.
    [[nodiscard]] static Calendar load(const std::filesystem::path& file,
                                       const std::filesystem::path& schemas);

    [[nodiscard]] bool isWorkingDay(base::Date day) const;
    /// `day` itself if it is one.
    [[nodiscard]] base::Date workingDayFrom(base::Date day) const;
    /// The day as this calendar has it, if it is special and its switch is on.
    [[nodiscard]] const SpecialDay* special(base::Date day) const;
    /// All that are, by date.
    [[nodiscard]] const std::map<base::Date, SpecialDay>& days() const noexcept { return days_; }
    /// False: nobody has said yet which days of that year are off.
    [[nodiscard]] bool knowsYearOf(base::Date day) const;
    [[nodiscard]] const std::string& version() const noexcept { return version_; }

  private:
    std::string version_;
    std::map<base::Date, SpecialDay> days_;
};

}  // namespace gateway::law

template <>
struct gateway::model::Names<gateway::law::DayKind> {
    using enum gateway::law::DayKind;
    static constexpr std::pair<gateway::law::DayKind, std::string_view> table[] = {
        {Holiday, "holiday"},
        {Compensation, "compensation"},
        {SwappedDayOff, "swapped-day-off"},
        {WorkingSaturday, "working-saturday"}};
};
template <>
struct gateway::model::Names<gateway::law::DayStatus> {
    using enum gateway::law::DayStatus;
    static constexpr std::pair<gateway::law::DayStatus, std::string_view> table[] = {
        {Law, "law"}, {Announced, "announced"}, {Expected, "expected"}, {Unresolved, "unresolved"}};
};
