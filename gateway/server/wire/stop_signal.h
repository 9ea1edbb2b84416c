#pragma once
// How a server tells its connections to end: first the idle ones, later all of them.

#include <stop_token>

namespace gateway::server {

/// Two steps, each taken once and never back: `requestStop` wakes whoever waits for a next request
/// and whoever waits inside a handler; `abort` wakes whoever still reads or writes.
/// Made of two eventfds, so that waiting connections see it in their poll(2). Thread-safe.
class StopSignal {
  public:
    StopSignal();  ///< throws Fault when the kernel has no descriptor left
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    void requestStop() noexcept;
    void abort() noexcept;
    [[nodiscard]] bool stopping() const noexcept { return source_.stop_requested(); }
    [[nodiscard]] std::stop_token token() const noexcept { return source_.get_token(); }
    /// Readable for ever once the step is taken.
    [[nodiscard]] int stoppingFd() const noexcept { return stoppingFd_; }
    [[nodiscard]] int abortFd() const noexcept { return abortFd_; }

  private:
    std::stop_source source_;
    int stoppingFd_ = -1;
    int abortFd_ = -1;
};

}  // namespace gateway::server
