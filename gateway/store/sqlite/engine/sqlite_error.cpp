#include "gateway/store/sqlite/engine/sqlite_error.h"

#include <sqlite3.h>

namespace gateway::store::sqlite {

SqliteError::SqliteError(int extendedCode, std::string_view message) :
    Fault("SQLite " + std::to_string(extendedCode) + ": " + std::string(message)),
    code_(extendedCode) {}

bool SqliteError::busy() const noexcept { return (code_ & 0xff) == SQLITE_BUSY; }

bool SqliteError::interrupted() const noexcept { return (code_ & 0xff) == SQLITE_INTERRUPT; }

bool SqliteError::full() const noexcept { return (code_ & 0xff) == SQLITE_FULL; }

bool SqliteError::indexDidNotFit() const noexcept { return code_ == SQLITE_IOERR_SHMSIZE; }

bool SqliteError::aboutRequest() const noexcept {
    const int primary = code_ & 0xff;
    return primary == SQLITE_CONSTRAINT || primary == SQLITE_TOOBIG;
}

}  // namespace gateway::store::sqlite
