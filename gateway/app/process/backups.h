#pragma once
// Where backups may lie, and who may take them away.

#include <filesystem>
#include <optional>
#include <string>

#include "gateway/app/settings/config.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {

/// Why no backup may be made at `target`, and what to use instead; nothing: it may be. Refused are
/// places that are gone at the next start or that only the service itself sees (its private /tmp,
/// /run, /dev/shm ...), and the store's own folder, whose disk is what a backup is for. Any place
/// within Config::storeBackups is taken.
[[nodiscard]] std::optional<std::string> backupRefused(const Config& config,
                                                       const std::filesystem::path& target);

/// Makes one at an allowed place and gives it to the operators' group to read. Throws base::Fault,
/// then nothing is left there.
void makeBackup(const Config& config, store::sqlite::SqliteStore& store,
                const std::filesystem::path& target);

/// At the start: what a killed process has left half made in Config::storeBackups goes.
void sweepBackups(const Config& config);

}  // namespace gateway::app
