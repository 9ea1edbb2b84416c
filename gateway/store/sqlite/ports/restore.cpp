#include "gateway/store/sqlite/ports/restore.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "gateway/base/time_format.h"
#include "gateway/store/records.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/engine/migrator.h"
#include "gateway/store/sqlite/engine/process_lock.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/ports/backup.h"

namespace gateway::store::sqlite {
namespace {

std::filesystem::path with(const std::filesystem::path& file, const std::string& suffix) {
    return file.string() + suffix;
}

[[noreturn]] void refusedBySystem(const std::filesystem::path& file) {
    throw base::Fault(file.string() + ": " + std::generic_category().message(errno));
}

// Whatever was open may have been delivered since the backup was made.
void doubtAllThatIsOpen(Connection& connection, base::Timestamp now) {
    connection.execute("BEGIN IMMEDIATE");
    Query(connection,
          "INSERT INTO restored (restored_at, last_sequence, last_position) VALUES (?, "
          "(SELECT coalesce(max(sequence), 0) FROM outbox), "
          "(SELECT coalesce(max(position), 0) FROM message))")
        .with(now)
        .run();
    Query(connection,
          "INSERT INTO restored_item (sequence, had_bytes) "
          "SELECT sequence, rendered_sha256 <> '' FROM outbox WHERE state < 4 "
          "ON CONFLICT (sequence) DO NOTHING")
        .run();
    // Maybe, due at once: asked for first, by whoever can be asked.
    Query(connection,
          "UPDATE outbox SET state = 3, due_at = ?1, open_since = ?1, attempts = 0 WHERE state < 4")
        .with(now)
        .run();
    connection.execute("COMMIT");
}

void makeReady(const std::filesystem::path& copy, base::Timestamp now) {
    Connection connection(copy, Access::ReadWrite);
    migrate(connection, allMigrations());
    connection.execute("PRAGMA synchronous = 2");
    doubtAllThatIsOpen(connection, now);
}

// Root restores, the service must be able to open it.
void giveToOwner(const std::filesystem::path& copy, const std::filesystem::path& like) {
    struct stat status {};
    if (::stat(like.c_str(), &status) != 0) refusedBySystem(like);
    if (::chmod(copy.c_str(), 0600) != 0) refusedBySystem(copy);
    if (status.st_uid != ::geteuid() && ::chown(copy.c_str(), status.st_uid, status.st_gid) != 0)
        refusedBySystem(copy);
}

std::vector<std::filesystem::path> moveAside(const std::filesystem::path& file,
                                             base::Timestamp now) {
    std::string time = base::formatTimestamp(now);
    std::erase_if(time, [](char c) { return c == ':' || c == '-' || c == '.'; });
    std::vector<std::filesystem::path> moved;
    // The database first: a start that finds none makes none, one without its log it would open.
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const auto from = with(file, suffix);
        if (!std::filesystem::exists(from)) continue;
        const auto to = with(file, ".replaced-" + time + suffix);
        if (::rename(from.c_str(), to.c_str()) != 0) refusedBySystem(from);
        moved.push_back(to);
    }
    return moved;
}

}  // namespace

std::vector<std::filesystem::path> putInPlace(const std::filesystem::path& backup,
                                              const std::filesystem::path& file,
                                              base::Timestamp now) {
    const bool there = std::filesystem::exists(file);
    std::optional<ProcessLock> lock;
    if (there) lock.emplace(file);
    const auto copy = with(file, ".restoring");
    std::filesystem::remove(copy);
    backUp(backup, copy);
    makeReady(copy, now);
    giveToOwner(copy, there ? file : std::filesystem::absolute(file).parent_path());
    auto moved = moveAside(file, now);
    if (::rename(copy.c_str(), file.c_str()) != 0) refusedBySystem(copy);
    syncFolder(std::filesystem::absolute(file).parent_path());
    return moved;
}

}  // namespace gateway::store::sqlite
