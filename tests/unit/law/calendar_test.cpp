// BLDS 2015 Đ.147, 148 over the shipped calendar.

#include "gateway/law/conditions/calendar.h"

#include <gtest/gtest.h>

#include "gateway/base/time_format.h"
#include "gateway/law/conditions/counting.h"

namespace gateway::law {
namespace {

using base::Date;

Date day(const char* text) { return *base::parseDate(text); }

const Calendar& shipped() {
    static const auto calendar =
        Calendar::load(THAHC_SOURCE_DIR "/mappings/legal-rules/calendar.xml",
                       THAHC_SOURCE_DIR "/mappings/schemas");
    return calendar;
}

std::string due(const char* from, Length length, const std::vector<Pause>& pauses = {}) {
    return base::formatDate(count(day(from), length, shipped(), pauses).due);
}

struct Row {
    const char* from;
    Length length;
    const char* due;
};

TEST(Counting, EndsOnTheDayThatTheCodeSays) {
    using enum Unit;
    const Row rows[] = {
        {"2024-04-26", {5, WorkingDay}, "2024-05-07"},  // a swapped day off, a working Saturday
        {"2025-04-28", {3, WorkingDay}, "2025-05-06"},
        {"2024-01-12", {30, Day}, "2024-02-15"},  // ends in Tết
        {"2025-08-02", {30, Day}, "2025-09-03"},  // National Day and the day before it
        {"2027-02-03", {5, WorkingDay}, "2027-02-17"},
        {"2023-11-30", {3, Month}, "2024-02-29"},
        {"2024-02-29", {1, Year}, "2025-02-28"},
        {"2024-12-31", {1, Day}, "2025-01-02"},
        {"2026-03-02", {0, AtOnce}, "2026-03-02"},
        {"2026-03-07", {0, AtOnce}, "2026-03-09"},  // a Saturday
        {"2026-03-06", {1, WorkingDay}, "2026-03-09"},
        {"2026-02-13", {1, WorkingDay}, "2026-02-23"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(due(row.from, row.length), row.due)
            << row.from << " " << row.length.count << " " << model::nameOf(row.length.unit);
    }
}

TEST(Counting, ExplainsItself) {
    const auto five = count(day("2026-02-12"), {5, Unit::WorkingDay}, shipped());
    EXPECT_EQ(five.explanation,
              "5 ngày làm việc từ 12/02/2026; trừ Tết Nguyên đán (16/02/2026 - 20/02/2026); "
              "hết ngày 26/02/2026");
    const auto made = count(day("2024-04-26"), {5, Unit::WorkingDay}, shipped());
    EXPECT_NE(made.explanation.find("Ngày Chiến thắng (30/04/2024)"), std::string::npos);
    EXPECT_NE(made.explanation.find("tính cả ngày làm bù cho thứ Hai 29/04/2024 (04/05/2024)"),
              std::string::npos)
        << made.explanation;
    const auto thirty = count(day("2024-01-12"), {30, Unit::Day}, shipped());
    EXPECT_EQ(thirty.explanation,
              "30 ngày từ 12/01/2024; ngày cuối 11/02/2024 là ngày nghỉ (Tết Nguyên đán (mùng 2)), "
              "chuyển sang ngày làm việc tiếp theo; hết ngày 15/02/2024");
    EXPECT_NE(count(day("2031-03-03"), {3, Unit::Day}, shipped())
                  .explanation.find("chưa có lịch nghỉ của năm 2031"),
              std::string::npos);
}

TEST(Counting, LeavesOutTheDaysOfAStay) {
    const std::vector<Pause> stay{{day("2025-03-20"), day("2025-03-22")}};
    EXPECT_EQ(due("2025-03-10", {30, Unit::Day}), "2025-04-09");
    EXPECT_EQ(due("2025-03-10", {30, Unit::Day}, stay), "2025-04-14") << "12/04 is a Saturday";
    EXPECT_EQ(due("2025-03-18", {3, Unit::WorkingDay}, stay), "2025-03-25");
    EXPECT_EQ(due("2025-03-20", {0, Unit::AtOnce}, stay), "2025-03-24");
    EXPECT_EQ(due("2025-03-10", {30, Unit::Day}, {{day("2025-05-01"), day("2025-05-10")}}),
              "2025-04-09")
        << "a stay that begins after the end";
}

TEST(Counting, GoesBackForReminders) {
    EXPECT_EQ(before(day("2026-02-26"), {5, Unit::WorkingDay}, shipped()), day("2026-02-12"));
    EXPECT_EQ(before(day("2026-05-31"), {3, Unit::Month}, shipped()), day("2026-02-28"));
    EXPECT_EQ(before(day("2026-02-26"), {0, Unit::AtOnce}, shipped()), day("2026-02-26"));
}

TEST(Calendar, SwitchesDecideWhatNoLawDoes) {
    const std::vector<SpecialDay> days{
        {day("2026-08-31"), DayKind::SwappedDayOff, DayStatus::Announced, "nghỉ hoán đổi"},
        {day("2026-08-22"), DayKind::WorkingSaturday, DayStatus::Announced, "làm bù"},
        {day("2026-04-27"), DayKind::Compensation, DayStatus::Law, "nghỉ bù"},
        {day("2026-11-24"), DayKind::Holiday, DayStatus::Unresolved, "Ngày Văn hóa"}};
    const Calendar as("1", {}, days);
    EXPECT_FALSE(as.isWorkingDay(day("2026-08-31")));
    EXPECT_TRUE(as.isWorkingDay(day("2026-08-22")));
    EXPECT_FALSE(as.isWorkingDay(day("2026-04-27")));
    EXPECT_TRUE(as.isWorkingDay(day("2026-11-24")));
    const Calendar other("2", {false, false, true}, days);
    EXPECT_TRUE(other.isWorkingDay(day("2026-08-31")));
    EXPECT_FALSE(other.isWorkingDay(day("2026-08-22")));
    EXPECT_TRUE(other.isWorkingDay(day("2026-04-27")));
    EXPECT_FALSE(other.isWorkingDay(day("2026-11-24")));
    EXPECT_EQ(shipped().version(), "2026-11-01");
}

}  // namespace
}  // namespace gateway::law
