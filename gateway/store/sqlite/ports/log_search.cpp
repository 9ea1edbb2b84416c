#include "gateway/store/sqlite/ports/log_search.h"

#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/rows.h"
#include "gateway/store/sqlite/rows/search_query.h"

namespace gateway::store::sqlite {
namespace {

// Who searches, among those who ask: no channel has such a name.
constexpr std::string_view kSearcher = "(operators)";

template <class Row, class Read>
std::vector<Row> search(Readers& readers, const std::string& sql, const SearchConditions& asked,
                        const Read& read) {
    return readers.read(ReadKind::Question, kSearcher, [&](Connection& connection) {
        std::vector<Row> found;
        Query query(connection, sql);
        for (const auto& value : asked.values)
            std::visit([&query](const auto& one) { query.with(one); }, value);
        while (query.next()) found.push_back(read(query.row()));
        return found;
    });
}

}  // namespace

std::vector<FoundMessage> SqliteLogSearch::messages(const MessageSearch& search_,
                                                    std::int64_t before, std::size_t limit) {
    const auto asked = conditionsOf(search_, before, limit);
    const auto sql =
        "SELECT m.position, m.agency, m.message_id, m.message_type, m.channel, m.signer_sha256, "
        "m.body_sha256, m.content_sha256, m.media_type, m.received_at, m.decided_at, m.case_id, "
        "m.case_version, m.mapping_id, m.mapping_sha256, m.rules_sha256, m.entry_hash, "
        "m.receipt_id, m.body_length, "
        "EXISTS (SELECT 1 FROM parked w WHERE w.position = m.position) FROM message m " +
        asked.text;
    return search<FoundMessage>(readers_, sql, asked, [](const Statement& row) {
        FoundMessage found;
        auto& message = found.message;
        message.position = row.number(0);
        message.agency = row.text(1);
        message.messageId = row.text(2);
        message.messageType = row.text(3);
        message.channel = row.text(4);
        message.signerSha256 = row.text(5);
        message.bodySha256 = row.text(6);
        message.contentSha256 = row.text(7);
        message.mediaType = row.text(8);
        message.receivedAt = row.instant(9);
        message.decidedAt = row.instant(10);
        message.caseId = row.text(11);
        message.caseVersion = row.number(12);
        message.mappingId = row.text(13);
        message.mappingSha256 = row.text(14);
        message.rulesSha256 = row.text(15);
        message.entrySha256 = row.text(16);
        message.receiptId = row.text(17);
        message.bodyLength = row.number(18);
        found.waiting = row.number(19) != 0;
        return found;
    });
}

std::vector<RefusalRecord> SqliteLogSearch::refusals(const RefusalSearch& search_,
                                                     std::int64_t before, std::size_t limit) {
    const auto asked = conditionsOf(search_, before, limit);
    const auto sql =
        "SELECT r.refusal_id, r.channel, r.agency, r.message_id, r.code, r.body_sha256, r.bytes, "
        "r.length, r.at, r.number FROM refusal r " +
        asked.text;
    return search<RefusalRecord>(readers_, sql, asked, [](const Statement& row) {
        return RefusalRecord{row.text(0),    row.text(1),  row.text(2), row.text(3),
                             row.text(4),    row.text(5),  row.text(6), row.number(7),
                             row.instant(8), row.number(9)};
    });
}

std::vector<ReadAudit> SqliteLogSearch::reads(const ReadSearch& search_, std::int64_t before,
                                              std::size_t limit) {
    const auto asked = conditionsOf(search_, before, limit);
    const auto sql =
        "SELECT a.agency, a.query_id, a.channel, a.question_sha256, a.answer_sha256, a.purpose, "
        "a.case_ids, a.at, a.item_id, a.number FROM read_audit a " +
        asked.text;
    return search<ReadAudit>(readers_, sql, asked, [](const Statement& row) {
        return ReadAudit{row.text(0), row.text(1), row.text(2),    row.text(3), row.text(4),
                         row.text(5), row.text(6), row.instant(7), row.text(8), row.number(9)};
    });
}

}  // namespace gateway::store::sqlite
