#include "gateway/law/conditions/counting.h"

#include <algorithm>
#include <optional>

#include "gateway/base/time_format.h"

namespace gateway::law {
namespace {

using base::Date;

// BLDS 148.3, 148.4: the same day number, or the last of the month.
Date plusMonths(Date day, int count) {
    const Date moved = day + std::chrono::months(count);
    if (moved.ok()) return moved;
    return Date(moved.year() / moved.month() / std::chrono::last);
}

bool pausedOn(Date day, const std::vector<Pause>& pauses) {
    return std::ranges::any_of(
        pauses, [day](const Pause& pause) { return pause.from <= day && day <= pause.until; });
}

/// Special days that made a difference, neighbours of one name as one span.
class Spans {
  public:
    void add(const SpecialDay& day) {
        const auto name = day.vi.substr(0, day.vi.find(" ("));
        if (name_ == name && last_ && dayAfter(*last_, 1) == day.date) {
            last_ = day.date;
            return;
        }
        close();
        name_ = name;
        first_ = last_ = day.date;
    }
    std::string text() {
        close();
        return std::move(text_);
    }

  private:
    void close() {
        if (!last_) return;
        if (!text_.empty()) text_ += ", ";
        text_ += name_ + " (" + base::formatDayMonthYear(*first_);
        if (*first_ != *last_) text_ += " - " + base::formatDayMonthYear(*last_);
        text_ += ")";
        last_.reset();
    }
    std::string name_, text_;
    std::optional<Date> first_, last_;
};

std::string measure(Length length) {
    const auto number = std::to_string(length.count);
    switch (length.unit) {
        case Unit::Day: return number + " ngày";
        case Unit::WorkingDay: return number + " ngày làm việc";
        case Unit::Month: return number + " tháng";
        case Unit::Year: return number + " năm";
        case Unit::AtOnce: break;
    }
    return "ngay";
}

std::string joined(const char* word, const std::string& what) {
    return what.empty() ? std::string() : std::string("; ") + word + " " + what;
}

std::string ends(Date due, const Calendar& calendar) {
    auto text = "; hết ngày " + base::formatDayMonthYear(due);
    if (!calendar.knowsYearOf(due))
        text += " (chưa có lịch nghỉ của năm " + base::formatDayMonthYear(due).substr(6) + ")";
    return text;
}

// A day off as the last day moves the end; what it was called is told.
Counted shifted(Date last, std::string words, const Calendar& calendar) {
    const Date due = calendar.workingDayFrom(last);
    if (due != last) {
        const auto* known = calendar.special(last);
        words += "; ngày cuối " + base::formatDayMonthYear(last) + " là ngày nghỉ" +
                 (known ? " (" + known->vi + ")" : "") + ", chuyển sang ngày làm việc tiếp theo";
    }
    return {due, words + ends(due, calendar)};
}

Counted countWorkingDays(Date event, Length length, const Calendar& calendar,
                         const std::vector<Pause>& pauses) {
    Spans off, made, stayed;
    Date day = event;
    int paused = 0;
    for (int left = length.count; left > 0;) {
        day = dayAfter(day, 1);
        const auto* known = calendar.special(day);
        if (pausedOn(day, pauses)) {
            paused += calendar.isWorkingDay(day) ? 1 : 0;
            continue;
        }
        if (calendar.isWorkingDay(day)) {
            --left;
            if (known) made.add(*known);
        } else if (known) {
            off.add(*known);
        }
    }
    auto words = measure(length) + " từ " + base::formatDayMonthYear(event) +
                 joined("trừ", off.text()) + joined("tính cả ngày", made.text());
    if (paused > 0) words += "; không tính " + std::to_string(paused) + " ngày làm việc tạm dừng";
    return {day, words + ends(day, calendar)};
}

Counted countDays(Date event, Date last, Length length, const Calendar& calendar,
                  const std::vector<Pause>& pauses) {
    int paused = 0;
    for (Date day = dayAfter(event, 1); !pauses.empty() && day <= last; day = dayAfter(day, 1))
        if (pausedOn(day, pauses)) {
            ++paused;
            last = dayAfter(last, 1);
        }
    auto words = measure(length) + " từ " + base::formatDayMonthYear(event);
    if (paused > 0) words += "; không tính " + std::to_string(paused) + " ngày tạm dừng";
    return shifted(last, std::move(words), calendar);
}

}  // namespace

Counted count(Date event, Length length, const Calendar& calendar,
              const std::vector<Pause>& pauses) {
    switch (length.unit) {
        case Unit::Day:
            return countDays(event, dayAfter(event, length.count), length, calendar, pauses);
        case Unit::Month:
            return countDays(event, plusMonths(event, length.count), length, calendar, pauses);
        case Unit::Year:
            return countDays(event, plusMonths(event, 12 * length.count), length, calendar, pauses);
        case Unit::WorkingDay: return countWorkingDays(event, length, calendar, pauses);
        case Unit::AtOnce: break;
    }
    Date last = event;
    while (pausedOn(last, pauses)) last = dayAfter(last, 1);
    return shifted(last, "ngay trong ngày " + base::formatDayMonthYear(event), calendar);
}

Date before(Date due, Length length, const Calendar& calendar) {
    switch (length.unit) {
        case Unit::Day: return dayAfter(due, -length.count);
        case Unit::Month: return plusMonths(due, -length.count);
        case Unit::Year: return plusMonths(due, -12 * length.count);
        case Unit::AtOnce: return due;
        case Unit::WorkingDay: break;
    }
    for (int left = length.count; left > 0;) {
        due = dayAfter(due, -1);
        if (calendar.isWorkingDay(due)) --left;
    }
    return due;
}

}  // namespace gateway::law
