#pragma once
// A small pool of read-only connections: readers never wait for the writer, nor it for them.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/limits.h"
#include "gateway/store/damage_report.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/engine/health.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {

/// What is read for: look-ups by key (also those of intake and dispatch), what partners ask, what
/// they count, and walks over everything (operators).
enum class ReadKind : std::uint8_t { LookUp, Question, Statistics, Walk };

/// Thread-safe. Connections are opened when first needed, limits.storeReaders at most. Two of them
/// are left to look-ups; of the others statistics take one at most, walks one, and each asker one,
/// who gets his turn before those who had theirs later. A look-up takes a free connection before
/// those that wait, unless one of them has waited for kPatience. None free for limits.storeWait, or
/// more than kWaitingPerAsker of one asker waiting: StoreBusy. A statement beyond the time of its
/// kind is interrupted: StoreTooCostly for what was asked, StoreBusy for a look-up.
/// A read that fails is tried once more on a new connection: what a passing error has left in the
/// first one's cache says nothing about the file. Failing again makes the store unhealthy:
/// StoreFault.
class Readers {
  public:
    static constexpr std::size_t kWaitingPerAsker = 8;
    static constexpr std::chrono::milliseconds kPatience{20};

    /// What a read finds damaged is told to `damage`, if there is one.
    Readers(std::filesystem::path file, const base::Limits& limits, Health& health,
            DamageReport* damage = nullptr);
    /// Reads by this one connection, in whatever transaction it has open, without time limits; its
    /// user's own thread only. `logPages`: as viewOf() (snapshot.h).
    Readers(std::unique_ptr<Connection> pinned, Health& health,
            std::function<std::int64_t()> logPages);
    ~Readers();
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    /// Gives a connection to `work` and returns what it returns. It may be called twice, so it
    /// changes nothing outside. Keep it short: while a read lasts the log file cannot begin anew.
    template <class Work>
    auto read(ReadKind kind, std::string_view asker, const Work& work) {
        try {
            return pinned_ ? readPinned(work) : readLeased(kind, asker, work);
        } catch (const StoreDamaged& damaged) {
            if (damage_ != nullptr) damage_->found(damaged.what());
            throw;
        }
    }
    template <class Work>
    auto read(const Work& work) {
        return read(ReadKind::LookUp, {}, work);
    }

  private:
    template <class Work>
    auto readPinned(const Work& work) {
        checkLog();
        try {
            return work(*pinned_);
        } catch (const SqliteError& error) {
            throw StoreFault(error.what());
        }
    }
    template <class Work>
    auto readLeased(ReadKind kind, std::string_view asker, const Work& work) {
        Lease lease(*this, kind, asker);
        try {
            return work(*lease.connection);
        } catch (const SqliteError& error) {
            lease.afterFailure(error);
        }
        try {
            return work(*lease.connection);
        } catch (const SqliteError& error) {
            lease.failAgain(error);
        }
    }
    struct Waiter {
        ReadKind kind{};
        std::string asker;
        std::uint64_t ticket = 0;
    };
    /// One that waits, on its own stack; guarded by mutex_.
    struct Place {
        Waiter who;
        std::condition_variable bell;
        bool admitted = false;
        std::chrono::steady_clock::time_point since{};
    };
    struct Lease {
        Lease(Readers& from, ReadKind kind, std::string_view asker);
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        /// Throws what the error means, or returns with a new connection to try again.
        void afterFailure(const SqliteError& error);
        [[noreturn]] void failAgain(const SqliteError& error);
        void watch() const;

        Readers& readers;
        const Waiter who;
        std::unique_ptr<Connection> connection;
        std::chrono::steady_clock::time_point until;
    };

    [[nodiscard]] std::unique_ptr<Connection> take(const Waiter& who);
    void giveBack(const Waiter& who, std::unique_ptr<Connection> connection) noexcept;
    [[nodiscard]] bool hasRoom(const Waiter& who) const;
    [[nodiscard]] std::list<Place*>::iterator nextAsked();
    void admit();
    void start(Place& place);
    void await(std::unique_lock<std::mutex>& lock, Place& place);
    [[nodiscard]] bool isFree() const noexcept { return inUse_ < limits_.storeReaders; }
    void checkLog() const;
    [[nodiscard]] std::chrono::milliseconds timeOf(ReadKind kind) const;

    const std::filesystem::path file_;
    const base::Limits limits_;
    const std::size_t shared_;  ///< how many all but look-ups may use together
    Health& health_;
    DamageReport* const damage_ = nullptr;
    const std::unique_ptr<Connection> pinned_;
    const std::function<std::int64_t()> logPages_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t inUse_ = 0;
    std::list<Place*> lookUps_, asked_;                           ///< waiting
    std::vector<Waiter> asking_;                                  ///< reading, but for look-ups
    std::map<std::string, std::uint64_t, std::less<>> lastTurn_;  ///< of each asker
    std::uint64_t tickets_ = 0;
};

}  // namespace gateway::store::sqlite
