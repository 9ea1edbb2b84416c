#pragma once
// One prepared statement, bound and stepped through types instead of through codes.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gateway::store::sqlite {

/// Raw bytes for a BLOB column. They must outlive the statement's next reset.
struct Blob {
    std::string_view bytes;
};

/// Owned by a Connection and used through Query. One thread at a time. Errors throw SqliteError.
class Statement {
  public:
    Statement(sqlite3* connection, std::string_view sql);

    void bind(int index, std::string_view text);
    void bind(int index, Blob blob);
    void bind(int index, std::int64_t number);
    void bind(int index, base::Timestamp instant);
    void bind(int index, const std::optional<base::Timestamp>& instant);
    void bindNull(int index);

    /// True: a row is there to be read. False: done.
    bool step();
    /// Ready for other values; forgets those bound. Never throws: step() has told any error.
    void reset() noexcept;

    /// Of SQLite's machine since it was prepared: what a question costs, the same at every run.
    [[nodiscard]] std::int64_t machineSteps() const;

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::string text(int column) const;  ///< text or blob; NULL gives ""
    [[nodiscard]] base::Timestamp instant(int column) const;
    [[nodiscard]] std::optional<base::Timestamp> maybeInstant(int column) const;

  private:
    void check(int code) const;

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    sqlite3* connection_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace gateway::store::sqlite
