#pragma once
// CSV by libcsv. Internal to the shelf.

#include <string_view>

#include "gateway/document/tables/table_builder.h"

namespace gateway::document {

/// Gives every field to the builder, with the number of its record, empty lines counted. A first
/// line that only says `sep=X`, as Excel writes it, is no row and its X goes before `separator`.
void readCsv(std::string_view bytes, char separator, TableBuilder& builder);

}  // namespace gateway::document
