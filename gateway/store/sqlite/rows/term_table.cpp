#include "gateway/store/sqlite/rows/term_table.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/rows.h"

namespace gateway::store::sqlite {
namespace {

// How many terms a case can have at a time.
constexpr std::int64_t kPlaces = 65536;

enum List : std::int64_t { kOwed, kOwedBreach, kAnsweredLate };

std::int64_t listOf(const TermRow& row) {
    if (row.answered) return kAnsweredLate;
    return row.passed && row.breach ? kOwedBreach : kOwed;
}

KeptTerm termIn(const Statement& row) {
    return {row.number(0),
            {{dayText(row.number(1)), 0, row.text(2), row.number(3), row.text(4), row.text(5),
              row.text(6)},
             row.text(7),
             row.text(8),
             row.number(9) != 0,
             row.number(10) == kAnsweredLate,
             row.number(11) != 0,
             row.text(12)},
            readersIn(row.text(13))};
}

std::string selectTerms(std::string_view where) {
    return std::string(
               "SELECT term_id, due, case_id, obligation, rule, anchor, owner, owes, officer, "
               "passed, list, breach, line, seen FROM case_term ")
        .append(where);
}

bool sameKey(const TermPlace& a, const TermPlace& b) {
    return a.obligation == b.obligation && a.rule == b.rule && a.anchor == b.anchor &&
           a.owner == b.owner;
}

void writeLines(Connection& connection, const KeptTerm& term) {
    for (const auto& [reader, why] : term.readers)
        Query(connection,
              "INSERT OR REPLACE INTO term_line (reader, list, due, term_id, why) "
              "VALUES (?, ?, ?, ?, ?)")
            .with(reader, listOf(term.row), dayNumber(term.row.at.due), term.id, why)
            .run();
}

void removeLines(Connection& connection, const KeptTerm& term) {
    for (const auto& [reader, why] : term.readers)
        Query(connection,
              "DELETE FROM term_line WHERE reader = ? AND list = ? AND due = ? AND term_id = ?")
            .with(reader, listOf(term.row), dayNumber(term.row.at.due), term.id)
            .run();
}

bool hasLines(Connection& connection, const KeptTerm& term) {
    return std::ranges::all_of(term.readers, [&](const TermReader& one) {
        Query query(connection,
                    "SELECT 1 FROM term_line WHERE reader = ? AND list = ? AND due = ? AND "
                    "term_id = ? AND why = ?");
        query.with(one.number, listOf(term.row), dayNumber(term.row.at.due), term.id, one.why);
        return query.next();
    });
}

// Also of a row that is there: what has lines stays beside them.
void put(Connection& connection, const KeptTerm& term) {
    const auto& [at, owes, officer, passed, answered, breach, line] = term.row;
    Query(connection,
          "INSERT OR REPLACE INTO case_term (term_id, case_id, obligation, rule, anchor, owner, "
          "owes, officer, due, list, passed, breach, line, seen) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(term.id, at.caseId, at.obligation, at.rule, at.anchor, at.owner, owes, officer,
              dayNumber(at.due), listOf(term.row), std::int64_t{passed}, std::int64_t{breach}, line,
              textOf(term.readers))
        .run();
}

void replace(Connection& connection, const KeptTerm& before, const KeptTerm& after) {
    if (before.readers != after.readers || before.row.at.due != after.row.at.due ||
        listOf(before.row) != listOf(after.row)) {
        removeLines(connection, before);
        writeLines(connection, after);
    }
    put(connection, after);
}

void remove(Connection& connection, const KeptTerm& term) {
    removeLines(connection, term);
    Query(connection, "DELETE FROM case_term WHERE term_id = ?").with(term.id).run();
}

}  // namespace

std::vector<KeptTerm> keptTerms(Connection& connection, std::int64_t caseRow) {
    static const std::string sql = selectTerms("WHERE term_id >= ? AND term_id < ?");
    Query query(connection, sql);
    query.with(caseRow * kPlaces, (caseRow + 1) * kPlaces);
    std::vector<KeptTerm> kept;
    while (query.next()) kept.push_back(termIn(query.row()));
    return kept;
}

std::vector<KeptTerm> keptTerms(Connection& connection, std::string_view caseId) {
    return keptTerms(connection, caseRow(connection, caseId));
}

std::vector<TermRow> termsIn(Connection& connection, std::string_view caseId) {
    std::vector<TermRow> found;
    for (auto& kept : keptTerms(connection, caseId))
        if (hasLines(connection, kept)) found.push_back(std::move(kept.row));
    return found;
}

std::optional<KeptTerm> keptTerm(Connection& connection, std::int64_t id) {
    static const std::string sql = selectTerms("WHERE term_id = ?");
    Query query(connection, sql);
    query.with(id);
    return query.next() ? std::optional(termIn(query.row())) : std::nullopt;
}

void writeTerms(Connection& connection, const CaseRecord& record, std::int64_t caseRow,
                bool isNew) {
    if (isNew && record.terms.empty()) return;
    auto kept = isNew ? std::vector<KeptTerm>() : keptTerms(connection, caseRow);
    CaseReaders readers(connection, record);
    std::vector<KeptTerm> added;
    std::vector<std::int64_t> used;
    for (const auto& wanted : record.terms) {
        KeptTerm after{0, wanted, readers.of(wanted)};
        const auto before = std::ranges::find_if(
            kept, [&wanted](const KeptTerm& one) { return sameKey(wanted.at, one.row.at); });
        if (before == kept.end()) {
            added.push_back(std::move(after));
            continue;
        }
        after.id = before->id;
        used.push_back(after.id);
        if (before->row != after.row || before->readers != after.readers)
            replace(connection, *before, after);
        kept.erase(before);
    }
    for (const auto& gone : kept) remove(connection, gone);
    const auto first = caseRow * kPlaces;
    auto place = first;
    for (auto& term : added) {
        while (std::ranges::find(used, place) != used.end()) ++place;
        GW_CHECK(place < first + kPlaces);
        term.id = place++;
        put(connection, term);
        writeLines(connection, term);
    }
}

}  // namespace gateway::store::sqlite
