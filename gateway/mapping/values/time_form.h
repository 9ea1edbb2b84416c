#pragma once
// One stated form of a day or time: dd/MM/yyyy HH:mm.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/problem.h"

namespace gateway::mapping {

enum class TimeUnit : std::uint8_t {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Offset,
    Text
};

struct TimeFields {
    int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0;
    std::optional<std::chrono::minutes> offset;
};

/// Immutable and thread-safe.
class TimeForm {
  public:
    /// `firstYear`: the first year that a year of two digits can mean; needed for yy alone. Throws
    /// base::Fault for letters that mean nothing.
    explicit TimeForm(std::string_view pattern, std::optional<int> firstYear = std::nullopt);

    [[nodiscard]] bool has(TimeUnit unit) const;
    [[nodiscard]] bool isShortYear() const noexcept { return firstYear_.has_value(); }
    [[nodiscard]] std::optional<TimeFields> read(std::string_view text) const;
    [[nodiscard]] std::string write(const TimeFields& fields) const;
    /// Whether one text can be of both forms, and mean something else in the other.
    [[nodiscard]] bool readsOtherwise(const TimeForm& other) const;
    [[nodiscard]] std::string example() const;
    /// As a clerk would say it, with an example: "phải có dạng ngày/tháng/năm, ví dụ 05/03/2025".
    /// Forms with letters of their own, or an offset, are shown by the example alone.
    [[nodiscard]] base::Words described() const;
    [[noreturn]] void fail(const std::string& reason) const;

  private:
    struct Token {
        TimeUnit unit = TimeUnit::Text;
        std::size_t fewest = 0, most = 0;  ///< digits; of an offset, whether it has a colon
        std::string text;
    };
    [[nodiscard]] static std::string_view colonOf(const Token& token);
    [[nodiscard]] std::size_t addToken(std::string_view pattern, std::size_t at);
    void addText(std::string_view text);
    void takeShortYear(std::optional<int> firstYear);

    std::string pattern_;
    std::vector<Token> tokens_;
    std::optional<int> firstYear_;  ///< only where the year has two digits
};

/// "A or B": at least one form.
[[nodiscard]] std::vector<TimeForm> timeForms(std::string_view text, std::string_view century);
/// What a sender may write: each form, the one that we write first.
[[nodiscard]] base::Words describedAll(const std::vector<TimeForm>& forms);
/// Whether one of them reads it, so that it is the day or the hour which is wrong.
[[nodiscard]] bool readsByAny(const std::vector<TimeForm>& forms, std::string_view text);

}  // namespace gateway::mapping
