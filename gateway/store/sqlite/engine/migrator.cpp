#include "gateway/store/sqlite/engine/migrator.h"

#include <sqlite3.h>

#include <string>

#include "gateway/base/fault.h"
#include "gateway/document/digest.h"
#include "gateway/store/records.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {
namespace {

// "THAH" in the file's header (PRAGMA application_id): whose file this is.
constexpr std::string_view kApplicationId = "1414021448";

void checkOwner(Connection& connection, int version) {
    const std::string owner = connection.value("PRAGMA application_id");
    const bool empty = connection.value("SELECT count(*) FROM sqlite_schema") == "0";
    const bool fresh = empty && version == 0 && owner == "0";
    if (!fresh && owner != kApplicationId) {
        throw StoreFault("the database file is not a store of this program");
    }
}

std::string schemaOf(Connection& connection) {
    return connection.value(
        "SELECT group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), char(10)) FROM "
        "(SELECT * FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name)");
}

// For migrations that give old rows the digests of new ones: SHA-256 over its arguments as fields.
void fieldDigest(sqlite3_context* context, int count, sqlite3_value** values) {
    document::FieldDigest digest;
    for (int i = 0; i < count; ++i) {
        const auto* bytes = sqlite3_value_type(values[i]) == SQLITE_BLOB
                                ? static_cast<const char*>(sqlite3_value_blob(values[i]))
                                : reinterpret_cast<const char*>(sqlite3_value_text(values[i]));
        const auto length = static_cast<std::size_t>(sqlite3_value_bytes(values[i]));
        digest.add(bytes == nullptr ? std::string_view() : std::string_view(bytes, length));
    }
    const std::string hex = digest.finish().hex();
    sqlite3_result_text(context, hex.c_str(), static_cast<int>(hex.size()), SQLITE_TRANSIENT);
}

void teachDigest(Connection& connection) {
    const int code =
        sqlite3_create_function_v2(connection.handle(), "field_digest", -1,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                                   fieldDigest, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw SqliteError(code, sqlite3_errmsg(connection.handle()));
}

int run(Connection& connection, std::span<const Migration> migrations, int version) {
    teachDigest(connection);
    for (const Migration& migration : migrations) {
        if (migration.version <= version) {
            continue;
        }
        GW_CHECK(migration.version == version + 1);
        connection.execute("BEGIN IMMEDIATE");
        try {
            connection.execute(std::string(migration.sql));
            connection.execute("PRAGMA application_id = " + std::string(kApplicationId));
            connection.execute("PRAGMA user_version = " + std::to_string(migration.version));
            connection.execute("COMMIT");
        } catch (const SqliteError& error) {
            if (!connection.idle()) {
                connection.execute("ROLLBACK");
            }
            throw SqliteError(error.code(),
                              "migration " + std::string(migration.name) + ": " + error.what());
        }
        version = migration.version;
    }
    return version;
}

// A table that somebody has altered, or a build between two releases has made, would fail later,
// in the middle of a message.
void checkSchema(Connection& connection, std::span<const Migration> migrations) {
    Connection wanted(":memory:", Access::ReadWrite);
    run(wanted, migrations, 0);
    if (schemaOf(connection) != schemaOf(wanted)) {
        throw StoreFault("the database's tables are not those of its schema version");
    }
}

}  // namespace

int checkVersion(Connection& connection, std::span<const Migration> migrations) {
    const int version = std::stoi(connection.value("PRAGMA user_version"));
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    checkOwner(connection, version);
    if (version > newest) {
        throw StoreFault("the database has schema version " + std::to_string(version) +
                         ", this program knows " + std::to_string(newest) +
                         ": use the program that wrote it, or a newer one");
    }
    if (version > 0 && version == newest) {
        checkSchema(connection, migrations);
    }
    return version;
}

int migrate(Connection& connection, std::span<const Migration> migrations) {
    return run(connection, migrations, checkVersion(connection, migrations));
}

}  // namespace gateway::store::sqlite
