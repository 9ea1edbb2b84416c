#pragma once
// Moves what is committed from the log file into the database file, beside the writer.

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/engine/health.h"
#include "gateway/store/sqlite/engine/space_watch.h"

namespace gateway::store::sqlite {

/// Its own thread and connection, so that no commit waits for a checkpoint. Under unbroken load
/// the log never has a moment in which all of it is moved, and would grow without end; past
/// kHelpPages the writer moves the small rest itself, between two commits. Thread-safe.
/// While there is too little space for new messages the log is cut as often as the space is looked
/// at. A checkpoint that fails makes the store unhealthy; one that finds no space is tried again:
/// what is in the log is durable there.
class Checkpointer {
  public:
    static constexpr int kWakePages = 4'000;
    static constexpr int kHelpPages = 12'000;

    Checkpointer(std::unique_ptr<Connection> connection, Health& health, SpaceWatch& space);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// Told after every commit.
    void logIsAt(int pages) noexcept;
    [[nodiscard]] int logPages() const noexcept { return pages_; }

    [[nodiscard]] bool wantsHelp() const noexcept;
    /// On the writer's thread, outside of any transaction.
    void help(Connection& writer) noexcept;
    /// Moves all of the log into the database and cuts both files to what they hold. False when
    /// commits or readers were in the way for too long; commits wait meanwhile.
    bool cutLog() noexcept;

  private:
    void loop();
    void copy(Connection& by) noexcept;

    std::unique_ptr<Connection> connection_;
    Health& health_;
    SpaceWatch& space_;
    std::atomic<int> pages_{0};
    std::atomic<int> wakeAt_{kWakePages};
    std::atomic<int> helpAt_{kHelpPages};
    std::mutex copying_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool due_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace gateway::store::sqlite
