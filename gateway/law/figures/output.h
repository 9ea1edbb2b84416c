#pragma once
// A table as rows that every format prints alike, and the formats that are text.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/figures/table.h"

namespace gateway::law::figures {

/// One line of a printed sheet.
struct Row {
    enum class Kind : std::uint8_t { Sheet, Column, Part, Rate, Finding };
    Kind kind{};
    std::string id, vi, en;
    std::optional<std::int64_t> value;  ///< none: `text` alone
    std::string text;                   ///< a rate, "–", or what does not hold
    std::string source, basis;
};

/// What stands above a printed sheet.
struct Heading {
    std::string place;        ///< of whom the figures are; empty: of all
    std::string asKnown;      ///< until when what was known counts; empty: all of it
    std::string form;         ///< "03": that form alone, in what is printed
    std::vector<Row> more{};  ///< rows behind the figures: what was put right of earlier periods
};

[[nodiscard]] std::vector<Row> rowsOf(const Table& table, const std::string& form = {});
/// "Kỳ 12 tháng năm 2025 (01/10/2024 - 30/09/2025)"
[[nodiscard]] std::string titleOf(const Period& period);
/// A source in Vietnamese.
[[nodiscard]] std::string sourceText(Source source);

/// With every line and what made it count.
[[nodiscard]] document::Node tableNode(const Table& table, const Heading& heading);
/// UTF-8 with a byte order mark, RFC 4180. A text that a spreadsheet would calculate begins with an
/// apostrophe.
[[nodiscard]] std::string tableCsv(const Table& table, const Heading& heading);
/// One page in Vietnamese, complete in itself, laid out for A4.
[[nodiscard]] std::string tableHtml(const Table& table, const Heading& heading);

// Of which other printed tables are made, too.

/// Quoted where it must be; a text that a spreadsheet would calculate begins with an apostrophe.
[[nodiscard]] std::string csvField(std::string text);
[[nodiscard]] std::string csvLine(const std::vector<std::string>& fields);
[[nodiscard]] std::string htmlText(std::string_view text);
/// For A4, without colours that carry a meaning.
[[nodiscard]] std::string pageStyle();

}  // namespace gateway::law::figures
