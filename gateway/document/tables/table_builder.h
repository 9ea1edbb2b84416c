#pragma once
// Cells as they come, row after row, made into a table. Internal to the shelf.

#include <map>
#include <optional>
#include <string>

#include "gateway/document/tables/table.h"

namespace gateway::document {

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

    [[nodiscard]] bool stopped() const noexcept { return problem_.has_value(); }
    [[nodiscard]] base::Result<Table> finish();

  private:
    void header(base::Position at, const std::string& text);
    void refuse(base::Problem problem);
    Node* rowAt(base::Position at);

    TableLayout layout_;
    TableBounds bounds_;
    Table table_;
    std::map<std::uint32_t, std::string> names_;
    std::optional<base::Problem> problem_;
};

}  // namespace gateway::document
