#include "gateway/store/sqlite/rows/acceptance.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/outbox_rows.h"
#include "gateway/store/sqlite/rows/rows.h"
#include "gateway/store/sqlite/rows/stored_bytes.h"
#include "gateway/store/sqlite/rows/term_table.h"

namespace gateway::store::sqlite {
namespace {

std::optional<MessageRecord> holderOfKey(Connection& connection, const MessageRecord& message) {
    static const std::string sql =
        selectMessage("WHERE m.agency = ? AND m.message_id = ?", MessageParts::Receipt);
    Query query(connection, sql);
    query.with(message.agency, message.messageId);
    return query.next() ? std::optional(soundMessage(query.row())) : std::nullopt;
}

bool versionHolds(Connection& connection, const Acceptance& acceptance) {
    if (!acceptance.caseAfter) {
        return true;
    }
    const CaseRecord& after = *acceptance.caseAfter;
    GW_CHECK(after.caseId == acceptance.message.caseId && !after.caseId.empty());
    GW_CHECK(after.version == acceptance.message.caseVersion);
    GW_CHECK(after.version == acceptance.expectedVersion + 1);
    Query query(connection, "SELECT version FROM case_file WHERE case_id = ?");
    query.with(after.caseId);
    return (query.next() ? query.row().number(0) : 0) == acceptance.expectedVersion;
}

bool documentsHold(Connection& connection, const Acceptance& acceptance) {
    if (!acceptance.document) return true;
    const auto isAsSeen = [&](const DocumentChange& change) {
        const auto known = findDocument(connection, change.agency, change.name);
        return known && known->version == change.expectedVersion;
    };
    return !findDocument(connection, acceptance.message.agency, acceptance.document->name) &&
           std::ranges::all_of(acceptance.document->changes, isAsSeen);
}

// Two cases under one number, of which neither was seen when the other was judged. Who has had it
// before keeps it.
bool takesNumberOfOther(Connection& connection, const CaseRecord& after) {
    if (!isRegisteredElsewhere(connection, after.registered, after.caseId)) return false;
    Query query(connection, "SELECT 1 FROM case_file WHERE case_id = ? AND registered = ?");
    return !query.with(after.caseId, after.registered).next();
}

std::optional<std::string> ownerOf(Connection& connection, const CaseAlias& alias) {
    Query query(connection,
                "SELECT case_id FROM case_alias WHERE court = ? AND number = ? AND issued_on = ?");
    query.with(alias.court, alias.number, alias.date);
    return query.next() ? std::optional(query.row().text(0)) : std::nullopt;
}

std::optional<std::string> otherOwner(Connection& connection, const Acceptance& acceptance) {
    for (const CaseAlias& alias : acceptance.newAliases) {
        auto owner = ownerOf(connection, alias);
        if (owner && *owner != acceptance.message.caseId) {
            return owner;
        }
    }
    if (!acceptance.parkUnder) {
        return std::nullopt;
    }
    auto owner = ownerOf(connection, *acceptance.parkUnder);
    return owner == acceptance.parkBeside ? std::nullopt : owner;
}

bool besideHolds(Connection& connection, const Acceptance& acceptance) {
    if (acceptance.parkBeside.empty()) {
        return true;
    }
    Query query(connection, "SELECT version FROM case_file WHERE case_id = ?");
    query.with(acceptance.parkBeside);
    return query.next() && query.row().number(0) == acceptance.besideVersion;
}

// Everything that leaves is still parked, and everything parked under the names looked at is named.
bool parkedAsSeen(Connection& connection, const Acceptance& acceptance) {
    auto named = acceptance.unparkPositions;
    for (const std::int64_t position : named) {
        Query query(connection, "SELECT 1 FROM parked WHERE position = ?");
        if (!query.with(position).next()) {
            return false;
        }
    }
    named.insert(named.end(), acceptance.stillParked.begin(), acceptance.stillParked.end());
    auto looked = acceptance.newAliases;
    if (acceptance.looksUnder) {
        looked.push_back(*acceptance.looksUnder);
    }
    for (const CaseAlias& alias : looked) {
        Query query(connection,
                    "SELECT position FROM parked WHERE court = ? AND number = ? AND issued_on = ?");
        query.with(alias.court, alias.number, alias.date);
        while (query.next()) {
            if (std::find(named.begin(), named.end(), query.row().number(0)) == named.end()) {
                return false;
            }
        }
    }
    return true;
}

/// The number of its row.
std::int64_t writeCase(Connection& connection, const CaseRecord& record, bool isNew) {
    if (isNew) {
        Query(connection,
              "INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
              "number, issued_on, stage, snapshot, next_day, first_due, registered, subject, "
              "row_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .with(record.caseId, record.version, record.court, record.firstInstanceCourt,
                  record.province, record.number, record.issuedOn, record.stage, record.snapshot,
                  record.nextDay, record.firstDue, record.registered, record.subject,
                  caseHash(record))
            .run();
        return connection.lastRow();
    }
    Query(connection,
          "UPDATE case_file SET version = ?, court = ?, first_instance_court = ?, province = ?, "
          "number = ?, issued_on = ?, stage = ?, snapshot = ?, next_day = ?, first_due = ?, "
          "registered = ?, row_sha256 = ? WHERE case_id = ?")
        .with(record.version, record.court, record.firstInstanceCourt, record.province,
              record.number, record.issuedOn, record.stage, record.snapshot, record.nextDay,
              record.firstDue, record.registered, caseHash(record), record.caseId)
        .run();
    return caseRow(connection, record.caseId);
}

// Most messages leave the agencies of their case, and its stage, as they are: those rows are not
// touched.
void writeAgencies(Connection& connection, const CaseRecord& record, std::int64_t row) {
    const auto& wanted = record.agencies;
    std::vector<CaseAgency> gone;
    std::vector<CaseAgency> present;
    bool moved = false;
    {
        Query query(connection, "SELECT agency, role, stage FROM case_agency WHERE case_row = ?");
        query.with(row);
        while (query.next()) {
            CaseAgency agency{query.row().text(0), query.row().text(1)};
            moved = moved || query.row().text(2) != record.stage;
            const bool stays = std::find(wanted.begin(), wanted.end(), agency) != wanted.end();
            (stays ? present : gone).push_back(std::move(agency));
        }
    }
    for (const CaseAgency& agency : gone) {
        Query(connection, "DELETE FROM case_agency WHERE case_row = ? AND agency = ? AND role = ?")
            .with(row, agency.agency, agency.role)
            .run();
    }
    if (moved)
        Query(connection, "UPDATE case_agency SET stage = ? WHERE case_row = ?")
            .with(record.stage, row)
            .run();
    for (const CaseAgency& agency : wanted) {
        if (std::find(present.begin(), present.end(), agency) == present.end()) {
            Query(connection,
                  "INSERT INTO case_agency (case_row, agency, role, stage) VALUES (?, ?, ?, ?)")
                .with(row, agency.agency, agency.role, record.stage)
                .run();
            present.push_back(agency);
        }
    }
}

// What was public once stays known to have been.
void writePortals(Connection& connection, const CaseRecord& record) {
    for (const std::string& portal : record.portals) {
        Query(connection,
              "INSERT INTO publication (case_id, portal) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .with(record.caseId, portal)
            .run();
    }
}

std::int64_t writeMessage(Connection& connection, const MessageRecord& m) {
    Query(connection,
          "INSERT INTO message (agency, message_id, message_type, channel, signer_sha256, "
          "body_sha256, body_length, content_sha256, media_type, received_at, decided_at, "
          "case_id, case_version, mapping_id, mapping_sha256, rules_sha256, entry_hash, "
          "receipt_id, receipt_media_type, detached_header, events, receipt, body) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(m.agency, m.messageId, m.messageType, m.channel, m.signerSha256, m.bodySha256,
              static_cast<std::int64_t>(m.body.size()), m.contentSha256, m.mediaType, m.receivedAt,
              m.decidedAt)
        .withOptional(m.caseId)
        .with(m.caseVersion, m.mappingId, m.mappingSha256, m.rulesSha256, m.entrySha256,
              m.receiptId, m.receiptMediaType, m.detachedHeader, m.events, Blob{m.receipt},
              Blob{m.body})
        .run();
    const std::int64_t position = connection.lastRow();
    Query(connection, "INSERT INTO receipt_digest (position, sha256) VALUES (?, ?)")
        .with(position, receiptHash(m))
        .run();
    return position;
}

void writeAliases(Connection& connection, const Acceptance& acceptance) {
    for (const CaseAlias& alias : acceptance.freedAliases) {
        Query(connection,
              "DELETE FROM case_alias WHERE court = ? AND number = ? AND issued_on = ? "
              "AND case_id = ?")
            .with(alias.court, alias.number, alias.date, acceptance.message.caseId)
            .run();
        GW_CHECK(connection.changes() == 1);
    }
    for (const CaseAlias& alias : acceptance.newAliases) {
        Query(connection,
              "INSERT INTO case_alias (court, number, issued_on, case_id) VALUES (?, ?, ?, ?) "
              "ON CONFLICT DO NOTHING")
            .with(alias.court, alias.number, alias.date)
            .withOptional(acceptance.message.caseId)
            .run();
    }
}

void writeAttachments(Connection& connection, const Acceptance& acceptance) {
    for (const StoredAttachment& attachment : acceptance.attachments) {
        Query(connection,
              "INSERT INTO attachment (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .with(attachment.sha256, Blob{attachment.bytes})
            .run();
        const std::string& agency = acceptance.message.agency;
        Query(connection,
              "INSERT INTO attachment_possession (agency, sha256, named_at) VALUES (?, ?, ?) "
              "ON CONFLICT DO NOTHING")
            .with(agency, attachment.sha256, acceptance.message.decidedAt)
            .run();
        if (connection.changes() == 1) {
            addStored(connection, agency, StoredKind::File,
                      static_cast<std::int64_t>(attachment.bytes.size()));
        }
    }
    // Also those that were sent earlier: they are needed again.
    for (const std::string& sha256 : acceptance.filesNamed) {
        Query(connection,
              "UPDATE attachment_possession SET named_at = max(named_at, ?) "
              "WHERE agency = ? AND sha256 = ?")
            .with(acceptance.message.decidedAt, acceptance.message.agency, sha256)
            .run();
    }
}

void writeDocument(Connection& connection, const Acceptance& acceptance) {
    if (!acceptance.document) return;
    const MessageRecord& message = acceptance.message;
    const DocumentName& document = *acceptance.document;
    Query(connection,
          "INSERT INTO document_name (agency, name, sha256, message_id, receipt_id, told) "
          "VALUES (?, ?, ?, ?, ?, ?)")
        .with(message.agency, document.name, document.sha256, message.messageId, message.receiptId,
              codesText(document.told))
        .run();
    for (const DocumentChange& change : document.changes) {
        Query(connection,
              "UPDATE document_name SET told = ?, ended_by = ?, version = version + 1 "
              "WHERE agency = ? AND name = ?")
            .with(codesText(change.told), change.ends ? message.receiptId : std::string(),
                  change.agency, change.name)
            .run();
    }
}

void writeParked(Connection& connection, const Acceptance& acceptance, std::int64_t position) {
    for (const std::int64_t leaving : acceptance.unparkPositions) {
        Query(connection, "DELETE FROM parked WHERE position = ?").with(leaving).run();
    }
    if (acceptance.parkUnder) {
        GW_CHECK(acceptance.message.caseId.empty());
        const CaseAlias& alias = *acceptance.parkUnder;
        Query(connection,
              "INSERT INTO parked (position, agency, court, number, issued_on) "
              "VALUES (?, ?, ?, ?, ?)")
            .with(position, acceptance.message.agency, alias.court, alias.number, alias.date)
            .run();
    }
}

std::int64_t write(Connection& connection, const Acceptance& acceptance) {
    const MessageRecord& message = acceptance.message;
    if (acceptance.caseAfter) {
        const auto& record = *acceptance.caseAfter;
        const bool isNew = acceptance.expectedVersion == 0;
        const auto row = writeCase(connection, record, isNew);
        writeAgencies(connection, record, row);
        writePortals(connection, record);
        writeTerms(connection, record, row, isNew);
    }
    const std::int64_t position = writeMessage(connection, message);
    addStored(connection, message.agency, StoredKind::Message,
              static_cast<std::int64_t>(keptOf(message)));
    writeAliases(connection, acceptance);
    writeAttachments(connection, acceptance);
    writeDocument(connection, acceptance);
    writeParked(connection, acceptance, position);
    for (const OutboxItem& item : acceptance.outbox) {
        insertItem(connection, item);
    }
    return position;
}

}  // namespace

AcceptOutcome acceptIn(Connection& connection, const Acceptance& acceptance) {
    const MessageRecord& message = acceptance.message;
    if (auto holder = holderOfKey(connection, message)) {
        if (holder->contentSha256 == message.contentSha256 &&
            holder->messageType == message.messageType) {
            return SameContent{std::move(*holder)};
        }
        return OtherContent{std::move(*holder)};
    }
    if (acceptance.storedQuota != 0) {
        const auto used = storedOf(connection, message.agency);
        if (used + chargeOf(connection, acceptance) >
            static_cast<std::int64_t>(acceptance.storedQuota)) {
            return OverQuota{used};
        }
    }
    if (!versionHolds(connection, acceptance) || !besideHolds(connection, acceptance) ||
        !documentsHold(connection, acceptance)) {
        return VersionMoved{};
    }
    if (auto owner = otherOwner(connection, acceptance)) {
        return AliasTaken{std::move(*owner)};
    }
    if (!parkedAsSeen(connection, acceptance)) {
        return VersionMoved{};
    }
    if (acceptance.caseAfter && takesNumberOfOther(connection, *acceptance.caseAfter)) {
        return VersionMoved{};
    }
    for (const Acceptance& one : acceptance.following) {
        if (holderOfKey(connection, one.message) || !versionHolds(connection, one)) {
            return VersionMoved{};
        }
    }
    const std::int64_t position = write(connection, acceptance);
    for (const Acceptance& one : acceptance.following) {
        write(connection, one);
    }
    return Stored{position};
}

std::size_t weightOf(const Acceptance& acceptance) {
    const MessageRecord& message = acceptance.message;
    std::size_t bytes = message.body.size() + message.events.size() + message.receipt.size() + 2048;
    if (acceptance.caseAfter) {
        bytes += acceptance.caseAfter->snapshot.size();
    }
    for (const OutboxItem& item : acceptance.outbox) {
        bytes += item.content.size() + item.renderedBytes.size() + 512;
    }
    for (const StoredAttachment& attachment : acceptance.attachments) {
        bytes += attachment.bytes.size();
    }
    for (const Acceptance& one : acceptance.following) {
        bytes += weightOf(one);
    }
    return bytes;
}

void rewriteCase(Connection& connection, const CaseRecord& record) {
    {
        Query query(connection, "SELECT version FROM case_file WHERE case_id = ?");
        query.with(record.caseId);
        if (!query.next() || query.row().number(0) != record.version) return;
    }
    const auto row = writeCase(connection, record, false);
    writeAgencies(connection, record, row);
    writeTerms(connection, record, row, false);
}

}  // namespace gateway::store::sqlite
