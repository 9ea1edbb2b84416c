#pragma once
// Where log lines go: standard error, without ever waiting for whoever reads it.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace gateway::base {

/// Whole lines to descriptor 2, in order. Thread-safe; the lock is never held over a wait. See
/// logEvent for what becomes of lines that nobody takes.
class LogOutput {
  public:
    static LogOutput& instance() noexcept;
    LogOutput(const LogOutput&) = delete;
    LogOutput& operator=(const LogOutput&) = delete;

    /// `line` ends in a line feed. May throw for want of memory.
    void put(std::string_view line);
    void flush(std::chrono::milliseconds patience) noexcept;
    [[nodiscard]] std::uint64_t dropped() const noexcept;

  private:
    enum class Kind { File, Socket, Stream };
    LogOutput() = default;
    [[nodiscard]] bool drain();
    void lookAgain() noexcept;
    [[nodiscard]] ssize_t offer(std::string_view bytes) const noexcept;

    mutable std::mutex mutex_;
    std::string backlog_;        ///< not yet taken; whole lines but for the first
    std::uint64_t dropped_ = 0;  ///< in all
    std::uint64_t untold_ = 0;   ///< of these, not yet said in a line
    Kind kind_ = Kind::File;
    dev_t device_ = 0;  ///< what descriptor 2 was when we last looked
    ino_t inode_ = 0;
    int own_ = -1;  ///< our own description of it, not blocking
};

}  // namespace gateway::base
