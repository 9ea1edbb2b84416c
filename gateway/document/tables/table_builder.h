#pragma once
// Cells as they come, row after row, made into a table. Internal to the shelf.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/document/tables/table.h"

namespace gateway::document {

/// Cells that are shown as one, both corners included.
struct MergedCells {
    base::Position first, last;
};

/// Cells come in the order of rows. After the first problem nothing more is taken.
class TableBuilder {
  public:
    TableBuilder(const TableLayout& layout, const TableBounds& bounds);

    void cell(base::Position at, std::string text);
    /// What stands there cannot be taken.
    void fault(base::Position at, base::Words why);
    /// The file as a whole cannot be read.
    void stop(base::Position at, base::Words why);
    void otherSheet(std::string name) { table_.otherSheets.push_back(std::move(name)); }
    // Of the sheet that is read, before its cells.
    void hideRow(std::uint32_t row) { hiddenRows_.insert(row); }
    void hideColumns(std::uint32_t first, std::uint32_t last) {
        hiddenColumns_.emplace_back(first, last);
    }
    void merge(const MergedCells& cells) { merged_.push_back(cells); }

    [[nodiscard]] bool stopped() const noexcept { return problem_.has_value(); }
    [[nodiscard]] base::Result<Table> finish();

  private:
    void header(base::Position at, const std::string& text);
    void joinHeaders();
    void refuse(base::Problem problem);
    void addFault(base::Position at, base::Words why);
    void beginRow(std::uint32_t row);
    Node* rowAt(base::Position at);

    TableLayout layout_;
    TableBounds bounds_;
    Table table_;
    std::map<std::uint32_t, std::string> names_;
    /// Of a header of several rows, until all of it is read: by column, from above.
    std::map<std::uint32_t, std::vector<std::string>> heads_;
    std::set<std::uint32_t> hiddenRows_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> hiddenColumns_;
    std::vector<MergedCells> merged_;
    std::optional<base::Problem> problem_;
};

}  // namespace gateway::document
