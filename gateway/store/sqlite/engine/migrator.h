#pragma once
// Brings a database file to the schema this program knows, or refuses to touch it.

#include <span>
#include <string_view>

#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

struct Migration {
    int version;
    std::string_view name;
    std::string_view sql;
};

/// gateway/store/migrations/*.sql, embedded when the program is built; ascending from 1.
[[nodiscard]] std::span<const Migration> allMigrations() noexcept;

/// Looks before anything is changed: a database of a newer program, a file that is no store of
/// ours, or one of our version whose tables are others, throws StoreFault. Returns the version
/// found, 0 for an empty file.
int checkVersion(Connection& connection, std::span<const Migration> migrations);

/// After checkVersion(), runs what is missing, each migration in one transaction together with its
/// version number; one that fails throws Fault and leaves the version before it. Returns the
/// version reached.
int migrate(Connection& connection, std::span<const Migration> migrations);

}  // namespace gateway::store::sqlite
