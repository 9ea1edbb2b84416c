#pragma once
// The store in one SQLite file: the only class of this folder that others make.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/store/archive.h"
#include "gateway/store/ledger.h"
#include "gateway/store/sqlite/space_watch.h"

namespace gateway::store::sqlite {

/// For metrics. Numbers of one moment, not of one transaction.
struct StoreFigures {
    std::size_t queued = 0;     ///< writes that wait for a commit
    std::int64_t commits = 0;   ///< since opening
    std::int64_t logPages = 0;  ///< in the write-ahead log; 4096 bytes each
    SpaceReading space{};       ///< where the file lies
    SpaceState spaceState{};
};

/// Owns the file, its writer, readers and checkpoints; the ports live as long as this does and are
/// thread-safe. One process at a time. Does not promise to survive a disk that lies about fsync.
class SqliteStore {
  public:
    /// Opens or makes the file (mode 0600), brings it to the newest schema, moves the log of an
    /// earlier life into the database file and syncs it, and lets what was being sent become Maybe.
    /// Throws StoreFault: newer schema, in use by another process, the disk or the system does not
    /// let us, or it is no sound database of ours; Fault: our own mistake. A full disk is opened as
    /// long as the reserve (SpaceWatch) gives room for what the log holds.
    [[nodiscard]] static std::unique_ptr<SqliteStore> open(const std::filesystem::path& file,
                                                           const base::Limits& limits,
                                                           const base::Clock& clock,
                                                           SpaceProbe probe = askFileSystem);
    /// Finishes the writes that wait. Nobody may be calling the ports any more.
    ~SqliteStore();
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    /// Which store this is: 32 hex digits, drawn when it was made, the same in its backups.
    [[nodiscard]] const std::string& identity() const noexcept;

    [[nodiscard]] Ledger& ledger() noexcept;
    [[nodiscard]] Cases& cases() noexcept;
    [[nodiscard]] Outbox& outbox() noexcept;
    [[nodiscard]] Archive& archive() noexcept;

    /// False after a failed commit, sync, checkpoint or read: stop the process and open again.
    [[nodiscard]] bool healthy() const noexcept;
    [[nodiscard]] StoreFigures figures() const;
    /// Whether there is too little space to take new messages. Costs nothing, waits for nothing.
    [[nodiscard]] bool isShort() const noexcept;

    /// A verified copy in a new file, made while others read and write. Throws Fault if `target`
    /// exists or the copy is not sound. Takes time and log space in proportion to the store.
    /// Restore: with no gateway running, put the copy in the file's place and remove the -wal and
    /// -shm beside it. A log that is left there would be applied to the copy and ruin it.
    void backupTo(const std::filesystem::path& target);
    /// What a full check of the file finds; empty: sound. Takes as long as reading the file.
    [[nodiscard]] std::vector<std::string> integrityCheck();

  private:
    struct Parts;
    explicit SqliteStore(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace gateway::store::sqlite
