#include "gateway/document/tables/table_writer.h"

#include <algorithm>
#include <vector>

#include "gateway/base/fault.h"
#include "gateway/document/print/csv.h"

namespace gateway::document {
namespace {

std::vector<const Node*> rowsOf(const Node& root) {
    if (root.kind != Kind::Object) throw base::Fault("a row of a table is an object");
    const auto* list = root.children.size() == 1 ? root.child("rows") : nullptr;
    if (list == nullptr || list->kind != Kind::Array) return {&root};
    std::vector<const Node*> rows;
    for (const Node& item : list->children) {
        if (item.kind != Kind::Object) throw base::Fault("a row of a table is an object");
        rows.push_back(&item);
    }
    return rows;
}

std::vector<std::string> headerOf(std::vector<std::string> names,
                                  const std::vector<const Node*>& rows) {
    for (const auto* row : rows)
        for (const Node& cell : row->children) {
            if (!cell.isLeaf())
                throw base::Fault("a cell of a table is one value: \"" + cell.name + "\"");
            if (std::ranges::find(names, cell.name) == names.end()) names.push_back(cell.name);
        }
    return names;
}

}  // namespace

std::string writeCsvTable(const Node& root, char separator,
                          const std::vector<std::string>& columns) {
    const auto rows = rowsOf(root);
    const auto names = headerOf(columns, rows);
    CsvText csv(separator);
    csv.line(names);
    for (const auto* row : rows) {
        std::vector<std::string> cells;
        for (const auto& name : names) {
            const auto* cell = row->child(name);
            cells.push_back(cell == nullptr ? std::string() : cell->value);
        }
        csv.line(cells);
    }
    return csv.text();
}

}  // namespace gateway::document
