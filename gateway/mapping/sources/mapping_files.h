#pragma once
// Which files of a directory are mappings.

#include <filesystem>
#include <vector>

namespace gateway::mapping {

/// `mapping.xml` and `mapping-*.xml`, however deep; in order of name. Throws base::Fault.
[[nodiscard]] std::vector<std::filesystem::path> mappingFiles(
    const std::filesystem::path& directory);

/// The samples of such a file: `ok-*` and `bad-*`, with `expected/`, in the folder `2` beside
/// `mapping-2.xml`, or beside the file itself where there is no such folder.
[[nodiscard]] std::filesystem::path samplesOf(const std::filesystem::path& file);

}  // namespace gateway::mapping
