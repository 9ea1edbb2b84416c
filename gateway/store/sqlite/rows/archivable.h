#pragma once
// Which rows' bytes may leave the store, and how they leave a row. SQL of the archive.

#include <string>
#include <vector>

#include "gateway/store/archive.h"
#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

/// As Archive::page(). Files that may still be put into a delivery are left out: those named by
/// what is open and not rendered, or by a message that waits for its ruling; all of these are read.
[[nodiscard]] std::vector<ArchivePiece> archivable(Connection& connection, ArchivedKind kind,
                                                   base::Timestamp before, std::int64_t afterRow,
                                                   std::size_t mostBytes);

/// Takes the bytes of one row and changes the counts; false if they may not leave (any more). For a
/// file: it was named since, or a rendering repeats it; a message that needs it has named it.
[[nodiscard]] bool takeOut(Connection& connection, ArchivedKind kind, const std::string& key,
                           base::Timestamp before);

}  // namespace gateway::store::sqlite
