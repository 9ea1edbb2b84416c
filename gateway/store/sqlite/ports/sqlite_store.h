#pragma once
// The store in one SQLite file: the only class of this folder that others make.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/store/archive.h"
#include "gateway/store/damage_report.h"
#include "gateway/store/ledger.h"
#include "gateway/store/sqlite/engine/space_watch.h"
#include "gateway/store/store_view.h"

namespace gateway::store::sqlite {

/// For metrics. Numbers of one moment, not of one transaction.
struct StoreFigures {
    std::size_t queued = 0;     ///< writes that wait for a commit
    std::int64_t commits = 0;   ///< since opening
    std::int64_t logPages = 0;  ///< in the write-ahead log; 4096 bytes each
    SpaceReading space{};       ///< where the file lies
    SpaceState spaceState{};
    std::chrono::milliseconds oldestWrite{};       ///< waits or is under way for so long
    std::optional<base::Timestamp> lastBackup;     ///< the last good one
    std::int64_t backups = 0, backupFailures = 0;  ///< since opening
    std::size_t damaged = 0;                       ///< rows found to be no longer what was recorded
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
    /// As it is now, until the view is let go; see viewOf() (snapshot.h) for what that costs.
    [[nodiscard]] std::unique_ptr<StoreView> view();
    /// The same of a file that is no open store of ours: a backup, or another process's.
    [[nodiscard]] static std::unique_ptr<StoreView> viewOfFile(const std::filesystem::path& file);
    /// What was found damaged, by reads and by whoever else looks.
    [[nodiscard]] DamageReport& damage() noexcept;

    /// False after a failed commit, sync, checkpoint or read: stop the process and open again.
    [[nodiscard]] bool healthy() const noexcept;
    [[nodiscard]] StoreFigures figures() const;
    /// Whether there is too little space to take new messages. Costs nothing, waits for nothing.
    [[nodiscard]] bool isShort() const noexcept;

    /// A write has waited for longer than limits.storeStuckAfter: the disk hangs. Asks no disk.
    [[nodiscard]] bool stuck() const;

    /// A verified copy in a new file, made while others read and write, one at a time. Throws Fault
    /// if `target` exists, cannot be written or the copy is not sound, and leaves nothing there;
    /// the store goes on. What failed is counted and logged, what was made is recorded in the
    /// store. Takes time and log space in proportion to the store.
    void backupTo(const std::filesystem::path& target);
    /// Puts a copy of `backup` in the place of `file`, on which no process may be at work
    /// (StoreFault), of the newest schema, synced, owned as the file or folder was. What was there
    /// is moved aside beside it, never removed; its new names are given. All that was open becomes
    /// a doubt, to be asked for before it is sent. Throws Fault: the backup is not sound, or the
    /// system does not let us; then what was there is still there.
    static std::vector<std::filesystem::path> restore(const std::filesystem::path& backup,
                                                      const std::filesystem::path& file,
                                                      const base::Clock& clock);
    /// Which store a file is.
    [[nodiscard]] static std::string identityOf(const std::filesystem::path& file);

    /// Deliveries that were open at a restore and still are: the partners are still being asked.
    [[nodiscard]] std::int64_t restoredOpen();

    /// What killed processes have left of backups in a folder goes (*.partial, ours).
    static void removeBackupLeftovers(const std::filesystem::path& folder);
    /// What a full check of the file finds; empty: sound. Takes as long as reading the file.
    [[nodiscard]] std::vector<std::string> integrityCheck();

  private:
    struct Parts;
    explicit SqliteStore(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace gateway::store::sqlite
