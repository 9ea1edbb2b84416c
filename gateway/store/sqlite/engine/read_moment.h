#pragma once
// Several statements that see the store as it was at one moment.

#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {

/// From the first read until it goes out of scope; within a transaction that is open already, as
/// long as that one. Queries are gone before it.
class ReadMoment {
  public:
    explicit ReadMoment(Connection& connection) : connection_(connection), own_(connection.idle()) {
        if (own_) Query(connection, "BEGIN").run();
    }
    ~ReadMoment() {
        if (!own_ || connection_.idle()) return;
        try {
            Query(connection_, "COMMIT").run();
        } catch (const SqliteError&) {
            // Nothing was written; a connection that cannot end a read is not used again.
        }
    }
    ReadMoment(const ReadMoment&) = delete;
    ReadMoment& operator=(const ReadMoment&) = delete;

  private:
    Connection& connection_;
    bool own_;
};

}  // namespace gateway::store::sqlite
