#include "gateway/store/sqlite/ports/sqlite_archive.h"

#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/archivable.h"
#include "gateway/store/sqlite/rows/search_query.h"

namespace gateway::store::sqlite {
namespace {

// About a MiB at once: nobody waits for long behind it.
constexpr int kCuts = 5;
constexpr const char* kGiveBack = "PRAGMA incremental_vacuum(256)";

const std::string kWhere =
    std::string(
        "SELECT d.kind, x.sha256, a.archive_id, a.folder, a.manifest_sha256, a.made_at FROM ("
        "SELECT 0 AS kind, CAST(position AS TEXT) AS key, body_sha256 AS sha256 FROM message "
        "WHERE position IN (") +
    kPositionsOfId +
    "?1) "
    "UNION SELECT 0, CAST(position AS TEXT), body_sha256 FROM message WHERE receipt_id = ?1 "
    "UNION SELECT 0, CAST(position AS TEXT), body_sha256 FROM message WHERE body_sha256 = ?1 "
    "UNION SELECT 1, ?1, ?1 "
    "UNION SELECT 2, CAST(sequence AS TEXT), rendered_sha256 FROM outbox WHERE item_id = ?1 "
    "UNION SELECT 3, CAST(number AS TEXT), body_sha256 FROM refusal WHERE refusal_id = ?1 "
    "UNION SELECT 4, ?1, '') x "
    "JOIN archived d ON d.kind = x.kind AND d.key = x.key "
    "JOIN archive a ON a.archive_id = d.archive_id ORDER BY d.kind, d.key LIMIT 100";

void noteArchive(Connection& connection, const ArchiveRecord& archive) {
    Query(connection,
          "INSERT INTO archive (archive_id, folder, manifest_sha256, made_at) VALUES (?, ?, ?, ?) "
          "ON CONFLICT DO NOTHING")
        .with(archive.archiveId, archive.folder, archive.manifestSha256, archive.madeAt)
        .run();
}

void noteArchived(Connection& connection, const ArchiveRecord& archive, ArchivedKind kind,
                  const std::string& key) {
    Query(connection,
          "INSERT INTO archived (kind, key, archive_id) VALUES (?, ?, ?) "
          "ON CONFLICT (kind, key) DO UPDATE SET archive_id = excluded.archive_id")
        .with(static_cast<std::int64_t>(kind), key, archive.archiveId)
        .run();
}

}  // namespace

std::vector<ArchivePiece> SqliteArchive::page(ArchivedKind kind, base::Timestamp before,
                                              std::int64_t afterRow, std::size_t mostBytes) {
    return readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
        return archivable(connection, kind, before, afterRow, mostBytes);
    });
}

std::size_t SqliteArchive::purge(const ArchiveRecord& archive, ArchivedKind kind,
                                 const std::vector<std::string>& keys, base::Timestamp before) {
    std::size_t gone = 0;
    writer_.run(keys.size() * 512, [&](Connection& connection) {
        gone = 0;
        noteArchive(connection, archive);
        for (const auto& key : keys) {
            if (!takeOut(connection, kind, key, before)) continue;
            noteArchived(connection, archive, kind, key);
            ++gone;
        }
        return Changes::Keep;
    });
    // What is deleted goes through the log, and the disk may be as full as it is because of it.
    if (checkpointer_.logPages() >= Checkpointer::kWakePages) cutLog();
    return gone;
}

// Under load a reader may be in the way; then the room in the log is used anew instead.
void SqliteArchive::cutLog() {
    for (int tries = 0; tries < kCuts && !checkpointer_.cutLog(); ++tries) {
    }
}

bool SqliteArchive::returnSpace() {
    bool more = false;
    writer_.run(1024 * 1024, [&](Connection& connection) {
        connection.execute(kGiveBack);
        more = connection.value("PRAGMA auto_vacuum") == "2" &&
               connection.value("PRAGMA freelist_count") != "0";
        return Changes::Keep;
    });
    if (!more || checkpointer_.logPages() >= Checkpointer::kWakePages) cutLog();
    return more;
}

std::vector<ArchivedBytes> SqliteArchive::whereIs(std::string_view id) {
    return readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
        std::vector<ArchivedBytes> found;
        Query query(connection, kWhere);
        query.with(id);
        while (query.next()) {
            const Statement& row = query.row();
            found.push_back({static_cast<ArchivedKind>(row.number(0)),
                             row.text(1),
                             {row.text(2), row.text(3), row.text(4), row.instant(5)}});
        }
        return found;
    });
}

}  // namespace gateway::store::sqlite
