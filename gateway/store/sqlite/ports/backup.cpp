#include "gateway/store/sqlite/ports/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <system_error>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/log.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/engine/migrator.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"

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

void createPrivately(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        throw base::Fault(file.string() + ": " + std::generic_category().message(errno));
    }
    ::close(descriptor);
}

constexpr std::string_view kPartial = ".partial";

// A copy that is not whole has a name of its own and goes, whatever happens.
class Partial {
  public:
    explicit Partial(std::filesystem::path target) : file_(std::move(target += kPartial)) {
        createPrivately(file_);
    }
    ~Partial() {
        std::error_code ignored;
        for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
            std::filesystem::remove(file_.string() + suffix, ignored);
        }
    }
    Partial(const Partial&) = delete;
    Partial& operator=(const Partial&) = delete;
    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }

  private:
    std::filesystem::path file_;
};

}  // namespace

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

// One backup at a time: what is there by such a name, a process that was killed has left.
void removeLeftovers(const std::filesystem::path& folder) {
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        if (entry.path().extension() != kPartial || !entry.is_regular_file(failed)) continue;
        struct stat status {};
        if (::stat(entry.path().c_str(), &status) != 0 || status.st_uid != ::geteuid()) continue;
        if (std::filesystem::remove(entry.path(), failed)) {
            base::logEvent(base::LogLevel::Warning, "store.partial_backup_removed",
                           {{"file", entry.path().string()}});
        }
    }
}

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
    std::error_code failed;
    if (std::filesystem::exists(target, failed)) {
        throw base::Fault(target.string() + " exists already");
    }
    const auto folder = std::filesystem::absolute(target).parent_path();
    if (!std::filesystem::is_directory(folder, failed)) {
        throw base::Fault(folder.string() + " is no folder that the gateway can see");
    }
    removeLeftovers(folder);
    const Partial partial(target);
    {
        Connection from(source, Access::ReadOnly);
        Connection to(partial.file(), Access::ReadWrite);
        copyPages(from, to);
        (void)checkVersion(to, allMigrations());
    }
    const auto findings = examine(partial.file());
    if (!findings.empty()) {
        throw base::Fault("the backup is not sound: " + findings.front());
    }
    std::filesystem::rename(partial.file(), target, failed);
    if (failed) {
        throw base::Fault(target.string() + ": " + failed.message());
    }
    syncFolder(folder);
}

}  // namespace gateway::store::sqlite
