#include "tests/bench/gateway/figures.h"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>

namespace gateway::bench {
namespace {

double now(clockid_t clock) {
    timespec time{};
    if (::clock_gettime(clock, &time) != 0) throw std::runtime_error("no such clock");
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

}  // namespace

double cpuOf(pid_t process) {
    clockid_t clock{};
    if (::clock_getcpuclockid(process, &clock) != 0) throw std::runtime_error("no such process");
    return now(clock);
}

double cpuOfThread() { return now(CLOCK_THREAD_CPUTIME_ID); }

double residentOf(pid_t process) {
    std::ifstream in("/proc/" + std::to_string(process) + "/statm");
    double all = 0, resident = 0;
    in >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

double Figures::percentile(double share) const {
    if (milliseconds.empty()) return 0;
    const auto index =
        static_cast<std::size_t>(static_cast<double>(milliseconds.size() - 1) * share);
    return milliseconds[index];
}

}  // namespace gateway::bench
