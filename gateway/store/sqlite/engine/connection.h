#pragma once
// One connection to the database file and the statements prepared on it.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/store/sqlite/engine/statement.h"

namespace gateway::store::sqlite {

enum class Access : std::uint8_t { ReadWrite, ReadOnly };

/// One thread at a time. Errors throw SqliteError, a setting that does not hold throws Fault.
class Connection {
  public:
    /// ReadWrite makes the file if it is missing, and changes nothing in one that is there.
    Connection(const std::filesystem::path& file, Access access);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The settings that the promises rest on, each read back: WAL, synchronous=FULL, foreign keys
    /// on, no checkpoint by itself.
    void prepareForWriting();

    /// Runs statements that give no rows and are not worth keeping.
    void execute(const std::string& sql);
    /// The statement for this text, prepared at its first use and kept.
    [[nodiscard]] Statement& prepared(std::string_view sql);
    /// The first column of the first row of a statement that is not kept.
    [[nodiscard]] std::string value(std::string_view sql);
    /// Rows changed by the last statement, and the number of the last row that was inserted.
    [[nodiscard]] std::int64_t changes() const;
    /// Rows changed since the connection was opened.
    [[nodiscard]] std::int64_t allChanges() const;
    [[nodiscard]] std::int64_t lastRow() const;
    /// Whether no transaction is open (an error may have ended it).
    [[nodiscard]] bool idle() const;
    /// What runs at that time or later is interrupted (SqliteError::interrupted()); looked at every
    /// few thousand steps of the machine. time_point::max() ends the watch.
    void interruptAt(std::chrono::steady_clock::time_point until) noexcept;
    /// How long others' locks are waited for.
    void waitForLocks(std::chrono::milliseconds time) noexcept;
    /// Leaves the log file as it is when this closes: after a failed write only opening again,
    /// not closing, may decide what is in it.
    void keepLogOnClose() noexcept;

    /// Called on this connection's thread after each commit with the pages now in the log file.
    void onCommit(std::function<void(int pages)> listener);
    /// Copies from the log file what no reader prevents, without waiting for anybody.
    /// False: another connection is at it.
    bool checkpoint();
    /// The same, for all of it, waiting for readers; leaves an empty log file.
    void checkpointAll();

    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }

  private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    void apply(const std::string& setting, std::string_view value, std::string_view expected);

    std::function<void(int)> commitListener_;
    std::chrono::steady_clock::time_point until_ = std::chrono::steady_clock::time_point::max();
    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<std::string, Statement, Hash, std::equal_to<>> statements_;
};

}  // namespace gateway::store::sqlite
