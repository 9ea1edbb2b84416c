#pragma once
// Other programs, started without a shell and ended by us alone.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace gateway::simulator {

/// A running child with its output in a file. Not copied; ended when it goes out of scope.
class ChildProcess {
  public:
    /// Throws base::Fault if the program cannot be started. `words[0]` is looked up in PATH when
    /// it has no slash. The child gets its own process group, so that Ctrl-C reaches us alone.
    ChildProcess(const std::vector<std::string>& words, const std::filesystem::path& output);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] bool running();
    /// Waits for the end; gives the exit code, or 128 + the signal that ended it.
    int wait();
    /// Asks it to end (SIGTERM), and no longer asks after `patience`.
    int stop(std::chrono::seconds patience);

  private:
    pid_t pid_ = -1;
    int code_ = 0;
};

struct ProcessResult {
    int code = 0;
    std::string output;  ///< standard output and standard error
};

/// Runs a program to its end.
[[nodiscard]] ProcessResult runToEnd(const std::vector<std::string>& words,
                                     const std::filesystem::path& output);

/// The bytes of a file; throws base::Fault if it cannot be read.
[[nodiscard]] std::string contentsOf(const std::filesystem::path& file);
/// Replaces a file; throws base::Fault if it cannot be written.
void writeFile(const std::filesystem::path& file, const std::string& bytes);

}  // namespace gateway::simulator
