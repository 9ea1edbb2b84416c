#pragma once
// A table as rows that every format prints alike, and the formats that are text.

#include <string>
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
    std::string place;    ///< of whom the figures are; empty: of all
    std::string asKnown;  ///< until when what was known counts; empty: all of it
    std::string form;     ///< "03": that form alone, in what is printed
    std::string placeName{}, asKnownWords{};  ///< both as people say them; empty: as above
    std::vector<Row> more{};  ///< rows behind the figures: what was put right of earlier periods
};

/// Of whom, and as known when: for people.
[[nodiscard]] std::string headingText(const Heading& heading);
[[nodiscard]] std::vector<Row> rowsOf(const Table& table, const std::string& form = {});
/// "Kỳ 12 tháng năm 2025 (01/10/2024 - 30/09/2025)"
[[nodiscard]] std::string titleOf(const Period& period);
/// A source in Vietnamese.
[[nodiscard]] std::string sourceText(Source source);

/// With every line and what made it count.
[[nodiscard]] document::Node tableNode(const Table& table, const Heading& heading);
/// As document/print/csv.h writes it.
[[nodiscard]] std::string tableCsv(const Table& table, const Heading& heading);
/// One page in Vietnamese, complete in itself, laid out for A4.
[[nodiscard]] std::string tableHtml(const Table& table, const Heading& heading);

}  // namespace gateway::law::figures
