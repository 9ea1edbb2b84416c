#pragma once
// One program of ours or of others, running beside the test.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gateway::scenario {

using Patience = std::chrono::milliseconds;

/// Started by the constructor; killed, if it still runs, by the destructor. What it writes goes to
/// the end of `log`.
class Child {
  public:
    Child(const std::vector<std::string>& words, const std::filesystem::path& log);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void signal(int number) const;
    [[nodiscard]] pid_t pid() const noexcept { return pid_; }
    [[nodiscard]] bool running();
    /// Its exit code, or minus the signal that ended it; nothing if it still runs by then.
    [[nodiscard]] std::optional<int> wait(Patience patience);

  private:
    pid_t pid_ = -1;
    std::optional<int> end_;
};

/// Runs a program to its end; its exit code, and what it wrote when `output` is given.
int run(const std::vector<std::string>& words, std::string* output = nullptr);

/// Looks every few milliseconds until the condition holds; false when it never did.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition, Patience patience = Patience(20'000)) {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        if (condition()) return true;
        if (std::chrono::steady_clock::now() >= until) return false;
        const timespec pause{0, 10'000'000};
        ::nanosleep(&pause, nullptr);
    }
}

[[nodiscard]] std::string readFile(const std::filesystem::path& file);
void writeFile(const std::filesystem::path& file, const std::string& bytes);

}  // namespace gateway::scenario
