#include "gateway/store/sqlite/rows/rows.h"

#include <limits>
#include <sstream>

#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/engine/query.h"

namespace gateway::store::sqlite {

std::int64_t rowsOf(std::size_t limit) noexcept {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    return limit > static_cast<std::size_t>(kMost) ? kMost : static_cast<std::int64_t>(limit);
}

std::string selectMessage(std::string_view rest, MessageParts parts) {
    return std::string(
               "SELECT m.position, m.agency, m.message_id, m.message_type, m.channel, "
               "m.signer_sha256, m.body_sha256, m.content_sha256, m.media_type, "
               "m.detached_header, m.received_at, m.decided_at, m.case_id, m.case_version, "
               "m.mapping_id, m.mapping_sha256, m.rules_sha256, m.events, m.entry_hash, "
               "m.receipt_id, m.receipt_media_type, m.body_length, ")
        .append(parts == MessageParts::Events ? "NULL, " : "m.receipt, ")
        .append(parts == MessageParts::Whole
                    ? "(SELECT archive_id FROM archived WHERE kind = 0 AND "
                      "key = CAST(m.position AS TEXT)), m.body"
                    : "NULL, NULL")
        .append(parts == MessageParts::Events
                    ? ", NULL"
                    : ", (SELECT d.sha256 FROM receipt_digest d WHERE d.position = m.position)")
        .append(" FROM message m ")
        .append(rest);
}

MessageRecord readMessage(const Statement& row) {
    MessageRecord message;
    int column = 0;
    message.position = row.number(column++);
    message.agency = row.text(column++);
    message.messageId = row.text(column++);
    message.messageType = row.text(column++);
    message.channel = row.text(column++);
    message.signerSha256 = row.text(column++);
    message.bodySha256 = row.text(column++);
    message.contentSha256 = row.text(column++);
    message.mediaType = row.text(column++);
    message.detachedHeader = row.text(column++);
    message.receivedAt = row.instant(column++);
    message.decidedAt = row.instant(column++);
    message.caseId = row.text(column++);
    message.caseVersion = row.number(column++);
    message.mappingId = row.text(column++);
    message.mappingSha256 = row.text(column++);
    message.rulesSha256 = row.text(column++);
    message.events = row.text(column++);
    message.entrySha256 = row.text(column++);
    message.receiptId = row.text(column++);
    message.receiptMediaType = row.text(column++);
    message.bodyLength = row.number(column++);
    message.receipt = row.text(column++);
    message.archivedIn = row.text(column++);
    message.body = row.text(column++);
    return message;
}

MessageRecord soundMessage(const Statement& row) {
    constexpr int kReceipt = 22;
    constexpr int kBody = 24;
    constexpr int kReceiptDigest = 25;
    auto message = readMessage(row);
    const auto damaged = [&message](const char* what) {
        return StoreDamaged("message at position " + std::to_string(message.position) + ": " +
                            what);
    };
    if (!columnsHold(message)) throw damaged("its entry hash does not hold");
    if (!row.isNull(kBody) && !entryHolds(message)) throw damaged("its body is another");
    if (!row.isNull(kReceipt) && row.text(kReceiptDigest) != receiptHash(message))
        throw damaged("its receipt is another");
    return message;
}

CaseRecord readCase(const Statement& row) {
    CaseRecord record;
    int column = 0;
    record.caseId = row.text(column++);
    record.version = row.number(column++);
    record.court = row.text(column++);
    record.firstInstanceCourt = row.text(column++);
    record.province = row.text(column++);
    record.number = row.text(column++);
    record.issuedOn = row.text(column++);
    record.stage = row.text(column++);
    record.snapshot = row.text(column++);
    record.nextDay = row.text(column++);
    record.firstDue = row.text(column++);
    record.subject = row.text(column++);
    record.registered = row.text(column++);
    return record;
}

CaseRecord soundCase(const Statement& row) {
    auto record = readCase(row);
    if (row.text(kCaseColumnCount - 1) != caseHash(record))
        throw StoreDamaged("case " + record.caseId + ": its row is another");
    return record;
}

// That it is not empty is what lets the index be used, which knows of no others.
const char* const kRegisteredElsewhere =
    "SELECT 1 FROM case_file WHERE registered = ? AND registered <> '' AND case_id <> ? LIMIT 1";

bool isRegisteredElsewhere(Connection& connection, std::string_view registered,
                           std::string_view caseId) {
    if (registered.empty()) return false;
    Query query(connection, kRegisteredElsewhere);
    return query.with(registered, caseId).next();
}

namespace {

std::vector<std::string> codesIn(const std::string& text) {
    std::istringstream words(text);
    std::vector<std::string> codes;
    for (std::string code; words >> code;) codes.push_back(std::move(code));
    return codes;
}

}  // namespace

std::optional<KnownDocument> findDocument(Connection& connection, std::string_view agency,
                                          std::string_view name) {
    Query query(connection,
                "SELECT sha256, message_id, receipt_id, told, ended_by, version "
                "FROM document_name WHERE agency = ? AND name = ?");
    if (!query.with(agency, name).next()) return std::nullopt;
    const auto& row = query.row();
    return KnownDocument{row.text(0),          row.text(1), row.text(2),
                         codesIn(row.text(3)), row.text(4), row.number(5)};
}

std::string codesText(const std::vector<std::string>& codes) {
    std::string text;
    for (const std::string& code : codes) text.append(text.empty() ? "" : " ").append(code);
    return text;
}

std::int64_t caseRow(Connection& connection, std::string_view caseId) {
    Query query(connection, "SELECT number_of_row FROM case_file WHERE case_id = ?");
    query.with(caseId);
    return query.next() ? query.row().number(0) : 0;
}

std::string selectItem(std::string_view rest) {
    return std::string(
               "SELECT item_id, recipient, case_id, message_type, "
               "(SELECT content FROM outbox_content c WHERE c.sequence = outbox.sequence), "
               "source_agency, "
               "source_message_id, state, sequence, attempts, created_at, due_at, fetched_at, "
               "closed_at, rendered_media_type, rendered_header, rendered_sha256, "
               "partner_receipt, partner_receipt_media_type, partner_receipt_header, last_error, "
               "(SELECT length FROM rendering r WHERE r.sequence = outbox.sequence), open_since, "
               "holds, "
               "(SELECT sha256 FROM outbox_content c WHERE c.sequence = outbox.sequence), "
               "EXISTS (SELECT 1 FROM restored_item r WHERE r.sequence = outbox.sequence "
               "AND r.had_bytes = 0) "
               "FROM outbox ")
        .append(rest);
}

OutboxItem readItem(const Statement& row) {
    OutboxItem item;
    int column = 0;
    item.itemId = row.text(column++);
    item.recipient = row.text(column++);
    item.caseId = row.text(column++);
    item.messageType = row.text(column++);
    item.content = row.text(column++);
    item.sourceAgency = row.text(column++);
    item.sourceMessageId = row.text(column++);
    item.state = static_cast<OutboxState>(row.number(column++));
    item.sequence = row.number(column++);
    item.attempts = row.number(column++);
    item.createdAt = row.instant(column++);
    item.dueAt = row.instant(column++);
    item.fetchedAt = row.maybeInstant(column++);
    item.closedAt = row.maybeInstant(column++);
    item.renderedMediaType = row.text(column++);
    item.renderedHeader = row.text(column++);
    item.renderedSha256 = row.text(column++);
    item.partnerReceipt = row.text(column++);
    item.partnerReceiptMediaType = row.text(column++);
    item.partnerReceiptHeader = row.text(column++);
    item.lastError = row.text(column++);
    item.renderedLength = row.number(column++);
    item.openSince = row.instant(column++);
    item.holds = row.number(column++) != 0;
    item.itemSha256 = row.text(column++);
    item.bytesMayDiffer = row.number(column++) != 0;
    return item;
}

}  // namespace gateway::store::sqlite
