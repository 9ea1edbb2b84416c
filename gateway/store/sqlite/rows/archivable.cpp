#include "gateway/store/sqlite/rows/archivable.h"

#include <set>
#include <string_view>

#include "gateway/base/fault.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/archivable_reads.h"
#include "gateway/store/sqlite/rows/renderings.h"
#include "gateway/store/sqlite/rows/stored_bytes.h"

namespace gateway::store::sqlite {
namespace {

constexpr std::size_t kDigest = 64;

// The schema's states: 4 delivered, 5 refused by the recipient's signed word, 7 settled by an
// operator. A dead letter (6) may be sent again.
const std::string kClosed = "IN (4, 5, 7)";

// Nothing of it is parked, waits, is dead, or has a rendering that may repeat the body.
const std::string kMessageDone =
    "m.decided_at < ?1 AND m.message_type NOT IN ('OperatorAct', 'DeliveryFailure') "
    "AND length(m.body) > 0 "
    "AND NOT EXISTS (SELECT 1 FROM parked p WHERE p.position = m.position) "
    "AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.source_position = m.position "
    "AND (o.state NOT " +
    kClosed + " OR EXISTS (SELECT 1 FROM rendering r WHERE r.sequence = o.sequence)))";

// None of its holders has named it since, and no rendering repeats it.
const std::string kFileDone =
    "NOT EXISTS (SELECT 1 FROM attachment_possession p WHERE p.sha256 = a.sha256 "
    "AND p.named_at >= ?1) "
    "AND NOT EXISTS (SELECT 1 FROM rendering_file f WHERE f.sha256 = a.sha256)";

const std::string kMessages =
    "SELECT m.position, m.agency, m.message_id, m.receipt_id, m.media_type, m.detached_header, "
    "m.body_sha256, m.decided_at, m.body FROM message m WHERE m.position > ?2 AND " +
    kMessageDone + " ORDER BY m.position";
const std::string kFiles =
    "SELECT a.rowid, coalesce((SELECT min(p.agency) FROM attachment_possession p "
    "WHERE p.sha256 = a.sha256), ''), '', '', '', '', a.sha256, "
    "coalesce((SELECT max(p.named_at) FROM attachment_possession p WHERE p.sha256 = a.sha256), 0), "
    "a.bytes FROM attachment a WHERE a.rowid > ?2 AND " +
    kFileDone + " ORDER BY a.rowid";
const std::string kDeliveries =
    "SELECT o.sequence, o.recipient, o.item_id, '', o.rendered_media_type, o.rendered_header, "
    "o.rendered_sha256, o.closed_at, NULL FROM rendering r "
    "JOIN outbox o ON o.sequence = r.sequence WHERE o.closed_at < ?1 AND o.sequence > ?2 "
    "AND o.state " +
    kClosed + " ORDER BY r.sequence";
const std::string kRefusals =
    "SELECT number, agency, refusal_id, '', '', '', body_sha256, at, bytes FROM refusal "
    "WHERE at < ?1 AND number > ?2 AND bytes IS NOT NULL ORDER BY number";

const std::string& sqlOf(ArchivedKind kind) {
    switch (kind) {
        case ArchivedKind::Message: return kMessages;
        case ArchivedKind::File: return kFiles;
        case ArchivedKind::Delivery: return kDeliveries;
        case ArchivedKind::Refusal:
        case ArchivedKind::Reads: break;  // reads have a page of their own
    }
    return kRefusals;
}

bool isHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

void addDigests(std::string_view text, std::set<std::string, std::less<>>& found) {
    std::size_t run = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && isHex(text[i])) {
            ++run;
            continue;
        }
        if (run == kDigest) found.emplace(text.substr(i - run, run));
        run = 0;
    }
}

std::set<std::string, std::less<>> filesNeeded(Connection& connection) {
    std::set<std::string, std::less<>> found;
    {
        Query query(connection,
                    "SELECT c.content FROM outbox o JOIN outbox_content c "
                    "ON c.sequence = o.sequence WHERE o.rendered_sha256 = '' "
                    "AND o.state NOT " +
                        kClosed);
        while (query.next()) addDigests(query.row().text(0), found);
    }
    Query query(connection,
                "SELECT m.events FROM parked p JOIN message m ON m.position = p.position");
    while (query.next()) addDigests(query.row().text(0), found);
    return found;
}

ArchivePiece readPiece(const Statement& row, ArchivedKind kind) {
    ArchivePiece piece;
    piece.kind = kind;
    piece.row = row.number(0);
    piece.agency = row.text(1);
    piece.id = row.text(2);
    piece.receiptId = row.text(3);
    piece.mediaType = row.text(4);
    piece.detachedHeader = row.text(5);
    piece.sha256 = row.text(6);
    piece.at = row.instant(7);
    piece.bytes = row.text(8);
    piece.key = kind == ArchivedKind::File ? piece.sha256 : std::to_string(piece.row);
    return piece;
}

bool takeMessage(Connection& connection, const std::string& key, base::Timestamp before) {
    std::string agency;
    std::int64_t length = 0;
    {
        Query query(connection,
                    "SELECT m.agency, length(m.body) FROM message m WHERE m.position = ?2 AND " +
                        kMessageDone);
        query.with(before, std::int64_t{std::stoll(key)});
        if (!query.next()) return false;
        agency = query.row().text(0);
        length = query.row().number(1);
    }
    Query(connection, "UPDATE message SET body = x'' WHERE position = ?")
        .with(std::int64_t{std::stoll(key)})
        .run();
    addStored(connection, agency, StoredKind::Message, -length);
    return true;
}

bool takeFile(Connection& connection, const std::string& key, base::Timestamp before) {
    std::int64_t length = 0;
    {
        Query query(
            connection,
            "SELECT length(a.bytes) FROM attachment a WHERE a.sha256 = ?2 AND " + kFileDone);
        query.with(before, key);
        if (!query.next()) return false;
        length = query.row().number(0);
    }
    std::vector<std::string> holders;
    {
        Query query(connection, "SELECT agency FROM attachment_possession WHERE sha256 = ?");
        query.with(key);
        while (query.next()) holders.push_back(query.row().text(0));
    }
    for (const auto& holder : holders) addStored(connection, holder, StoredKind::File, -length);
    Query(connection, "DELETE FROM attachment_possession WHERE sha256 = ?").with(key).run();
    Query(connection, "DELETE FROM attachment WHERE sha256 = ?").with(key).run();
    return true;
}

bool takeDelivery(Connection& connection, const std::string& key, base::Timestamp before) {
    const std::int64_t sequence = std::stoll(key);
    std::string agency;
    std::int64_t length = 0;
    {
        Query query(connection,
                    "SELECT o.source_agency, length(r.bytes) FROM rendering r "
                    "JOIN outbox o ON o.sequence = r.sequence "
                    "WHERE r.sequence = ? AND o.closed_at < ? AND o.state " +
                        kClosed);
        query.with(sequence, before);
        if (!query.next()) return false;
        agency = query.row().text(0);
        length = query.row().number(1);
    }
    Query(connection, "DELETE FROM rendering_file WHERE sequence = ?").with(sequence).run();
    Query(connection, "DELETE FROM rendering WHERE sequence = ?").with(sequence).run();
    addStored(connection, agency, StoredKind::Delivery, -length);
    return true;
}

bool takeRefusal(Connection& connection, const std::string& key, base::Timestamp before) {
    std::string holder;
    std::int64_t length = 0;
    {
        Query query(connection,
                    "SELECT holder, length(bytes) FROM refusal "
                    "WHERE number = ? AND at < ? AND bytes IS NOT NULL");
        query.with(std::int64_t{std::stoll(key)}, before);
        if (!query.next()) return false;
        holder = query.row().text(0);
        length = query.row().number(1);
    }
    Query(connection, "UPDATE refusal SET bytes = NULL WHERE number = ?")
        .with(std::int64_t{std::stoll(key)})
        .run();
    addHeld(connection, holder, -length);
    return true;
}

}  // namespace

std::vector<ArchivePiece> archivable(Connection& connection, ArchivedKind kind,
                                     base::Timestamp before, std::int64_t afterRow,
                                     std::size_t mostBytes) {
    if (kind == ArchivedKind::Reads)
        return archivableReads(connection, before, afterRow, mostBytes);
    const auto needed =
        kind == ArchivedKind::File ? filesNeeded(connection) : std::set<std::string, std::less<>>();
    std::vector<ArchivePiece> found;
    std::size_t bytes = 0;
    Query query(connection, sqlOf(kind));
    query.with(before, afterRow);
    while (bytes < mostBytes && query.next()) {
        auto piece = readPiece(query.row(), kind);
        if (needed.contains(piece.sha256)) continue;
        if (kind == ArchivedKind::Delivery) piece.bytes = renderedBytes(connection, piece.row);
        bytes += piece.bytes.size() + piece.detachedHeader.size() + kDigest;
        found.push_back(std::move(piece));
    }
    return found;
}

bool takeOut(Connection& connection, ArchivedKind kind, const std::string& key,
             base::Timestamp before) {
    switch (kind) {
        case ArchivedKind::Message: return takeMessage(connection, key, before);
        case ArchivedKind::File: return takeFile(connection, key, before);
        case ArchivedKind::Delivery: return takeDelivery(connection, key, before);
        case ArchivedKind::Refusal: return takeRefusal(connection, key, before);
        case ArchivedKind::Reads: break;
    }
    return takeReads(connection, key, before);
}

}  // namespace gateway::store::sqlite
