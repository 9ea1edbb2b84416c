#pragma once
// How a term is counted, and how it explains itself.
// Law: BLDS 2015 Đ.145.1, 147, 148 (for court terms by Luật TTHC Đ.116.5).

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/law/conditions/calendar.h"

namespace gateway::law {

/// AtOnce: the day itself, or the next working day if it is a day off (inference).
enum class Unit : std::uint8_t { Day, WorkingDay, Month, Year, AtOnce };

struct Length {
    int count = 0;
    Unit unit = Unit::Day;
};

/// Both days included: they are not counted (inference: no text says how a stay stops a term).
struct Pause {
    base::Date from{}, until{};
};

/// The last day of a term, until 24:00 in Viet Nam, and why it is that day, in Vietnamese.
struct Counted {
    base::Date due{};
    std::string explanation;
};

/// The day of the event does not count; a term in days, months or years that ends on a day off ends
/// with the next working day; months and years without such a day end on their last day.
[[nodiscard]] Counted count(base::Date event, Length length, const Calendar& calendar,
                            const std::vector<Pause>& pauses = {});

/// So long before `due`; for reminders. AtOnce is the day itself.
[[nodiscard]] base::Date before(base::Date due, Length length, const Calendar& calendar);

}  // namespace gateway::law

template <>
struct gateway::model::Names<gateway::law::Unit> {
    using enum gateway::law::Unit;
    static constexpr std::pair<gateway::law::Unit, std::string_view> table[] = {
        {Day, "day"},
        {WorkingDay, "working-day"},
        {Month, "month"},
        {Year, "year"},
        {AtOnce, "at-once"}};
};
