#include "gateway/store/sqlite/rows/term_table.h"

#include <algorithm>

#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/rows.h"
#include "gateway/store/sqlite/rows/term_query.h"

namespace gateway::store::sqlite {
namespace {

constexpr const char* kRow =
    "due, case_id, obligation, rule, anchor, owner, owes, officer, passed, answered, breach, line, "
    "term_id";
constexpr int kNumber = 12;

TermRow rowIn(const Statement& row) {
    return {{row.text(0), 0, row.text(1), row.number(2), row.text(3), row.text(4), row.text(5)},
            row.text(6),
            row.text(7),
            row.number(8) != 0,
            row.number(9) != 0,
            row.number(10) != 0,
            row.text(11)};
}

// What the case says of all its terms.
struct Parties {
    std::string court, first, enforcement, procuracy, province;
    friend bool operator==(const Parties&, const Parties&) = default;
};

Parties partiesOf(const CaseRecord& record) {
    Parties parties{record.court, record.firstInstanceCourt, {}, {}, record.province};
    for (const auto& one : record.agencies) {
        if (one.role == "enforcement") parties.enforcement = one.agency;
        if (one.role == "procuracy") parties.procuracy = one.agency;
    }
    return parties;
}

struct KeptRow {
    std::int64_t id = 0;
    TermRow row;
    Parties parties;
};

std::vector<KeptRow> keptRows(Connection& connection, const std::string& caseId) {
    static const std::string sql = "SELECT " + std::string(kRow) +
                                   ", court, first_instance_court, enforcement, procuracy, "
                                   "province FROM case_term WHERE case_id = ?";
    Query query(connection, sql);
    query.with(caseId);
    std::vector<KeptRow> kept;
    while (query.next()) {
        const auto& row = query.row();
        kept.push_back({row.number(kNumber),
                        rowIn(row),
                        {row.text(13), row.text(14), row.text(15), row.text(16), row.text(17)}});
    }
    return kept;
}

bool sameKey(const TermPlace& a, const TermPlace& b) {
    return a.obligation == b.obligation && a.rule == b.rule && a.anchor == b.anchor &&
           a.owner == b.owner;
}

void remove(Connection& connection, std::int64_t id) {
    Query(connection, "DELETE FROM case_term WHERE term_id = ?").with(id).run();
}

void put(Connection& connection, const TermRow& row, const Parties& parties) {
    Query(connection,
          "INSERT INTO case_term (term_id, case_id, obligation, rule, anchor, owner, owes, "
          "officer, due, "
          "passed, answered, breach, court, first_instance_court, enforcement, procuracy, "
          "province, line) VALUES ((SELECT coalesce(max(term_id), 0) + 1 FROM "
          "case_term), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(row.at.caseId, row.at.obligation, row.at.rule, row.at.anchor, row.at.owner, row.owes,
              row.officer, row.at.due, std::int64_t{row.passed}, std::int64_t{row.answered},
              std::int64_t{row.breach}, parties.court, parties.first, parties.enforcement,
              parties.procuracy, parties.province, row.line)
        .run();
}

// A province after the other, without reading what lies between (a loose index scan).
std::vector<std::string> provincesIn(Connection& connection) {
    std::vector<std::string> found;
    for (;;) {
        Query query(connection, found.empty()
                                    ? "SELECT min(province) FROM case_term"
                                    : "SELECT min(province) FROM case_term WHERE province > ?");
        if (!found.empty()) query.with(found.back());
        if (!query.next() || query.row().isNull(0)) return found;
        found.push_back(query.row().text(0));
    }
}

std::vector<TermWalk> walksFor(Connection& connection, const TermFilter& filter) {
    return walksOf(filter,
                   needsProvinces(filter) ? provincesIn(connection) : std::vector<std::string>());
}

int bindAll(Statement& statement, const TermWalk& walk) {
    int index = 0;
    for (const auto& value : walk.values) statement.bind(++index, value);
    return index;
}

// Walks of one index have one text: it is prepared once.
class Prepared {
  public:
    explicit Prepared(Connection& connection) : connection_(connection) {}
    Statement& operator()(const std::string& sql) {
        if (!statement_ || sql != sql_) {
            statement_ = std::make_unique<Statement>(connection_.handle(), sql);
            sql_ = sql;
        } else {
            statement_->reset();
        }
        return *statement_;
    }

  private:
    Connection& connection_;
    std::string sql_;
    std::unique_ptr<Statement> statement_;
};

void keepFirst(std::vector<TermRow>& rows, std::size_t limit) {
    std::ranges::sort(rows, {}, &TermRow::at);
    if (rows.size() > limit) rows.resize(limit);
}

}  // namespace

void writeTerms(Connection& connection, const CaseRecord& record, bool isNew) {
    if (isNew && record.terms.empty()) return;
    const auto parties = partiesOf(record);
    const auto kept = isNew ? std::vector<KeptRow>() : keptRows(connection, record.caseId);
    std::vector<const TermRow*> stays;
    for (const auto& one : kept) {
        const auto wanted = std::ranges::find_if(
            record.terms, [&one](const TermRow& row) { return sameKey(row.at, one.row.at); });
        if (wanted != record.terms.end() && *wanted == one.row && parties == one.parties)
            stays.push_back(&*wanted);
        else
            remove(connection, one.id);
    }
    for (const auto& wanted : record.terms)
        if (std::ranges::find(stays, &wanted) == stays.end()) put(connection, wanted, parties);
}

std::vector<TermRow> termsIn(Connection& connection, std::string_view caseId) {
    std::vector<TermRow> found;
    for (auto& kept : keptRows(connection, std::string(caseId)))
        found.push_back(std::move(kept.row));
    return found;
}

std::vector<TermRow> termPage(Connection& connection, const TermFilter& filter,
                              const std::optional<TermPlace>& after, std::size_t limit) {
    std::vector<TermRow> rows;
    Prepared prepared(connection);
    for (const auto& walk : walksFor(connection, filter)) {
        std::string sql =
            "SELECT " + std::string(kRow) + " FROM " + walk.from + " WHERE " + walk.where;
        if (after) sql += " AND (due, term_id) > (?, ?)";
        sql += " ORDER BY due, term_id LIMIT ?";
        auto& statement = prepared(sql);
        int index = bindAll(statement, walk);
        if (after) {
            statement.bind(++index, after->due);
            statement.bind(++index, after->number);
        }
        statement.bind(++index, rowsOf(limit));
        while (statement.step()) {
            rows.push_back(rowIn(statement));
            rows.back().at.number = statement.number(kNumber);
        }
        if (rows.size() > 2 * limit) keepFirst(rows, limit);
    }
    keepFirst(rows, limit);
    return rows;
}

std::int64_t termCount(Connection& connection, const TermFilter& filter) {
    std::int64_t count = 0;
    Prepared prepared(connection);
    for (const auto& walk : walksFor(connection, filter)) {
        auto& statement = prepared("SELECT count(*) FROM " + walk.from + " WHERE " + walk.where);
        bindAll(statement, walk);
        if (statement.step()) count += statement.number(0);
    }
    return count;
}

}  // namespace gateway::store::sqlite
