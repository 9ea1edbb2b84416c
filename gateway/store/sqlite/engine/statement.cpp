#include "gateway/store/sqlite/engine/statement.h"

#include <sqlite3.h>

#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* connection, std::string_view sql) : connection_(connection) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &made, nullptr));
    statement_.reset(made);
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) {
        throw SqliteError(sqlite3_extended_errcode(connection_), sqlite3_errmsg(connection_));
    }
}

void Statement::bind(int index, std::string_view text) {
    // A null pointer would bind NULL, not the empty text.
    check(sqlite3_bind_text64(statement_.get(), index, text.empty() ? "" : text.data(), text.size(),
                              SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int index, Blob blob) {
    check(sqlite3_bind_blob64(statement_.get(), index, blob.bytes.empty() ? "" : blob.bytes.data(),
                              blob.bytes.size(), SQLITE_STATIC));
}

void Statement::bind(int index, std::int64_t number) {
    check(sqlite3_bind_int64(statement_.get(), index, number));
}

void Statement::bind(int index, base::Timestamp instant) {
    bind(index, static_cast<std::int64_t>(instant.time_since_epoch().count()));
}

void Statement::bind(int index, const std::optional<base::Timestamp>& instant) {
    if (instant) {
        bind(index, *instant);
    } else {
        bindNull(index);
    }
}

void Statement::bindNull(int index) { check(sqlite3_bind_null(statement_.get(), index)); }

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        check(code);
    }
    return code == SQLITE_ROW;
}

void Statement::reset() noexcept {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::machineSteps() const {
    return sqlite3_stmt_status(statement_.get(), SQLITE_STMTSTATUS_VM_STEP, 0);
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const void* const bytes = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr
               ? std::string()
               : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

base::Timestamp Statement::instant(int column) const {
    return base::Timestamp(std::chrono::milliseconds(number(column)));
}

std::optional<base::Timestamp> Statement::maybeInstant(int column) const {
    return isNull(column) ? std::nullopt : std::optional(instant(column));
}

}  // namespace gateway::store::sqlite
