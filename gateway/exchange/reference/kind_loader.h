#pragma once
// The kinds' data files: connectors/<kind>/kind.xml, checked against mappings/schemas/kind.xsd.

#include <filesystem>
#include <vector>

#include "gateway/exchange/reference/kind_rules.h"

namespace gateway::exchange {

/// The kind.xml files one level below `connectors`, in order of path.
[[nodiscard]] std::vector<std::filesystem::path> kindFiles(const std::filesystem::path& connectors);

/// Reads them all. Throws base::Fault with file and line for anything wrong. At start and reload
/// only.
[[nodiscard]] std::vector<KindRules> loadKinds(const std::filesystem::path& connectors,
                                               const std::filesystem::path& schemas);

}  // namespace gateway::exchange
