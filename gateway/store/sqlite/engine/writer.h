#pragma once
// The one thread that writes: many waiting jobs share one transaction and one fsync.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "gateway/base/limits.h"
#include "gateway/store/sqlite/engine/checkpointer.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/engine/health.h"
#include "gateway/store/sqlite/engine/space_watch.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {

/// What a job says of its own changes.
enum class Changes : std::uint8_t { Keep, Discard };

/// Group commit. Thread-safe. Jobs run in the order in which they came.
class Writer {
  public:
    using Job = std::function<Changes(Connection&)>;

    Writer(std::unique_ptr<Connection> connection, Checkpointer& checkpointer, Health& health,
           SpaceWatch& space, const base::Limits& limits);
    /// Finishes what is queued.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Runs the job in a transaction with others and returns when COMMIT has. `bytes` is about what
    /// it will write, so that a batch stays bounded. A Fault that the job throws undoes its own
    /// changes and comes back to this caller alone. A job may run twice, the first time undone:
    /// when one of its batch is to be undone, all of them run again, each under a savepoint; and
    /// when the reserve of space was given up for them. Queue full for limits.storeWait, or the
    /// file locked by another program: StoreBusy, nothing had begun. No space on the disk:
    /// StoreFull, nothing was written. Failed commit: StoreFault, now and ever after.
    void run(std::size_t bytes, const Job& job);

    [[nodiscard]] std::size_t queued() const;
    /// For how long the oldest write has been waiting or under way; 0 when there is none. Waits for
    /// no disk.
    [[nodiscard]] std::chrono::milliseconds oldestWaiting() const;
    [[nodiscard]] std::int64_t commits() const noexcept { return commits_; }

  private:
    // Shared with its caller, who may be gone before the writer has finished telling the outcome.
    struct Waiting {
        const Job& job;
        std::size_t bytes;
        std::chrono::steady_clock::time_point since;
        std::exception_ptr error;
        std::promise<void> outcome;
    };
    enum class Outcome : std::uint8_t { Durable, NotBegun, NoSpace, Unknown };
    using Batch = std::vector<std::shared_ptr<Waiting>>;

    void loop();
    void logIsAt(int pages);
    Batch takeBatch();
    [[nodiscard]] Outcome commit(const Batch& batch) noexcept;
    [[nodiscard]] Outcome attempt(const Batch& batch) noexcept;
    [[nodiscard]] Outcome failed(const SqliteError& error) noexcept;
    /// False: another program keeps the write lock for longer than limits.storeWait.
    [[nodiscard]] bool begin();
    void tell(const Batch& batch, Outcome outcome);
    /// False: what one of them has changed is to be undone.
    [[nodiscard]] bool runAll(const Batch& batch);
    void runGuarded(Waiting& waiting);
    [[nodiscard]] Changes runJob(Waiting& waiting);

    std::unique_ptr<Connection> connection_;
    Checkpointer& checkpointer_;
    Health& health_;
    SpaceWatch& spaceWatch_;
    const base::Limits limits_;
    std::atomic<std::int64_t> commits_{0};
    int logPages_ = 0;  ///< the writer's thread alone

    mutable std::mutex mutex_;
    std::condition_variable work_, space_;
    std::deque<std::shared_ptr<Waiting>> queue_;
    std::optional<std::chrono::steady_clock::time_point> underWay_;  ///< the batch's oldest
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace gateway::store::sqlite
