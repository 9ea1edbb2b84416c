#pragma once
// A store's file judged without a gateway.

#include <filesystem>

#include "gateway/exchange/proof/rebuild.h"

namespace gateway::app {

/// Refolds a backup, or the file of a store that another process has open: as it is at one moment,
/// where it lies; one of an older schema on a copy of its own. Throws base::Fault if it cannot be
/// read, CommandFailure if it is not there.
[[nodiscard]] exchange::RebuildReport judgeFile(const std::filesystem::path& file,
                                                const exchange::KnownSeals& seals);

/// The same for the command: prints the report and gives the exit code. `trust`: our seal
/// certificates, present and past, or an empty path.
int rebuildFile(const std::filesystem::path& copy, const std::filesystem::path& trust, bool json);

}  // namespace gateway::app
