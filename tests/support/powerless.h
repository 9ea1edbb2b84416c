#pragma once
// What is said by somebody without root's powers, whoever runs the tests.

#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <functional>
#include <string>

namespace gateway::support {

/// The text of what `act` throws in a child of this process that is nobody; empty if it throws
/// nothing, "?" if there was no child. Only while this process has one thread.
inline std::string saidToNobody(const std::function<void()>& act) {
    constexpr unsigned kNobody = 65534;
    int ends[2];
    if (::pipe(ends) != 0) return "?";
    const pid_t child = ::fork();
    if (child < 0) return "?";
    if (child == 0) {
        std::string text;
        const bool root = ::geteuid() == 0;
        if (root &&
            (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0))
            ::_exit(2);
        try {
            act();
        } catch (const std::exception& error) {
            text = error.what();
        }
        const auto written = ::write(ends[1], text.data(), text.size());
        ::_exit(written < 0 ? 2 : 0);
    }
    ::close(ends[1]);
    std::string said;
    char piece[512];
    for (ssize_t got = 0; (got = ::read(ends[0], piece, sizeof piece)) > 0;)
        said.append(piece, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    if (::waitpid(child, &status, 0) != child || status != 0) return "?";
    return said;
}

}  // namespace gateway::support
