#pragma once
// One use of a prepared statement: bind, step, read; reset when it goes out of scope.

#include <string_view>

#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

/// Borrows the connection's statement for this text. Two queries of one text must not live at the
/// same time on one connection.
class Query {
  public:
    Query(Connection& connection, std::string_view sql) : statement_(connection.prepared(sql)) {}
    ~Query() { statement_.reset(); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Binds the next parameters in order.
    template <class... Values>
    Query& with(const Values&... values) {
        (statement_.bind(++bound_, values), ...);
        return *this;
    }
    Query& withNull() { return statement_.bindNull(++bound_), *this; }
    /// NULL for the empty text.
    Query& withOptional(std::string_view text) { return text.empty() ? withNull() : with(text); }

    bool next() { return statement_.step(); }
    /// For statements without rows.
    void run() { (void)statement_.step(); }

    [[nodiscard]] const Statement& row() const noexcept { return statement_; }

  private:
    Statement& statement_;
    int bound_ = 0;
};

}  // namespace gateway::store::sqlite
