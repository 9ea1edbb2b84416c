#pragma once
// A table as a mapping sees it: each row is a message of its own, read by the rules for JSON.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/document/content.h"
#include "gateway/document/tables/table.h"
#include "gateway/mapping/plan.h"

namespace gateway::mapping {

/// Whether the columns are those that the plan is for: its <accept> is asked of an object that has
/// every header as a member. The plan has a table().
[[nodiscard]] bool acceptsTable(const Plan& plan, const document::Table& table);

/// One row, as Plan::read() takes it.
[[nodiscard]] document::Content rowContent(const document::Node& row);

/// SHA-256 of the row as JSON (document::writeJson): the content digest of its message. Columns
/// that are empty in the row, and where in the file it stands, do not change it.
[[nodiscard]] document::Digest rowDigest(const document::Node& row);

/// What no cell of the row says for certain; such a row is not read.
[[nodiscard]] Problems cellFaultsOf(const document::Table& table, std::uint32_t row);

/// A problem with a path within the row gets that in the table, /rows/7/Số bản án, with the row
/// and column that the office sees; of what the row does not have, the column of its header.
[[nodiscard]] base::Problem placedInTable(base::Problem problem, const document::Table& table,
                                          std::uint32_t row);

/// "hàng 7, cột C “Số bản án”".
[[nodiscard]] base::Words placeWords(base::Position at, const document::Table& table);

}  // namespace gateway::mapping
