#pragma once
// A spreadsheet (CSV or XLSX) as a neutral tree in the shape of JSON, row by row as its office
// counts them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/document/content.h"
#include "gateway/document/tree.h"

namespace gateway::document {

/// Where in the file the table stands; a mapping says it.
struct TableLayout {
    char separator = ';';         ///< of CSV; a first line `sep=,` goes before it
    std::string sheet{};          ///< of XLSX, by name; empty: the first that is not hidden
    std::uint32_t headerRow = 1;  ///< what stands above it is a title and is not read
    /// How many rows the header has. Of several a column's name is "Tổng số / Nam": what stands
    /// above it, which a column without goes on from the one before, and what stands below.
    std::uint32_t headerRows = 1;
    [[nodiscard]] std::uint32_t lastHeaderRow() const noexcept {
        return headerRow + headerRows - 1;
    }
};

/// The heaviest table within them fits into one holder's share (exchange/desk/reading_weight.h).
struct TableBounds {
    std::size_t rows = 1'000;
    std::size_t columns = 256;
    std::size_t nodes = 200'000;  ///< of any one XML part of an XLSX
    std::size_t unpackedBytes = std::size_t{6} * 1024 * 1024;
};

struct TableColumn {
    std::string name;  ///< as its header says, NFC, each run of white space one blank
    std::uint32_t number = 0;
};

/// What was read. `root` is {"rows": [{"<header>": "<cell>", ...}, ...]}: only cells that are not
/// empty, only rows that have any; every leaf is a String. A node's position is its row and its
/// column, counted from 1 as a spreadsheet shows them; that of a row is its row and column 0.
struct Table {
    Node root;
    std::vector<TableColumn> columns;
    /// What cannot be taken in single cells (TABLE_CELL), by row: it spoils no other row.
    std::vector<base::Problem> cellFaults;
    /// Sheets with content that were not read, each by name.
    std::vector<std::string> otherSheets;
    /// Rows and columns that were read and that the workbook does not show.
    std::vector<std::uint32_t> hiddenRows, hiddenColumns;

    [[nodiscard]] const std::vector<Node>& rows() const { return root.children.front().children; }
    /// The header above; empty if there is none.
    [[nodiscard]] std::string_view nameAt(std::uint32_t column) const noexcept;
    /// 0 if there is no such header.
    [[nodiscard]] std::uint32_t numberOf(std::string_view name) const noexcept;
};

/// Reads a whole table or says by one Problem why it is none: TABLE_UNREADABLE, TABLE_HEADER (none,
/// or one twice) or CONTENT_TOO_LARGE (bounds). CSV is UTF-8 with or without a byte order mark,
/// RFC 4180 with the stated separator; empty lines count as rows. Of XLSX stored values count:
/// numbers with the digits that an office sees, dates as yyyy-MM-dd (with a time
/// yyyy-MM-ddTHH:mm:ss), results of formulas as they were last calculated. A row that a merged cell
/// reaches into cannot be taken: whose the value is, is not said. Pure and thread-safe; never
/// throws for input.
[[nodiscard]] base::Result<Table> readTable(std::string_view bytes, TableForm form,
                                            const TableLayout& layout = {},
                                            const TableBounds& bounds = {});

/// 1 is A, 27 is AA.
[[nodiscard]] std::string columnLetters(std::uint32_t number);

}  // namespace gateway::document
