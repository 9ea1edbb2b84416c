#include "gateway/store/sqlite/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <memory>
#include <system_error>

#include "gateway/base/fault.h"
#include "gateway/store/sqlite/connection.h"
#include "gateway/store/sqlite/migrator.h"
#include "gateway/store/sqlite/sqlite_error.h"

namespace gateway::store::sqlite {
namespace {

void copyPages(Connection& from, Connection& to) {
    sqlite3_backup* const backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (backup == nullptr) {
        throw SqliteError(sqlite3_extended_errcode(to.handle()), sqlite3_errmsg(to.handle()));
    }
    // All pages in one step: between steps another connection's commit would start it anew.
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
        throw SqliteError(sqlite3_extended_errcode(to.handle()), sqlite3_errmsg(to.handle()));
    }
    // Out of WAL mode, so that the copy is one file and can be read where nothing can be written.
    if (to.value("PRAGMA journal_mode = DELETE") != "delete") {
        throw base::Fault("the backup cannot leave WAL mode");
    }
}

void syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!synced) {
        throw base::Fault("cannot sync " + folder.string());
    }
}

void createPrivately(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        throw base::Fault(file.string() + ": " + std::generic_category().message(errno));
    }
    ::close(descriptor);
}

}  // namespace

std::vector<std::string> examine(const std::filesystem::path& file) {
    Connection connection(file, Access::ReadOnly);
    std::vector<std::string> findings;
    Statement integrity(connection.handle(), "PRAGMA integrity_check");
    while (integrity.step()) {
        if (integrity.text(0) != "ok") {
            findings.push_back(integrity.text(0));
        }
    }
    Statement references(connection.handle(), "PRAGMA foreign_key_check");
    while (references.step()) {
        findings.push_back("row " + references.text(1) + " of " + references.text(0) +
                           " refers to nothing in " + references.text(2));
    }
    return findings;
}

void backUp(const std::filesystem::path& source, const std::filesystem::path& target) {
    if (std::filesystem::exists(target)) {
        throw base::Fault(target.string() + " exists already");
    }
    std::filesystem::path partial = target;
    partial += ".partial";
    std::filesystem::remove(partial);
    createPrivately(partial);
    {
        Connection from(source, Access::ReadOnly);
        Connection to(partial, Access::ReadWrite);
        copyPages(from, to);
        (void)checkVersion(to, allMigrations());
    }
    const auto findings = examine(partial);
    if (!findings.empty()) {
        throw base::Fault("the backup is not sound: " + findings.front());
    }
    std::filesystem::rename(partial, target);
    syncFolder(std::filesystem::absolute(target).parent_path());
}

}  // namespace gateway::store::sqlite
