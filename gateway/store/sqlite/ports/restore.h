#pragma once
// A backup takes the place of a store that was lost.

#include <filesystem>
#include <vector>

#include "gateway/base/clock.h"

namespace gateway::store::sqlite {

/// As SqliteStore::restore().
[[nodiscard]] std::vector<std::filesystem::path> putInPlace(const std::filesystem::path& backup,
                                                            const std::filesystem::path& file,
                                                            base::Timestamp now);

}  // namespace gateway::store::sqlite
