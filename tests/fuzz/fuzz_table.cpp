// Whatever is read as a table says of each value where it stands, and nothing twice.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "gateway/document/tables/table.h"
#include "gateway/document/text.h"

using namespace gateway::document;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void checkRow(const Table& table, const Node& row, const TableBounds& bounds) {
    std::set<std::string_view> names;
    for (const Node& cell : row.children) {
        require(cell.kind == Kind::String && !cell.value.empty() && isUtf8(cell.value));
        require(cell.position.line == row.position.line);
        require(cell.position.column >= 1 && cell.position.column <= bounds.columns);
        require(table.nameAt(cell.position.column) == cell.name);
        require(names.insert(cell.name).second);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto form = bytes.starts_with("PK") ? TableForm::Xlsx : TableForm::Csv;
    const TableBounds bounds{50, 20, 5'000, std::size_t{256} * 1024};
    const auto table = readTable(bytes, form, {.headerRow = 2}, bounds);
    if (!table) {
        require(!render(table.error()).vi.empty());
        return 0;
    }
    require(table->rows().size() <= bounds.rows && !table->columns.empty());
    std::uint32_t last = 2;
    for (const Node& row : table->rows()) {
        require(row.position.line > last);
        last = row.position.line;
        checkRow(*table, row, bounds);
    }
    for (const auto& fault : table->cellFaults) require(fault.position.line > 2);
    return 0;
}
