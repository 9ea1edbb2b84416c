#include "gateway/store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "gateway/store/sqlite/backup.h"
#include "gateway/store/sqlite/checkpointer.h"
#include "gateway/store/sqlite/connection.h"
#include "gateway/store/sqlite/health.h"
#include "gateway/store/sqlite/migrator.h"
#include "gateway/store/sqlite/outbox_rows.h"
#include "gateway/store/sqlite/process_lock.h"
#include "gateway/store/sqlite/readers.h"
#include "gateway/store/sqlite/sqlite_archive.h"
#include "gateway/store/sqlite/sqlite_cases.h"
#include "gateway/store/sqlite/sqlite_error.h"
#include "gateway/store/sqlite/sqlite_ledger.h"
#include "gateway/store/sqlite/sqlite_outbox.h"
#include "gateway/store/sqlite/writer.h"

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

}  // namespace

// In the order of their making; what is used by others goes last.
struct SqliteStore::Parts {
    Parts(const std::filesystem::path& path, const base::Limits& limits, const base::Clock& clock,
          SpaceProbe probe) :
        file(path),
        lock((makePrivate(path), path)),
        space(path, limits, std::move(probe)),
        writing(recover(path, clock, space)),
        identity(writing->value("SELECT id FROM store_identity")),
        checkpointer(openWriting(path), health, space),
        writer(std::move(writing), checkpointer, health, space, limits),
        readers(path, limits, health),
        ledger(writer, readers, space),
        cases(readers),
        outbox(writer, readers, space),
        archive(writer, readers, checkpointer) {}

    const std::filesystem::path file;
    Health health;
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
bool SqliteStore::healthy() const noexcept { return parts_->health.ok(); }

StoreFigures SqliteStore::figures() const {
    return {parts_->writer.queued(), parts_->writer.commits(), parts_->checkpointer.logPages(),
            parts_->space.reading(), parts_->space.state()};
}

bool SqliteStore::isShort() const noexcept { return parts_->space.state() >= SpaceState::Short; }

void SqliteStore::backupTo(const std::filesystem::path& target) {
    parts_->health.check();
    backUp(parts_->file, target);
}

std::vector<std::string> SqliteStore::integrityCheck() {
    parts_->health.check();
    return examine(parts_->file);
}

}  // namespace gateway::store::sqlite
