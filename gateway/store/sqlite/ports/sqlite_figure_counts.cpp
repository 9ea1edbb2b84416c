#include "gateway/store/sqlite/ports/sqlite_figure_counts.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "gateway/store/records.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {
namespace {

// "THAF" in the file's header, and the version of what is below.
constexpr const char* kOwner = "1414021446";
constexpr const char* kVersion = "1";

// Many rulings count for the same cells: those stand once. A period's rulings lie together.
constexpr const char* kSchema = R"(
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1), store TEXT NOT NULL, book TEXT NOT NULL,
    position INTEGER NOT NULL, last_period INTEGER NOT NULL) STRICT;
CREATE TABLE shape (shape INTEGER PRIMARY KEY, cells TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE ruling (
    period INTEGER NOT NULL, province TEXT NOT NULL, court TEXT NOT NULL, case_id TEXT NOT NULL,
    known_from INTEGER NOT NULL, known_until INTEGER NOT NULL, begun INTEGER NOT NULL,
    is_first INTEGER NOT NULL CHECK (is_first IN (0, 1)),
    shape INTEGER NOT NULL REFERENCES shape (shape),
    PRIMARY KEY (period, province, court, case_id, known_from)) STRICT, WITHOUT ROWID;
CREATE INDEX ruling_case ON ruling (case_id);
CREATE INDEX ruling_first ON ruling (period, known_from) WHERE is_first = 1;
)";

// One province is asked for by its own place in the key.
std::string groupsSql(const CountedSelection& selection) {
    return std::string(
               "SELECT r.province, r.court, s.cells, r.times FROM (SELECT province, court, shape, "
               "count(*) AS times FROM ruling WHERE period = ?1 AND ") +
           (selection.province.empty() ? "?3 = ''" : "province = ?3") +
           " AND known_from <= ?2 AND known_until > ?2 AND (?4 = '' OR court = ?4) "
           "GROUP BY province, court, shape) r JOIN shape s ON s.shape = r.shape "
           "ORDER BY r.province, r.court";
}
constexpr std::string_view kUnkept =
    "SELECT case_id FROM ruling WHERE period = ?1 AND is_first = 1 AND known_from > ?2 "
    "AND begun <= ?2 AND (?3 = '' OR province = ?3) AND (?4 = '' OR court = ?4)";

std::filesystem::path made(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw StoreFault(file.string() + ": " + std::generic_category().message(errno));
    ::close(descriptor);
    return file;
}

}  // namespace

template <class Work>
auto SqliteFigureCounts::guarded(const Work& work) {
    const std::lock_guard lock(mutex_);
    try {
        return work();
    } catch (const SqliteError& error) {
        throw StoreFault(std::string("counted figures: ") + error.what());
    }
}

template <class Work>
void SqliteFigureCounts::inTransaction(const Work& work) {
    guarded([&] {
        connection_.execute("BEGIN IMMEDIATE");
        try {
            work();
            connection_.execute("COMMIT");
        } catch (...) {
            if (!connection_.idle()) connection_.execute("ROLLBACK");
            throw;
        }
    });
}

SqliteFigureCounts::SqliteFigureCounts(const std::filesystem::path& file) :
    connection_(made(file), Access::ReadWrite) {
    guarded([this, &file] {
        const auto owner = connection_.value("PRAGMA application_id");
        const auto tables = connection_.value("SELECT count(*) FROM sqlite_schema");
        if (owner != kOwner && tables != "0")
            throw StoreFault(file.string() + " holds no counted figures");
        connection_.prepareForWriting();
        if (connection_.value("PRAGMA user_version") == kVersion) return;
        connection_.execute("BEGIN IMMEDIATE");
        connection_.execute(
            "DROP TABLE IF EXISTS ruling; DROP TABLE IF EXISTS shape; DROP TABLE IF EXISTS state");
        connection_.execute(kSchema);
        connection_.execute(std::string("PRAGMA application_id = ") + kOwner);
        connection_.execute(std::string("PRAGMA user_version = ") + kVersion);
        connection_.execute("COMMIT");
    });
}

CountedState SqliteFigureCounts::state() {
    return guarded([this] {
        Query query(connection_, "SELECT store, book, position, last_period FROM state");
        if (!query.next()) return CountedState{};
        const auto& row = query.row();
        return CountedState{row.text(0), row.text(1), row.number(2), row.number(3)};
    });
}

void SqliteFigureCounts::putState(const CountedState& state) {
    Query(connection_,
          "INSERT INTO state (one, store, book, position, last_period) VALUES (1, ?, ?, ?, ?) "
          "ON CONFLICT (one) DO UPDATE SET store = excluded.store, book = excluded.book, "
          "position = excluded.position, last_period = excluded.last_period")
        .with(state.store, state.book, state.position, state.lastPeriod)
        .run();
}

void SqliteFigureCounts::clear(const CountedState& state) {
    inTransaction([&] {
        connection_.execute("DELETE FROM ruling; DELETE FROM shape");
        putState(state);
    });
}

std::int64_t SqliteFigureCounts::shapeOf(const std::string& cells) {
    {
        Query query(connection_, "SELECT shape FROM shape WHERE cells = ?");
        if (query.with(cells).next()) return query.row().number(0);
    }
    Query(connection_, "INSERT INTO shape (cells) VALUES (?)").with(cells).run();
    return connection_.lastRow();
}

void SqliteFigureCounts::replace(const std::vector<std::string>& cases,
                                 const std::vector<CountedRuling>& rows,
                                 const CountedState& state) {
    inTransaction([&] {
        for (const auto& one : cases)
            Query(connection_, "DELETE FROM ruling WHERE case_id = ?").with(one).run();
        const CountedRuling* before = nullptr;
        for (const auto& row : rows) {
            const bool first =
                !before || before->caseId != row.caseId || before->period != row.period;
            before = &row;
            const auto shape = shapeOf(row.cells);
            Query(connection_,
                  "INSERT INTO ruling (period, province, court, case_id, known_from, known_until, "
                  "begun, is_first, shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .with(row.period, row.province, row.court, row.caseId, row.from, row.until,
                      row.begun, static_cast<std::int64_t>(first), shape)
                .run();
        }
        putState(state);
    });
}

std::vector<CountedGroup> SqliteFigureCounts::groups(const CountedSelection& selection) {
    return guarded([&] {
        Query query(connection_, groupsSql(selection));
        query.with(selection.period, selection.cutoff, selection.province, selection.court);
        std::vector<CountedGroup> found;
        while (query.next()) {
            const auto& row = query.row();
            found.push_back({row.text(0), row.text(1), row.text(2), row.number(3)});
        }
        return found;
    });
}

std::vector<std::string> SqliteFigureCounts::unkept(const CountedSelection& selection) {
    return guarded([&] {
        Query query(connection_, kUnkept);
        query.with(selection.period, selection.cutoff, selection.province, selection.court);
        std::vector<std::string> found;
        while (query.next()) found.push_back(query.row().text(0));
        return found;
    });
}

std::vector<CountedRuling> SqliteFigureCounts::rulings(const CountedSelection& selection) {
    return guarded([&] {
        Query query(connection_,
                    "SELECT r.case_id, r.province, r.court, r.known_from, r.known_until, r.begun, "
                    "s.cells FROM ruling r JOIN shape s ON s.shape = r.shape WHERE r.period = ?1 "
                    "AND r.known_from <= ?2 AND r.known_until > ?2 "
                    "AND (?3 = '' OR r.province = ?3) AND (?4 = '' OR r.court = ?4) "
                    "ORDER BY r.province, r.court, r.case_id");
        query.with(selection.period, selection.cutoff, selection.province, selection.court);
        std::vector<CountedRuling> found;
        while (query.next()) {
            const auto& row = query.row();
            found.push_back({selection.period, row.text(0), row.text(1), row.text(2),
                             row.instant(3), row.instant(4), row.instant(5), row.text(6)});
        }
        return found;
    });
}

std::vector<std::string> SqliteFigureCounts::casesSince(std::int64_t period) {
    return guarded([&] {
        Query query(connection_, "SELECT DISTINCT case_id FROM ruling WHERE period >= ?");
        query.with(period);
        std::vector<std::string> found;
        while (query.next()) found.push_back(query.row().text(0));
        return found;
    });
}

std::string SqliteFigureCounts::planOf(const CountedSelection& selection) {
    return guarded([&] {
        std::string plan;
        for (const auto& sql : {groupsSql(selection), std::string(kUnkept)}) {
            Query query(connection_, "EXPLAIN QUERY PLAN " + sql);
            query.with(selection.period, selection.cutoff, selection.province, selection.court);
            while (query.next()) plan += query.row().text(3) + "\n";
        }
        return plan;
    });
}

}  // namespace gateway::store::sqlite
