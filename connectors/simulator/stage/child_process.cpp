#include "connectors/simulator/stage/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>

#include "gateway/base/fault.h"

namespace gateway::simulator {
namespace {

constexpr std::chrono::milliseconds kGlance{20};

int exitCodeOf(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// What the child starts with: output to a file, nothing to read, signals as usual.
class SpawnSettings {
  public:
    explicit SpawnSettings(const std::filesystem::path& output) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, output.c_str(),
                                         O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
        posix_spawnattr_init(&attributes_);
        // We block signals to wait for them; a child must not inherit that.
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;

    pid_t start(const std::vector<std::string>& words) {
        std::vector<std::string> copies = words;
        std::vector<char*> arguments;
        arguments.reserve(copies.size() + 1);
        for (auto& word : copies) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        pid_t pid = -1;
        const int failure = posix_spawnp(&pid, arguments.front(), &actions_, &attributes_,
                                         arguments.data(), environ);
        if (failure != 0)
            throw base::Fault("cannot start " + words.front() + ": " + std::strerror(failure));
        return pid;
    }

  private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& words,
                           const std::filesystem::path& output) :
    pid_(SpawnSettings(output).start(words)) {}

ChildProcess::~ChildProcess() { stop(std::chrono::seconds(10)); }

bool ChildProcess::running() {
    if (pid_ < 0) return false;
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) != pid_) return true;
    pid_ = -1;
    code_ = exitCodeOf(status);
    return false;
}

int ChildProcess::wait() {
    if (pid_ < 0) return code_;
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return code_ = exitCodeOf(status);
}

int ChildProcess::stop(std::chrono::seconds patience) {
    if (!running()) return code_;
    kill(pid_, SIGTERM);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (running() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(kGlance);
    if (running()) kill(pid_, SIGKILL);
    return wait();
}

ProcessResult runToEnd(const std::vector<std::string>& words, const std::filesystem::path& output) {
    const int code = ChildProcess(words, output).wait();
    return {code, contentsOf(output)};
}

std::string contentsOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw base::Fault("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void writeFile(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out) throw base::Fault("cannot write " + file.string());
}

}  // namespace gateway::simulator
