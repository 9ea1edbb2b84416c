#include "gateway/store/sqlite/rows/archivable_reads.h"

#include <utility>

#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/store/read_audit.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/stored_bytes.h"

namespace gateway::store::sqlite {
namespace {

// The newest line stays, so that no number is given twice.
constexpr const char* kLines =
    "SELECT number, agency, query_id, channel, question_sha256, answer_sha256, purpose, case_ids, "
    "item_id, at FROM read_audit WHERE number > ?1 AND at < ?2 "
    "AND number < (SELECT max(number) FROM read_audit) ORDER BY number";

std::string lineOf(const Statement& row) {
    auto line = document::objectNode();
    addNumber(line, "number", row.number(0));
    addText(line, "agency", row.text(1));
    addText(line, "query", row.text(2));
    addText(line, "channel", row.text(3));
    addText(line, "questionSha256", row.text(4));
    addText(line, "answerSha256", row.text(5));
    addText(line, "purpose", row.text(6));
    addText(line, "cases", row.text(7));
    addText(line, "item", row.text(8));
    addText(line, "at", base::formatTimestamp(row.instant(9)));
    return document::writeJson(line) + "\n";
}

void close(ArchivePiece& piece, std::int64_t first) {
    piece.kind = ArchivedKind::Reads;
    piece.id = std::to_string(first) + "-" + std::to_string(piece.row);
    piece.key = piece.id;
    piece.mediaType = "application/x-ndjson";
    piece.sha256 = document::sha256(piece.bytes).hex();
}

std::pair<std::int64_t, std::int64_t> linesOf(const std::string& key) {
    const auto dash = key.find('-');
    return {std::stoll(key.substr(0, dash)), std::stoll(key.substr(dash + 1))};
}

}  // namespace

std::vector<ArchivePiece> archivableReads(Connection& connection, base::Timestamp before,
                                          std::int64_t afterRow, std::size_t mostBytes) {
    std::vector<ArchivePiece> found;
    Query query(connection, kLines);
    query.with(afterRow, before);
    std::size_t bytes = 0;
    std::size_t lines = 0;
    std::int64_t first = 0;
    while (bytes < mostBytes && query.next()) {
        if (lines == 0) {
            found.emplace_back();
            first = query.row().number(0);
        }
        auto& piece = found.back();
        const auto line = lineOf(query.row());
        piece.row = query.row().number(0);
        piece.at = query.row().instant(9);
        piece.bytes += line;
        bytes += line.size();
        if (++lines < kReadsAtOnce && bytes < mostBytes) continue;
        close(piece, first);
        lines = 0;
    }
    if (lines > 0) close(found.back(), first);
    return found;
}

bool takeReads(Connection& connection, const std::string& key, base::Timestamp before) {
    const auto [first, last] = linesOf(key);
    std::vector<std::pair<std::string, std::int64_t>> kept;
    {
        Query query(connection,
                    "SELECT agency, sum(length(CAST(case_ids AS BLOB)) + ?) FROM read_audit "
                    "WHERE number BETWEEN ? AND ? AND at < ? GROUP BY agency");
        query.with(kReadBesideCases, first, last, before);
        while (query.next()) kept.emplace_back(query.row().text(0), query.row().number(1));
    }
    for (const auto& [agency, bytes] : kept)
        addStored(connection, agency, StoredKind::Read, -bytes);
    Query(connection, "DELETE FROM read_audit WHERE number BETWEEN ? AND ? AND at < ?")
        .with(first, last, before)
        .run();
    return !kept.empty();
}

}  // namespace gateway::store::sqlite
