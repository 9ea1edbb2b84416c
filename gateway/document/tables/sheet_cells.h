#pragma once
// The cells of one sheet of an XLSX. Internal to the shelf.

#include <string>
#include <vector>

#include "gateway/document/tables/cell_dates.h"
#include "gateway/document/tables/table_builder.h"

namespace gateway::document {

/// What the other parts of the workbook say about the values of cells.
struct CellValues {
    std::vector<std::string> texts;  ///< shared strings, by number
    std::vector<bool> lookIsDate;    ///< by style number
    DateSystem dates = DateSystem::From1900;
};

/// The text of an item with its runs joined; how it is to be pronounced is no text of it. What XML
/// cannot hold is written _x000D_ there, and read as what it stands for.
[[nodiscard]] std::string richText(const Node& item);
/// Whether any cell of a sheet has a value.
[[nodiscard]] bool hasValues(const Node& sheetData);
/// Gives all cells with a value to the builder, and what is said of how they are shown.
void readSheet(const Node& worksheet, const Node& sheetData, const CellValues& values,
               TableBuilder& builder);

}  // namespace gateway::document
