#include "gateway/store/sqlite/ports/sqlite_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <system_error>
#include <utility>

#include "gateway/base/log.h"
#include "gateway/store/sqlite/engine/checkpointer.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/engine/file_watch.h"
#include "gateway/store/sqlite/engine/health.h"
#include "gateway/store/sqlite/engine/migrator.h"
#include "gateway/store/sqlite/engine/process_lock.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"
#include "gateway/store/sqlite/engine/writer.h"
#include "gateway/store/sqlite/ports/backup.h"
#include "gateway/store/sqlite/ports/readers.h"
#include "gateway/store/sqlite/ports/restore.h"
#include "gateway/store/sqlite/ports/snapshot.h"
#include "gateway/store/sqlite/ports/sqlite_archive.h"
#include "gateway/store/sqlite/ports/sqlite_cases.h"
#include "gateway/store/sqlite/ports/sqlite_ledger.h"
#include "gateway/store/sqlite/ports/sqlite_outbox.h"
#include "gateway/store/sqlite/rows/outbox_rows.h"

namespace gateway::store::sqlite {
namespace {

// SQLite would give the file the process's usual mode; it and its companions hold personal data.
void makePrivate(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        throw StoreFault(file.string() + ": " + std::generic_category().message(errno));
    }
    ::close(descriptor);
}

std::unique_ptr<Connection> openWriting(const std::filesystem::path& file) {
    auto connection = std::make_unique<Connection>(file, Access::ReadWrite);
    (void)checkVersion(*connection, allMigrations());
    connection->prepareForWriting();
    return connection;
}

// Rows that an earlier life left in the log may be in the system's cache only, if its last sync
// failed: before any of them is relied on, all are written and synced anew.
std::unique_ptr<Connection> recoverOnce(const std::filesystem::path& file,
                                        const base::Clock& clock) {
    auto connection = openWriting(file);
    connection->checkpointAll();
    migrate(*connection, allMigrations());
    connection->execute("BEGIN IMMEDIATE");
    doubtSending(*connection, clock.now());
    connection->execute("COMMIT");
    return connection;
}

std::unique_ptr<Connection> recover(const std::filesystem::path& file, const base::Clock& clock,
                                    SpaceWatch& space) {
    try {
        return recoverOnce(file, clock);
    } catch (const SqliteError& error) {
        // The log's index that cannot grow is told as an error of its own.
        if (!(error.full() || error.indexDidNotFit()) || !space.giveUpReserve()) throw;
    }
    return recoverOnce(file, clock);
}

base::Timestamp lastBackupIn(Readers& readers) {
    return readers.read([](Connection& connection) {
        Query query(connection, "SELECT coalesce(max(made_at), 0) FROM backup_made");
        return query.next() ? query.row().instant(0) : base::Timestamp{};
    });
}

}  // namespace

// In the order of their making; what is used by others goes last.
struct SqliteStore::Parts {
    Parts(const std::filesystem::path& path, const base::Limits& bounds, const base::Clock& time,
          SpaceProbe probe) :
        file(path),
        limits(bounds),
        clock(time),
        lock((makePrivate(path), path)),
        space(path, limits, std::move(probe)),
        writing(recover(path, time, space)),
        identity(writing->value("SELECT id FROM store_identity")),
        checkpointer(openWriting(path), health, space),
        writer(std::move(writing), checkpointer, health, space, limits),
        readers(path, limits, health, &damage),
        ledger(writer, readers, space, damage),
        cases(readers),
        outbox(writer, readers, space),
        archive(writer, readers, checkpointer),
        watch(path, openWriting(path), writer, health, limits) {}

    const std::filesystem::path file;
    const base::Limits limits;
    const base::Clock& clock;
    Health health;
    DamageReport damage;
    ProcessLock lock;
    SpaceWatch space;
    std::unique_ptr<Connection> writing;
    const std::string identity;
    Checkpointer checkpointer;
    Writer writer;
    Readers readers;
    SqliteLedger ledger;
    SqliteCases cases;
    SqliteOutbox outbox;
    SqliteArchive archive;
    FileWatch watch;
    std::mutex backingUp;
    std::atomic<base::Timestamp> lastBackup{lastBackupIn(readers)};  ///< 0: none
    std::atomic<std::int64_t> backups{0}, backupFailures{0};
};

std::unique_ptr<SqliteStore> SqliteStore::open(const std::filesystem::path& file,
                                               const base::Limits& limits, const base::Clock& clock,
                                               SpaceProbe probe) {
    try {
        return std::unique_ptr<SqliteStore>(
            new SqliteStore(std::make_unique<Parts>(file, limits, clock, std::move(probe))));
    } catch (const SqliteError& error) {
        if (error.aboutRequest()) throw;
        throw StoreFault(error.what());
    }
}

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SqliteStore::~SqliteStore() = default;

const std::string& SqliteStore::identity() const noexcept { return parts_->identity; }
Ledger& SqliteStore::ledger() noexcept { return parts_->ledger; }
Cases& SqliteStore::cases() noexcept { return parts_->cases; }
Outbox& SqliteStore::outbox() noexcept { return parts_->outbox; }
Archive& SqliteStore::archive() noexcept { return parts_->archive; }
DamageReport& SqliteStore::damage() noexcept { return parts_->damage; }

std::unique_ptr<StoreView> SqliteStore::view() {
    parts_->health.check();
    return viewOf(parts_->file, [this] { return parts_->checkpointer.logPages(); });
}

std::unique_ptr<StoreView> SqliteStore::viewOfFile(const std::filesystem::path& file) {
    return viewOf(file);
}

bool SqliteStore::healthy() const noexcept { return parts_->health.ok(); }

StoreFigures SqliteStore::figures() const {
    const auto& parts = *parts_;
    const auto lastBackup = parts.lastBackup.load();
    return {parts.writer.queued(),
            parts.writer.commits(),
            parts.checkpointer.logPages(),
            parts.space.reading(),
            parts.space.state(),
            parts.writer.oldestWaiting(),
            lastBackup == base::Timestamp{} ? std::nullopt : std::optional(lastBackup),
            parts.backups,
            parts.backupFailures,
            parts.damage.count()};
}

bool SqliteStore::isShort() const noexcept { return parts_->space.state() >= SpaceState::Short; }

bool SqliteStore::stuck() const {
    return parts_->writer.oldestWaiting() > parts_->limits.storeStuckAfter;
}

void SqliteStore::backupTo(const std::filesystem::path& target) {
    parts_->health.check();
    const std::lock_guard lock(parts_->backingUp);
    try {
        backUp(parts_->file, target);
        const auto now = parts_->clock.now();
        const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(target));
        ++parts_->backups;
        parts_->lastBackup = now;
        base::logEvent(base::LogLevel::Info, "store.backup_made",
                       {{"file", target.string()}, {"bytes", std::to_string(bytes)}});
        parts_->writer.run(512, [&](Connection& connection) {
            Query(connection, "INSERT INTO backup_made (made_at, path, bytes) VALUES (?, ?, ?)")
                .with(now, target.string(), bytes)
                .run();
            return Changes::Keep;
        });
    } catch (const StoreFull&) {
        // The copy is there; that it was made is remembered until the next start.
    } catch (const std::exception& error) {
        ++parts_->backupFailures;
        base::logEvent(base::LogLevel::Error, "store.backup_failed",
                       {{"file", target.string()}, {"reason", error.what()}});
        throw base::Fault(error.what());
    }
}

std::vector<std::filesystem::path> SqliteStore::restore(const std::filesystem::path& backup,
                                                        const std::filesystem::path& file,
                                                        const base::Clock& clock) {
    return putInPlace(backup, file, clock.now());
}

std::string SqliteStore::identityOf(const std::filesystem::path& file) {
    try {
        Connection connection(file, Access::ReadOnly);
        (void)checkVersion(connection, allMigrations());
        return connection.value("SELECT id FROM store_identity");
    } catch (const SqliteError& error) {
        throw StoreFault(file.string() + ": " + error.what());
    }
}

std::int64_t SqliteStore::restoredOpen() {
    return parts_->readers.read([](Connection& connection) {
        Query query(connection,
                    "SELECT count(*) FROM restored_item r JOIN outbox o ON o.sequence = r.sequence "
                    "WHERE o.state < 4");
        return query.next() ? query.row().number(0) : 0;
    });
}

void SqliteStore::removeBackupLeftovers(const std::filesystem::path& folder) {
    removeLeftovers(folder);
}

std::vector<std::string> SqliteStore::integrityCheck() {
    parts_->health.check();
    return examine(parts_->file);
}

}  // namespace gateway::store::sqlite
