#include "gateway/document/tables/table.h"

#include <algorithm>

#include "gateway/document/tables/csv_table.h"
#include "gateway/document/tables/table_builder.h"
#include "gateway/document/tables/workbook.h"

namespace gateway::document {

std::string_view Table::nameAt(std::uint32_t column) const noexcept {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const auto& known) { return known.number == column; });
    return found == columns.end() ? std::string_view() : std::string_view(found->name);
}

std::uint32_t Table::numberOf(std::string_view name) const noexcept {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const auto& known) { return known.name == name; });
    return found == columns.end() ? 0 : found->number;
}

base::Result<Table> readTable(std::string_view bytes, TableForm form, const TableLayout& layout,
                              const TableBounds& bounds) {
    TableBuilder builder(layout, bounds);
    if (form == TableForm::Csv)
        readCsv(bytes, layout.separator, builder);
    else
        readWorkbook(bytes, layout.sheet, bounds, builder);
    return builder.finish();
}

std::string columnLetters(std::uint32_t number) {
    std::string letters;
    for (; number > 0; number = (number - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (number - 1) % 26));
    return letters;
}

}  // namespace gateway::document
