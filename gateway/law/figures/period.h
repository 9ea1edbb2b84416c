#pragma once
// The periods of the joint statistics. Law: TTLT 12/2021/TTLT-BTP-VKSNDTC-TANDTC Đ.6.

#include <cstdint>

#include "gateway/law/conditions/calendar.h"

namespace gateway::law::figures {

enum class Months : std::uint8_t { Three, Six, Ten, Twelve };

/// All begin on 01/10 of the year before; `year` is that in which the statistics year ends.
struct Period {
    Months months = Months::Twelve;
    int year = 0;

    [[nodiscard]] base::Date first() const noexcept {
        return std::chrono::year(year - 1) / std::chrono::October / 1;
    }
    [[nodiscard]] base::Date last() const noexcept {
        switch (months) {
            case Months::Three: return std::chrono::year(year - 1) / std::chrono::December / 31;
            case Months::Six: return std::chrono::year(year) / std::chrono::March / 31;
            case Months::Ten: return std::chrono::year(year) / std::chrono::July / 31;
            case Months::Twelve: break;
        }
        return std::chrono::year(year) / std::chrono::September / 30;
    }
    /// The evening before it begins.
    [[nodiscard]] base::Date eve() const { return dayAfter(first(), -1); }
    [[nodiscard]] bool holds(base::Date day) const noexcept {
        return first() <= day && day <= last();
    }
};

}  // namespace gateway::law::figures

template <>
struct gateway::model::Names<gateway::law::figures::Months> {
    using enum gateway::law::figures::Months;
    static constexpr std::pair<gateway::law::figures::Months, std::string_view> table[] = {
        {Three, "3"}, {Six, "6"}, {Ten, "10"}, {Twelve, "12"}};
};
