#include "gateway/store/sqlite/ports/sqlite_cases.h"

#include <limits>
#include <utility>

#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/engine/read_moment.h"
#include "gateway/store/sqlite/rows/case_query.h"
#include "gateway/store/sqlite/rows/rows.h"
#include "gateway/store/sqlite/rows/term_search.h"
#include "gateway/store/sqlite/rows/term_table.h"

namespace gateway::store::sqlite {
namespace {

// Visitors are called between pages. Messages carry bodies of up to some MiB, cases do not.
constexpr std::int64_t kMessagesAtOnce = 16;
constexpr std::size_t kCasesAtOnce = 200;
constexpr std::int64_t kNamesAtOnce = 500;

// One statement, hence one snapshot: a row for each agency, or one without.
std::optional<CaseRecord> readWhole(Query& query, bool checked) {
    std::optional<CaseRecord> found;
    while (query.next()) {
        if (!found) {
            found = checked ? soundCase(query.row()) : readCase(query.row());
        }
        if (!query.row().isNull(kCaseColumnCount)) {
            found->agencies.push_back(
                {query.row().text(kCaseColumnCount), query.row().text(kCaseColumnCount + 1)});
        }
    }
    return found;
}

std::string selectWhole(std::string_view where) {
    return "SELECT " + std::string(kCaseColumns) +
           ", a.agency, a.role FROM case_file c "
           "LEFT JOIN case_agency a ON a.case_row = c.number_of_row AND a.stage = c.stage " +
           std::string(where) + " ORDER BY a.agency, a.role";
}

std::vector<MessageRecord> readMessages(Query& query, bool checked) {
    std::vector<MessageRecord> found;
    while (query.next()) {
        found.push_back(checked ? soundMessage(query.row()) : readMessage(query.row()));
    }
    return found;
}

std::vector<std::string> firstColumn(Query& query) {
    std::vector<std::string> found;
    while (query.next()) found.push_back(query.row().text(0));
    return found;
}

int bindAll(Statement& statement, const CaseConditions& conditions) {
    int index = 0;
    for (const std::string& value : conditions.values) {
        statement.bind(++index, value);
    }
    return index;
}

}  // namespace

std::optional<CaseRecord> SqliteCases::find(std::string_view caseId) {
    static const std::string sql = selectWhole("WHERE c.case_id = ?");
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        query.with(caseId);
        return readWhole(query, checked_);
    });
}

std::optional<CaseRecord> SqliteCases::findByAlias(const CaseAlias& alias) {
    static const std::string sql = selectWhole(
        "WHERE c.case_id = (SELECT case_id FROM case_alias "
        "WHERE court = ? AND number = ? AND issued_on = ?)");
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        query.with(alias.court, alias.number, alias.date);
        return readWhole(query, checked_);
    });
}

bool SqliteCases::isRegisteredElsewhere(std::string_view registered, std::string_view caseId) {
    return readers_.read([&](Connection& connection) {
        return sqlite::isRegisteredElsewhere(connection, registered, caseId);
    });
}

std::optional<KnownDocument> SqliteCases::findDocument(std::string_view agency,
                                                       std::string_view name) {
    return readers_.read(
        [&](Connection& connection) { return sqlite::findDocument(connection, agency, name); });
}

std::vector<CaseRecord> SqliteCases::select(const CaseFilter& filter, std::string_view afterCaseId,
                                            std::size_t limit) {
    return page(ReadKind::Question, filter, afterCaseId, limit);
}

std::vector<CaseRecord> SqliteCases::page(ReadKind kind, const CaseFilter& filter,
                                          std::string_view afterCaseId, std::size_t limit) {
    CaseConditions conditions = conditionsOf(filter);
    conditions.where += (conditions.where.empty() ? "WHERE " : " AND ") + conditions.place +
                        " > coalesce((SELECT number_of_row FROM case_file WHERE case_id = ?), 0)";
    conditions.values.emplace_back(afterCaseId);
    // Numbers first: sorting whole rows to keep one page of them would move every snapshot.
    const std::string sql = "SELECT " + std::string(kCaseColumns) +
                            " FROM case_file c WHERE c.number_of_row IN (SELECT c.number_of_row "
                            "FROM case_file c " +
                            conditions.where +
                            " ORDER BY c.number_of_row LIMIT ?) ORDER BY c.number_of_row";
    const bool checked = checked_ && kind != ReadKind::Walk;
    return readers_.read(kind, filter.askedBy, [&](Connection& connection) {
        // Not kept: there are too many texts.
        Statement statement(connection.handle(), sql);
        const int bound = bindAll(statement, conditions);
        statement.bind(bound + 1, rowsOf(limit));
        std::vector<CaseRecord> found;
        while (statement.step()) {
            found.push_back(checked ? soundCase(statement) : readCase(statement));
        }
        return found;
    });
}

std::vector<StatisticsCount> SqliteCases::count(const CaseFilter& filter) {
    const CaseConditions conditions = conditionsOf(filter);
    const std::string sql = "SELECT c.province, c.stage, count(*) FROM case_file c " +
                            conditions.where + " GROUP BY c.province, c.stage ORDER BY 1, 2";
    return readers_.read(ReadKind::Statistics, filter.askedBy, [&](Connection& connection) {
        Statement statement(connection.handle(), sql);
        bindAll(statement, conditions);
        std::vector<StatisticsCount> counts;
        while (statement.step()) {
            counts.push_back({statement.text(0), statement.text(1), statement.number(2)});
        }
        return counts;
    });
}

std::vector<std::string> SqliteCases::dueByClock(std::string_view day, std::size_t skip,
                                                 std::size_t limit) {
    return readers_.read([&](Connection& connection) {
        Query query(connection,
                    "SELECT case_id FROM case_file WHERE next_day > '' AND next_day <= ? "
                    "ORDER BY next_day, rowid LIMIT ? OFFSET ?");
        query.with(day, rowsOf(limit), rowsOf(skip));
        return firstColumn(query);
    });
}

std::vector<std::string> SqliteCases::toBeRefolded(std::size_t limit) {
    return readers_.read([&](Connection& connection) {
        Query query(connection, "SELECT case_id FROM case_file WHERE next_day IS NULL LIMIT ?");
        query.with(rowsOf(limit));
        return firstColumn(query);
    });
}

std::vector<MessageRecord> SqliteCases::messagesOf(std::string_view caseId) {
    static const std::string sql =
        selectMessage("WHERE m.case_id = ? ORDER BY m.position", MessageParts::Events);
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        query.with(caseId);
        return readMessages(query, checked_);
    });
}

Histories SqliteCases::historiesOf(const std::vector<std::string>& caseIds, std::size_t mostBytes,
                                   std::string_view askedBy) {
    static const std::string sql =
        selectMessage("WHERE m.case_id = ? ORDER BY m.position", MessageParts::Events);
    return readers_.read(ReadKind::Question, askedBy, [&](Connection& connection) {
        Histories found;
        std::size_t bytes = 0;
        for (const std::string& caseId : caseIds) {
            const std::size_t before = found.messages.size();
            Query query(connection, sql);
            query.with(caseId);
            while (query.next()) {
                found.messages.push_back(checked_ ? soundMessage(query.row())
                                                  : readMessage(query.row()));
                bytes += found.messages.back().events.size();
                if (bytes > mostBytes) {
                    found.messages.resize(before);
                    return found;
                }
            }
            ++found.whole;
        }
        return found;
    });
}

std::vector<MessageRecord> SqliteCases::parkedFor(const CaseAlias& alias) {
    static const std::string sql = selectMessage(
        "JOIN parked p ON p.position = m.position "
        "WHERE p.court = ? AND p.number = ? AND p.issued_on = ? ORDER BY m.position",
        MessageParts::Events);
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        query.with(alias.court, alias.number, alias.date);
        return readMessages(query, checked_);
    });
}

std::size_t SqliteCases::parkedCount(std::string_view agency) {
    return readers_.read([&](Connection& connection) {
        Query query(connection, agency.empty() ? "SELECT count(*) FROM parked"
                                               : "SELECT count(*) FROM parked WHERE agency = ?");
        if (!agency.empty()) {
            query.with(agency);
        }
        return query.next() ? static_cast<std::size_t>(query.row().number(0)) : 0U;
    });
}

void SqliteCases::forEachMessage(std::int64_t afterPosition,
                                 const std::function<bool(const MessageRecord&)>& visit) {
    static const std::string sql =
        selectMessage("WHERE m.position > ? ORDER BY m.position LIMIT ?", MessageParts::Whole);
    for (std::int64_t after = afterPosition;;) {
        const auto page = readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
            Query query(connection, sql);
            query.with(after, kMessagesAtOnce);
            return readMessages(query, false);
        });
        if (page.empty()) {
            return;
        }
        for (const MessageRecord& message : page) {
            if (!visit(message)) {
                return;
            }
        }
        after = page.back().position;
    }
}

void SqliteCases::forEachCase(const std::function<bool(const CaseRecord&)>& visit) {
    CaseFilter every;
    every.subject = kAnySubject;
    for (std::string after;;) {
        const auto cases = page(ReadKind::Walk, every, after, kCasesAtOnce);
        if (cases.empty()) {
            return;
        }
        for (const CaseRecord& record : cases) {
            if (!visit(record)) {
                return;
            }
        }
        after = cases.back().caseId;
    }
}

void SqliteCases::forEachAlias(const std::function<bool(const NamedCase&)>& visit) {
    for (CaseAlias after;;) {
        const auto page = readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
            Query query(connection,
                        "SELECT court, number, issued_on, case_id FROM case_alias "
                        "WHERE (court, number, issued_on) > (?, ?, ?) "
                        "ORDER BY court, number, issued_on LIMIT ?");
            query.with(after.court, after.number, after.date, kNamesAtOnce);
            std::vector<NamedCase> found;
            while (query.next()) {
                const auto& row = query.row();
                found.push_back({{row.text(0), row.text(1), row.text(2)}, row.text(3)});
            }
            return found;
        });
        if (page.empty()) {
            return;
        }
        for (const NamedCase& named : page) {
            if (!visit(named)) {
                return;
            }
        }
        after = page.back().alias;
    }
}

void SqliteCases::forEachParked(const std::function<bool(const ParkedMessage&)>& visit) {
    for (std::int64_t after = std::numeric_limits<std::int64_t>::min();;) {
        const auto page = readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
            Query query(connection,
                        "SELECT position, agency, court, number, issued_on FROM parked "
                        "WHERE position > ? ORDER BY position LIMIT ?");
            query.with(after, kNamesAtOnce);
            std::vector<ParkedMessage> found;
            while (query.next()) {
                const auto& row = query.row();
                found.push_back(
                    {row.number(0), row.text(1), {row.text(2), row.text(3), row.text(4)}});
            }
            return found;
        });
        if (page.empty()) {
            return;
        }
        for (const ParkedMessage& parked : page) {
            if (!visit(parked)) {
                return;
            }
        }
        after = page.back().position;
    }
}

void SqliteCases::forEachDocument(const DocumentVisit& visit) {
    struct Named {
        std::string agency, name;
        KnownDocument document;
    };
    for (Named after;;) {
        auto page = readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
            Query query(connection,
                        "SELECT agency, name FROM document_name WHERE (agency, name) > (?, ?) "
                        "ORDER BY agency, name LIMIT ?");
            query.with(after.agency, after.name, kNamesAtOnce);
            std::vector<Named> found;
            while (query.next()) found.push_back({query.row().text(0), query.row().text(1), {}});
            for (auto& one : found)
                one.document = *sqlite::findDocument(connection, one.agency, one.name);
            return found;
        });
        if (page.empty()) return;
        for (const Named& one : page)
            if (!visit(one.agency, one.name, one.document)) return;
        after = std::move(page.back());
    }
}

void SqliteCases::forEachPublished(const std::function<bool(const PublishedCase&)>& visit) {
    PublishedCase after;
    for (;;) {
        const auto page = readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
            Query query(connection,
                        "SELECT p.case_id, p.portal, c.version FROM publication p "
                        "JOIN case_file c ON c.case_id = p.case_id "
                        "WHERE (p.case_id, p.portal) > (?, ?) ORDER BY p.case_id, p.portal "
                        "LIMIT ?");
            query.with(after.caseId, after.portal, kNamesAtOnce);
            std::vector<PublishedCase> found;
            while (query.next()) {
                const auto& row = query.row();
                found.push_back({row.text(0), row.text(1), row.number(2)});
            }
            return found;
        });
        if (page.empty()) {
            return;
        }
        for (const PublishedCase& published : page) {
            if (!visit(published)) {
                return;
            }
        }
        after = page.back();
    }
}

std::vector<TermRow> SqliteCases::termPage(const TermFilter& filter,
                                           const std::optional<TermPlace>& after,
                                           std::size_t limit) {
    return readers_.read(ReadKind::Question, filter.askedBy, [&](Connection& connection) {
        const ReadMoment moment(connection);
        return TermSearch(connection, filter).page(after, limit);
    });
}

std::int64_t SqliteCases::termCount(const TermFilter& filter) {
    return readers_.read(ReadKind::Question, filter.askedBy, [&](Connection& connection) {
        const ReadMoment moment(connection);
        return TermSearch(connection, filter).count();
    });
}

std::vector<TermRow> SqliteCases::termsOf(std::string_view caseId) {
    return readers_.read([&](Connection& connection) { return termsIn(connection, caseId); });
}

std::optional<std::int64_t> SqliteCases::attachmentSize(std::string_view agency,
                                                        std::string_view sha256) {
    return readers_.read([&](Connection& connection) {
        Query query(connection,
                    "SELECT length(a.bytes) FROM attachment_possession p "
                    "JOIN attachment a ON a.sha256 = p.sha256 WHERE p.agency = ? AND p.sha256 = ?");
        query.with(agency, sha256);
        return query.next() ? std::optional(query.row().number(0)) : std::nullopt;
    });
}

std::optional<std::string> SqliteCases::attachment(std::string_view agency,
                                                   std::string_view sha256) {
    return readers_.read([&](Connection& connection) {
        Query query(connection,
                    "SELECT a.bytes FROM attachment_possession p "
                    "JOIN attachment a ON a.sha256 = p.sha256 WHERE p.agency = ? AND p.sha256 = ?");
        query.with(agency, sha256);
        return query.next() ? std::optional(query.row().text(0)) : std::nullopt;
    });
}

}  // namespace gateway::store::sqlite
