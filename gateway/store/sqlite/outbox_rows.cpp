#include "gateway/store/sqlite/outbox_rows.h"

#include <optional>
#include <string>

#include "gateway/base/fault.h"
#include "gateway/store/sqlite/query.h"
#include "gateway/store/sqlite/stored_bytes.h"

namespace gateway::store::sqlite {
namespace {

// The schema's partial indexes say "state < 4" and "state > 4".
static_assert(static_cast<int>(OutboxState::Delivered) == 4);

std::int64_t numberOf(OutboxState state) { return static_cast<std::int64_t>(state); }
bool isOpen(OutboxState state) { return state < OutboxState::Delivered; }

void countClosed(Connection& connection, OutboxState state, std::int64_t change) {
    if (!isOpen(state)) {
        Query(connection, "UPDATE outbox_closed SET items = items + ? WHERE state = ?")
            .with(change, numberOf(state))
            .run();
    }
}

// The index is named, lest all of one recipient's queues be walked.
void unmarkHead(Connection& connection, const std::string& recipient, const std::string& caseId) {
    Query(connection,
          "UPDATE outbox INDEXED BY outbox_queue SET is_head = 0 "
          "WHERE recipient = ? AND case_id = ? AND state < 4 AND is_head = 1")
        .with(recipient, caseId)
        .run();
}

void markHead(Connection& connection, const std::string& recipient, const std::string& caseId) {
    Query(connection,
          "UPDATE outbox SET is_head = 1 WHERE sequence = "
          "(SELECT min(sequence) FROM outbox INDEXED BY outbox_queue "
          "WHERE recipient = ? AND case_id = ? AND state < 4)")
        .with(recipient, caseId)
        .run();
}

}  // namespace

void insertItem(Connection& connection, const OutboxItem& item) {
    Query(connection,
          "INSERT INTO outbox (item_id, recipient, case_id, message_type, source_agency, "
          "source_message_id, state, attempts, created_at, due_at, fetched_at, closed_at, "
          "rendered_media_type, rendered_header, rendered_sha256, last_error, "
          "partner_receipt, partner_receipt_media_type, partner_receipt_header, "
          "is_head) VALUES (?, ?2, ?3, ?, ?, ?, ?7, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
          "?7 < 4 AND NOT EXISTS (SELECT 1 FROM outbox INDEXED BY outbox_queue "
          "WHERE recipient = ?2 AND case_id = ?3 AND state < 4))")
        .with(item.itemId, item.recipient, item.caseId, item.messageType, item.sourceAgency,
              item.sourceMessageId, numberOf(item.state), item.attempts, item.createdAt, item.dueAt,
              item.fetchedAt, item.closedAt, item.renderedMediaType, item.renderedHeader,
              item.renderedSha256, item.lastError, Blob{item.partnerReceipt},
              item.partnerReceiptMediaType, item.partnerReceiptHeader)
        .run();
    const std::int64_t sequence = connection.lastRow();
    Query(connection, "INSERT INTO outbox_content (sequence, content) VALUES (?, ?)")
        .with(sequence, item.content)
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
        if (!before.empty() || query.row().number(0) != numberOf(OutboxState::Waiting)) {
            throw base::Fault("outbox item " + std::string(itemId) +
                              " is not waiting to be rendered");
        }
    }
    Query(connection,
          "UPDATE outbox SET state = ?, rendered_media_type = ?, "
          "rendered_header = ?, rendered_sha256 = ? WHERE item_id = ?")
        .with(numberOf(OutboxState::Rendered), delivery.mediaType, delivery.header, delivery.sha256,
              itemId)
        .run();
    insertRendering(connection, sequence, agency, written);
}

bool moveItem(Connection& connection, std::string_view itemId, OutboxState expected,
              const OutboxMove& move) {
    std::string recipient;
    std::string caseId;
    {
        Query query(connection, "SELECT state, recipient, case_id FROM outbox WHERE item_id = ?");
        query.with(itemId);
        if (!query.next()) {
            throw base::Fault("no outbox item " + std::string(itemId));
        }
        if (query.row().number(0) != numberOf(expected)) {
            return false;
        }
        recipient = query.row().text(1);
        caseId = query.row().text(2);
    }
    const bool closes = !isOpen(move.to);
    const bool opensAgain = !isOpen(expected) && !closes;
    Query update(
        connection,
        "UPDATE outbox SET state = ?, closed_at = ?, is_head = is_head AND ?, "
        "due_at = coalesce(?, due_at), attempts = CASE WHEN ? THEN 0 ELSE attempts END + ?, "
        "fetched_at = coalesce(fetched_at, ?), "
        "partner_receipt = coalesce(?, partner_receipt), "
        "partner_receipt_media_type = coalesce(?, partner_receipt_media_type), "
        "partner_receipt_header = coalesce(?, partner_receipt_header), "
        "last_error = coalesce(?, last_error) WHERE item_id = ?");
    update.with(numberOf(move.to), closes ? std::optional(move.at) : std::nullopt,
                std::int64_t{closes ? 0 : 1}, move.dueAt, std::int64_t{opensAgain ? 1 : 0},
                std::int64_t{move.countAttempt ? 1 : 0},
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
    if (isOpen(expected) == closes) {
        // What closes has lost the mark already: its whole queue need not be walked for it.
        if (!closes) unmarkHead(connection, recipient, caseId);
        markHead(connection, recipient, caseId);
    }
    return true;
}

std::int64_t doubtSending(Connection& connection, base::Timestamp now) {
    Query(connection,
          "UPDATE outbox SET state = ?, due_at = ? "
          "WHERE sequence IN (SELECT sequence FROM outbox INDEXED BY outbox_queue "
          "WHERE state < 4 AND state = ?)")
        .with(numberOf(OutboxState::Maybe), now, numberOf(OutboxState::Sending))
        .run();
    return connection.changes();
}

}  // namespace gateway::store::sqlite
