#pragma once
// What SQLite said, and whether it was about our request or about the world.

#include <string>
#include <string_view>

#include "gateway/base/fault.h"

namespace gateway::store::sqlite {

/// Carries SQLite's extended result code. Never leaves the room as such when it is fatal: Writer
/// and Readers make a StoreFault of it.
class SqliteError : public base::Fault {
  public:
    SqliteError(int extendedCode, std::string_view message);

    [[nodiscard]] int code() const noexcept { return code_; }
    /// Another program holds a lock; the statement had no effect.
    [[nodiscard]] bool busy() const noexcept;
    [[nodiscard]] bool interrupted() const noexcept;
    /// No space: the write that failed is no part of any commit, so the outcome is known.
    [[nodiscard]] bool full() const noexcept;
    [[nodiscard]] bool indexDidNotFit() const noexcept;  ///< of the log, beside the database
    /// A broken constraint or a value too large: our own mistake; the database is sound and the
    /// statement had no effect. Everything else (I/O, full, corrupt, no memory, busy) is fatal.
    [[nodiscard]] bool aboutRequest() const noexcept;

  private:
    int code_;
};

}  // namespace gateway::store::sqlite
