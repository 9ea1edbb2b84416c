#pragma once
// A bounded number of threads for connections that are let in.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace gateway::server {

/// Thread-safe. Threads without work for a minute end.
class WorkerPool {
  public:
    WorkerPool(const std::string& name, std::size_t threads);
    ~WorkerPool();  ///< join()
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Runs it on a thread with SIGPIPE blocked, at once; what it throws is logged. False when all
    /// threads have work: it is not run and destroyed.
    [[nodiscard]] bool run(std::function<void()> work);
    /// Waits until nothing runs.
    void join();

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
