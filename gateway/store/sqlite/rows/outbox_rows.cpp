#include "gateway/store/sqlite/rows/outbox_rows.h"

#include <optional>
#include <string>

#include "gateway/base/fault.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/stored_bytes.h"

namespace gateway::store::sqlite {
namespace {

// The schema's partial indexes say "state < 4", "state > 4" and "state < 7".
static_assert(static_cast<int>(OutboxState::Delivered) == 4);
static_assert(static_cast<int>(OutboxState::Settled) == 7);

std::int64_t numberOf(OutboxState state) { return static_cast<std::int64_t>(state); }
bool isOpen(OutboxState state) { return state < OutboxState::Delivered; }

void countClosed(Connection& connection, OutboxState state, std::int64_t change) {
    if (!isOpen(state)) {
        Query(connection, "UPDATE outbox_closed SET items = items + ? WHERE state = ?")
            .with(change, numberOf(state))
            .run();
    }
}

/// As the column `queue` of the schema.
struct Queue {
    std::string recipient, name;
};

Queue queueOf(const OutboxItem& item) {
    return {item.recipient, item.caseId.empty() ? "@" + item.sourceAgency : item.caseId};
}

// The index is named, lest all of one recipient's queues be walked.
void unmarkHead(Connection& connection, const Queue& queue) {
    Query(connection,
          "UPDATE outbox INDEXED BY outbox_queue SET is_head = 0 "
          "WHERE recipient = ? AND queue = ? AND state < 4 AND is_head = 1")
        .with(queue.recipient, queue.name)
        .run();
}

// Due from now on, so that a long queue takes its turn behind those that have waited meanwhile.
void markHead(Connection& connection, const Queue& queue, base::Timestamp now) {
    Query(connection,
          "UPDATE outbox SET is_head = 1, due_at = max(due_at, ?) WHERE state < 4 AND sequence = "
          "(SELECT min(sequence) FROM outbox INDEXED BY outbox_queue "
          "WHERE recipient = ? AND queue = ? AND (state < 4 OR holds = 1))")
        .with(now, queue.recipient, queue.name)
        .run();
}

}  // namespace

void insertItem(Connection& connection, const OutboxItem& item) {
    Query(connection,
          "INSERT INTO outbox (item_id, recipient, case_id, message_type, source_agency, "
          "source_message_id, state, attempts, created_at, due_at, fetched_at, closed_at, "
          "rendered_media_type, rendered_header, rendered_sha256, last_error, "
          "partner_receipt, partner_receipt_media_type, partner_receipt_header, "
          "open_since, source_position, is_head) VALUES (?, ?2, ?, ?, ?5, ?6, ?7, ?, ?9, ?, ?, ?, "
          "?, ?, ?, ?, ?, ?, ?, ?9, "
          "coalesce((SELECT m.position FROM message m WHERE m.agency = ?5 AND m.message_id = ?6), "
          "0), ?7 < 4 AND NOT EXISTS (SELECT 1 FROM outbox INDEXED BY outbox_queue "
          "WHERE recipient = ?2 AND queue = ?20 AND (state < 4 OR holds = 1)))")
        .with(item.itemId, item.recipient, item.caseId, item.messageType, item.sourceAgency,
              item.sourceMessageId, numberOf(item.state), item.attempts, item.createdAt, item.dueAt,
              item.fetchedAt, item.closedAt, item.renderedMediaType, item.renderedHeader,
              item.renderedSha256, item.lastError, Blob{item.partnerReceipt},
              item.partnerReceiptMediaType, item.partnerReceiptHeader, queueOf(item).name)
        .run();
    const std::int64_t sequence = connection.lastRow();
    Query(connection, "INSERT INTO outbox_content (sequence, content, sha256) VALUES (?, ?, ?)")
        .with(sequence, item.content, itemHash(item))
        .run();
    addStored(connection, item.sourceAgency, StoredKind::Delivery,
              static_cast<std::int64_t>(item.content.size()));
    if (!item.renderedSha256.empty()) {
        insertRendering(
            connection, sequence, item.sourceAgency,
            {item.renderedBytes, false, {}, static_cast<std::int64_t>(item.renderedBytes.size())});
    }
    countClosed(connection, item.state, 1);
}

void renderItem(Connection& connection, std::string_view itemId, const RenderedDelivery& delivery,
                const WrittenRendering& written) {
    GW_CHECK(!delivery.sha256.empty());
    std::int64_t sequence = 0;
    bool doubtful = false;
    std::string agency;
    {
        Query query(connection,
                    "SELECT state, rendered_sha256, sequence, source_agency FROM outbox "
                    "WHERE item_id = ?");
        query.with(itemId);
        if (!query.next()) {
            throw base::Fault("no outbox item " + std::string(itemId));
        }
        const std::string before = query.row().text(1);
        sequence = query.row().number(2);
        agency = query.row().text(3);
        if (before == delivery.sha256) {
            return;
        }
        // A doubt without bytes: of a store that was restored. It stays a doubt.
        const auto state = query.row().number(0);
        doubtful = state == numberOf(OutboxState::Maybe);
        if (!before.empty() || (state != numberOf(OutboxState::Waiting) && !doubtful)) {
            throw base::Fault("outbox item " + std::string(itemId) +
                              " is not waiting to be rendered");
        }
    }
    Query(connection,
          "UPDATE outbox SET state = ?, rendered_media_type = ?, "
          "rendered_header = ?, rendered_sha256 = ? WHERE item_id = ?")
        .with(numberOf(doubtful ? OutboxState::Maybe : OutboxState::Rendered), delivery.mediaType,
              delivery.header, delivery.sha256, itemId)
        .run();
    insertRendering(connection, sequence, agency, written);
}

bool moveItem(Connection& connection, std::string_view itemId, OutboxState expected,
              const OutboxMove& move) {
    Queue queue;
    bool held = false;
    {
        Query query(connection,
                    "SELECT state, recipient, queue, holds FROM outbox WHERE item_id = ?");
        query.with(itemId);
        if (!query.next()) {
            throw base::Fault("no outbox item " + std::string(itemId));
        }
        if (query.row().number(0) != numberOf(expected)) {
            return false;
        }
        queue = {query.row().text(1), query.row().text(2)};
        held = query.row().number(3) != 0;
    }
    const bool closes = !isOpen(move.to);
    const bool opensAgain = !isOpen(expected) && !closes;
    const bool holds = move.holds && move.to == OutboxState::Dead;
    Query update(
        connection,
        "UPDATE outbox SET state = ?, closed_at = ?, is_head = is_head AND ?, "
        "due_at = coalesce(?, due_at), attempts = CASE WHEN ?5 THEN 0 ELSE attempts END + ?, "
        "holds = ?, open_since = CASE WHEN ?5 THEN ? ELSE open_since END, "
        "author_told = author_told AND NOT ?5, "
        "fetched_at = coalesce(fetched_at, ?), "
        "partner_receipt = coalesce(?, partner_receipt), "
        "partner_receipt_media_type = coalesce(?, partner_receipt_media_type), "
        "partner_receipt_header = coalesce(?, partner_receipt_header), "
        "last_error = coalesce(?, last_error) WHERE item_id = ?");
    update.with(numberOf(move.to), closes ? std::optional(move.at) : std::nullopt,
                std::int64_t{closes ? 0 : 1}, move.dueAt, std::int64_t{opensAgain ? 1 : 0},
                std::int64_t{move.countAttempt ? 1 : 0} - (move.takeBackAttempt ? 1 : 0),
                std::int64_t{holds ? 1 : 0}, move.at,
                move.fetched ? std::optional(move.at) : std::nullopt);
    if (move.partnerReceipt.empty()) {
        update.withNull().withNull().withNull();
    } else {
        update.with(Blob{move.partnerReceipt}, move.partnerReceiptMediaType,
                    move.partnerReceiptHeader);
    }
    update.withOptional(move.error).with(itemId).run();
    countClosed(connection, expected, -1);
    countClosed(connection, move.to, 1);
    const bool stoodInTheWay = isOpen(expected) || held;
    const bool standsInTheWay = !closes || holds;
    // What closes has lost the mark already: its whole queue need not be walked for it.
    if (opensAgain) unmarkHead(connection, queue);
    if (opensAgain || stoodInTheWay != standsInTheWay) markHead(connection, queue, move.at);
    return true;
}

std::int64_t doubtSending(Connection& connection, base::Timestamp now) {
    Query(connection,
          "UPDATE outbox SET state = ?, due_at = ? "
          "WHERE sequence IN (SELECT sequence FROM outbox INDEXED BY outbox_open "
          "WHERE state < 4 AND state = ?)")
        .with(numberOf(OutboxState::Maybe), now, numberOf(OutboxState::Sending))
        .run();
    return connection.changes();
}

void markTold(Connection& connection, std::string_view itemId) {
    Query(connection, "UPDATE outbox SET author_told = 1 WHERE item_id = ?").with(itemId).run();
}

void insertNote(Connection& connection, std::string_view itemId, const OutboxNote& note) {
    Query(connection,
          "INSERT INTO outbox_note (sequence, at, operator, text) "
          "SELECT sequence, ?, ?, ? FROM outbox WHERE item_id = ?")
        .with(note.at, note.operatorName, note.text, itemId)
        .run();
}

}  // namespace gateway::store::sqlite
