#pragma once
// How lines of the audit of reads leave the store: with their rows, many to a piece.

#include <string>
#include <vector>

#include "gateway/store/archive.h"
#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

/// As Archive::page(). The last line of a piece is its row, `first-last` its id and key.
[[nodiscard]] std::vector<ArchivePiece> archivableReads(Connection& connection,
                                                        base::Timestamp before,
                                                        std::int64_t afterRow,
                                                        std::size_t mostBytes);

/// Removes the rows of one piece, and what they were counted for; false if there are none.
[[nodiscard]] bool takeReads(Connection& connection, const std::string& key,
                             base::Timestamp before);

}  // namespace gateway::store::sqlite
