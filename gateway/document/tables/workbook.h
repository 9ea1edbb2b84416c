#pragma once
// XLSX (ECMA-376): the parts of its ZIP that say what stands in cells. Internal to the shelf.

#include <string>
#include <string_view>

#include "gateway/document/tables/table_builder.h"

namespace gateway::document {

/// Gives the cells of the sheet of that name, or of the first that is not hidden, to the builder.
void readWorkbook(std::string_view bytes, const std::string& sheet, const TableBounds& bounds,
                  TableBuilder& builder);

}  // namespace gateway::document
