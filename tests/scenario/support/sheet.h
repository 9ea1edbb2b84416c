#pragma once
// A small spreadsheet as an office saves it: the same cells as CSV and as XLSX.

#include <string>
#include <vector>

namespace gateway::scenario {

/// The first row is the header.
using Sheet = std::vector<std::vector<std::string>>;

enum class SheetForm { Csv, Xlsx };

struct SheetFile {
    std::string bytes, mediaType, ending;
};

/// CSV: UTF-8 with a byte order mark, ";" between cells. XLSX: days (dd/MM/yyyy) are numbers that
/// are shown as days, as spreadsheet programs keep them; what is no day of the calendar is a text.
[[nodiscard]] SheetFile saved(const Sheet& sheet, SheetForm form);

}  // namespace gateway::scenario
