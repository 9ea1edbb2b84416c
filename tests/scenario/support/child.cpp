#include "tests/scenario/support/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/temporary_folder.h"

namespace gateway::scenario {

Child::Child(const std::vector<std::string>& words, const std::filesystem::path& log) {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (output < 0) throw std::runtime_error("cannot write " + log.string());
    pid_ = ::fork();
    if (pid_ == 0) {
        // Only calls that are safe after a fork among threads.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
        ::execvp(arguments.front(), arguments.data());
        ::_exit(127);
    }
    ::close(output);
    if (pid_ < 0) throw std::runtime_error("cannot fork");
}

Child::~Child() {
    if (!running()) return;
    signal(SIGKILL);
    static_cast<void>(wait(Patience(10'000)));
}

void Child::signal(int number) const {
    if (!end_) ::kill(pid_, number);
}

bool Child::running() { return !wait(Patience(0)); }

std::optional<int> Child::wait(Patience patience) {
    static_cast<void>(eventually(
        [this] {
            int status = 0;
            if (!end_ && ::waitpid(pid_, &status, WNOHANG) == pid_)
                end_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
            return end_.has_value();
        },
        patience));
    return end_;
}

int run(const std::vector<std::string>& words, std::string* output) {
    const support::TemporaryFolder folder;
    Child child(words, folder.path() / "output");
    const auto code = child.wait(Patience(120'000));
    if (!code) throw std::runtime_error(words.front() + " does not end");
    if (output) *output = readFile(folder.path() / "output");
    return *code;
}

std::string readFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void writeFile(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace gateway::scenario
