#pragma once
// Files that are either the old ones or the new ones, never something between.

#include <filesystem>
#include <string_view>

namespace gateway::base {

/// Writes `contents` beside `file` (FILE.new, mode 0644), syncs, and puts it in its place by
/// rename(2); the place is durable when it returns. Throws Fault, with `file` as it was, if that
/// cannot be done. One writer of a file at a time.
void replaceFile(const std::filesystem::path& file, std::string_view contents);

}  // namespace gateway::base
