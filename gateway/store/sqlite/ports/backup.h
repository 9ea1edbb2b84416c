#pragma once
// A copy of the live store that stands alone and has been looked at.

#include <filesystem>
#include <string>
#include <vector>

namespace gateway::store::sqlite {

/// What integrity_check and foreign_key_check find in a database file; empty: sound. Reads only.
[[nodiscard]] std::vector<std::string> examine(const std::filesystem::path& file);

/// What was renamed in it stays so, whatever happens next. Throws Fault.
void syncFolder(const std::filesystem::path& folder);

/// Removes what killed processes have left of copies in `folder`: ours, named *.partial. Never
/// throws.
void removeLeftovers(const std::filesystem::path& folder);

/// Copies the store in `source` as it is at one moment into the new file `target`, while others
/// write: one read transaction, so the log file of the source grows until it ends. The copy is
/// synced, examined and opened for reading before it gets its name; it needs no file beside it.
/// `target` exists already, or the copy is not sound or cannot be made: Fault, and neither a file
/// by that name nor a partial one is left. Leftovers in its folder are removed first.
void backUp(const std::filesystem::path& source, const std::filesystem::path& target);

}  // namespace gateway::store::sqlite
