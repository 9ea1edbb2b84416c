#include "gateway/store/sqlite/ports/snapshot.h"

#include <string>
#include <utility>

#include "gateway/store/sqlite/engine/health.h"
#include "gateway/store/sqlite/engine/migrator.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"
#include "gateway/store/sqlite/ports/log_search.h"
#include "gateway/store/sqlite/ports/readers.h"
#include "gateway/store/sqlite/ports/sqlite_cases.h"
#include "gateway/store/sqlite/ports/sqlite_outbox.h"

namespace gateway::store::sqlite {
namespace {

// The moment is that of the first read, not of BEGIN.
std::unique_ptr<Connection> pinned(const std::filesystem::path& file) {
    auto connection = std::make_unique<Connection>(file, Access::ReadOnly);
    connection->execute("BEGIN");
    const auto migrations = allMigrations();
    const int version = checkVersion(*connection, migrations);
    if (version != migrations.back().version)
        throw OlderStore(file.string() + " has schema version " + std::to_string(version) +
                         ", an older one");
    return connection;
}

std::unique_ptr<Connection> pinnedOrFault(const std::filesystem::path& file) {
    try {
        return pinned(file);
    } catch (const SqliteError& error) {
        throw StoreFault(file.string() + ": " + error.what());
    }
}

class Snapshot final : public StoreView {
  public:
    Snapshot(const std::filesystem::path& file, std::function<std::int64_t()> logPages) :
        readers_(pinnedOrFault(file), health_, std::move(logPages)),
        cases_(readers_, SqliteCases::Rows::AsTheyAre),
        outbox_(readers_),
        search_(readers_) {}

    Cases& cases() override { return cases_; }
    Outbox& outbox() override { return outbox_; }
    LogSearch& search() override { return search_; }
    void forEachRefusal(const std::function<bool(const RefusalRecord&)>& visit) override {
        readers_.read([&visit](Connection& connection) {
            Query query(connection,
                        "SELECT refusal_id, channel, agency, message_id, code, body_sha256, bytes, "
                        "length, at, number FROM refusal WHERE bytes IS NOT NULL ORDER BY number");
            bool more = true;
            while (more && query.next()) {
                const Statement& row = query.row();
                more = visit(RefusalRecord{row.text(0), row.text(1), row.text(2), row.text(3),
                                           row.text(4), row.text(5), row.text(6), row.number(7),
                                           row.instant(8), row.number(9)});
            }
            return more;
        });
    }
    std::int64_t lastPosition() override {
        return last("SELECT coalesce(max(position), 0) FROM message");
    }
    std::int64_t lastSequence() override {
        return last("SELECT coalesce(max(sequence), 0) FROM outbox");
    }

  private:
    std::int64_t last(const char* sql) {
        return readers_.read([sql](Connection& connection) {
            Query query(connection, sql);
            return query.next() ? query.row().number(0) : 0;
        });
    }

    Health health_;
    Readers readers_;
    SqliteCases cases_;
    SqliteOutbox outbox_;
    SqliteLogSearch search_;
};

}  // namespace

std::unique_ptr<StoreView> viewOf(const std::filesystem::path& file,
                                  std::function<std::int64_t()> logPages) {
    return std::make_unique<Snapshot>(file, std::move(logPages));
}

}  // namespace gateway::store::sqlite
