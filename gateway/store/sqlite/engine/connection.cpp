#include "gateway/store/sqlite/engine/connection.h"

#include <sqlite3.h>

#include "gateway/base/fault.h"
#include "gateway/store/records.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {
namespace {

constexpr int kBusyMilliseconds = 10'000;
constexpr int kStepsBetweenLooks = 2'000;

}  // namespace

void Connection::Close::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }

Connection::Connection(const std::filesystem::path& file, Access access) {
    sqlite3* made = nullptr;
    const int flags = access == Access::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                  : SQLITE_OPEN_READONLY;
    const int code = sqlite3_open_v2(file.c_str(), &made,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    handle_.reset(made);
    if (code != SQLITE_OK) {
        throw SqliteError(
            code, file.string() + ": " + (made == nullptr ? "no memory" : sqlite3_errmsg(made)));
    }
    sqlite3_busy_timeout(made, kBusyMilliseconds);
    apply("trusted_schema", "0", "0");
    apply("temp_store", "2", "2");  // savepoints must not need a temporary file
    if (access == Access::ReadOnly) {
        apply("query_only", "1", "1");
        apply("cache_size", "-4096", "-4096");
    }
}

void Connection::prepareForWriting() {
    // Counts for a new file only; 4096 is best for single commits, equal for grouped ones.
    execute("PRAGMA page_size = 4096");
    // Free pages can go back to the file system. Once only: setting it is a write.
    if (value("PRAGMA page_count") == "0") execute("PRAGMA auto_vacuum = INCREMENTAL");
    apply("journal_mode", "wal", "wal");
    apply("synchronous", "2", "2");
    apply("foreign_keys", "1", "1");
    apply("wal_autocheckpoint", "0", "0");
    apply("journal_size_limit", "67108864", "67108864");
    apply("cache_size", "-16384", "-16384");
}

void Connection::apply(const std::string& setting, std::string_view wanted,
                       std::string_view expected) {
    execute("PRAGMA " + setting + " = " + std::string(wanted));
    const std::string found = value("PRAGMA " + setting);
    if (found != expected) {
        throw StoreFault("the database keeps " + setting + " at '" + found + "' instead of '" +
                         std::string(expected) + "'");
    }
}

void Connection::execute(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw SqliteError(sqlite3_extended_errcode(handle_.get()), sqlite3_errmsg(handle_.get()));
    }
}

Statement& Connection::prepared(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        found = statements_.try_emplace(std::string(sql), handle_.get(), sql).first;
    }
    return found->second;
}

std::string Connection::value(std::string_view sql) {
    Statement statement(handle_.get(), sql);
    return statement.step() ? statement.text(0) : std::string();
}

std::int64_t Connection::changes() const { return sqlite3_changes64(handle_.get()); }

std::int64_t Connection::allChanges() const { return sqlite3_total_changes64(handle_.get()); }

std::int64_t Connection::lastRow() const { return sqlite3_last_insert_rowid(handle_.get()); }

bool Connection::idle() const { return sqlite3_get_autocommit(handle_.get()) != 0; }

void Connection::interruptAt(std::chrono::steady_clock::time_point until) noexcept {
    until_ = until;
    if (until == std::chrono::steady_clock::time_point::max()) {
        sqlite3_progress_handler(handle_.get(), 0, nullptr, nullptr);
        return;
    }
    sqlite3_progress_handler(
        handle_.get(), kStepsBetweenLooks,
        [](void* self) {
            return std::chrono::steady_clock::now() >= static_cast<Connection*>(self)->until_ ? 1
                                                                                              : 0;
        },
        this);
}

void Connection::waitForLocks(std::chrono::milliseconds time) noexcept {
    sqlite3_busy_timeout(handle_.get(), static_cast<int>(time.count()));
}

void Connection::keepLogOnClose() noexcept {
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void Connection::onCommit(std::function<void(int pages)> listener) {
    commitListener_ = std::move(listener);
    sqlite3_wal_hook(
        handle_.get(),
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Connection*>(self)->commitListener_(pages);
            return SQLITE_OK;
        },
        this);
}

bool Connection::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               nullptr, nullptr);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) {
        throw SqliteError(code, sqlite3_errmsg(handle_.get()));
    }
    return code == SQLITE_OK;
}

void Connection::checkpointAll() {
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                               nullptr, nullptr);
    if (code != SQLITE_OK) {
        throw SqliteError(code, sqlite3_errmsg(handle_.get()));
    }
}

}  // namespace gateway::store::sqlite
