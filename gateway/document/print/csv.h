#pragma once
// The one place that writes CSV: UTF-8 with a byte order mark, RFC 4180.

#include <string>
#include <string_view>
#include <vector>

namespace gateway::document {

/// Every text is quoted where it must be. One that a spreadsheet would calculate begins with an
/// apostrophe, whoever has written it; a number stays one, also below zero.
class CsvText {
  public:
    explicit CsvText(char separator = ',') : separator_(separator) {}
    CsvText& line(const std::vector<std::string>& fields);
    [[nodiscard]] const std::string& text() const noexcept { return made_; }

  private:
    char separator_;
    std::string made_ = "\xEF\xBB\xBF";
};

/// What a cell says, without the apostrophe by which it was kept from being calculated.
[[nodiscard]] std::string_view withoutGuard(std::string_view text);

}  // namespace gateway::document
