#include "gateway/law/conditions/calendar.h"

#include <chrono>

#include "gateway/law/conditions/data_file.h"

namespace gateway::law {
namespace {

using std::chrono::sys_days;

bool counts(const SpecialDay& day, const CalendarSwitches& switches) {
    if (day.status == DayStatus::Unresolved && !switches.unresolved) return false;
    switch (day.kind) {
        case DayKind::Holiday: return true;
        case DayKind::Compensation: return switches.compensation;
        case DayKind::SwappedDayOff:
        case DayKind::WorkingSaturday: break;
    }
    return switches.swappedDays;
}

}  // namespace

Calendar::Calendar(std::string version, CalendarSwitches switches, std::vector<SpecialDay> all) :
    version_(std::move(version)) {
    for (auto& day : all)
        if (counts(day, switches)) days_.emplace(day.date, std::move(day));
}

Calendar Calendar::load(const std::filesystem::path& file, const std::filesystem::path& schemas) {
    const auto schema = document::XmlSchema::load(schemas / "calendar.xsd");
    const DataFile data(file, *schema);
    const auto on = [&](const char* name) { return data.text(data.root(), name) == "on"; };
    std::vector<SpecialDay> found;
    std::map<base::Date, int> seen;
    for (const auto* node : data.elements(data.root(), "day")) {
        SpecialDay day{*data.date(*node, "date"), data.named<DayKind>(*node, "kind"),
                       data.named<DayStatus>(*node, "status"), data.text(*node, "vi")};
        if (++seen[day.date] > 1) data.fail(*node, "a second entry for this day");
        const std::chrono::weekday weekday{sys_days(day.date)};
        if (day.kind == DayKind::WorkingSaturday && weekday != std::chrono::Saturday)
            data.fail(*node, "a working Saturday is a Saturday");
        found.push_back(std::move(day));
    }
    return {data.text(data.root(), "version"),
            {on("swapped-days"), on("compensation"), on("unresolved")},
            std::move(found)};
}

const SpecialDay* Calendar::special(base::Date day) const {
    const auto found = days_.find(day);
    return found == days_.end() ? nullptr : &found->second;
}

bool Calendar::knowsYearOf(base::Date day) const {
    const auto first = days_.lower_bound(day.year() / 1 / 1);
    return first != days_.end() && first->first.year() == day.year();
}

bool Calendar::isWorkingDay(base::Date day) const {
    if (const auto* known = special(day)) return known->kind == DayKind::WorkingSaturday;
    const std::chrono::weekday weekday{sys_days(day)};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

base::Date Calendar::workingDayFrom(base::Date day) const {
    while (!isWorkingDay(day)) day = dayAfter(day);
    return day;
}

}  // namespace gateway::law
