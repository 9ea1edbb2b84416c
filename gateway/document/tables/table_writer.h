#pragma once
// Rows in the shape of JSON to CSV, as an office opens it in its spreadsheet program.

#include <string>
#include <vector>

#include "gateway/document/tree.h"

namespace gateway::document {

/// An object is one row; one whose only member is the array `rows` has a row for each item. The
/// header has `columns`, whatever the rows have, and then every other member's name once, in the
/// order in which they first come; what a row does not have is an empty cell. Written as CsvText
/// does, so that nothing is calculated by whoever opens it. A value that is an object or a list has
/// no cell: Fault.
[[nodiscard]] std::string writeCsvTable(const Node& root, char separator,
                                        const std::vector<std::string>& columns = {});

}  // namespace gateway::document
