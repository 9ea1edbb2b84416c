#pragma once
// What a process has used, and what came of one measurement.

#include <sys/types.h>

#include <vector>

namespace gateway::bench {

/// Microseconds of CPU of a process so far, all its threads together.
[[nodiscard]] double cpuOf(pid_t process);
/// The same of the calling thread alone.
[[nodiscard]] double cpuOfThread();
/// Resident memory of a process, in MB of 1,000,000 bytes.
[[nodiscard]] double residentOf(pid_t process);

struct Figures {
    std::size_t messages = 0;
    double seconds = 0;
    std::vector<double> milliseconds;      ///< of each message, in ascending order
    double gatewayCpu = 0, clientCpu = 0;  ///< microseconds a message
    [[nodiscard]] double rate() const { return static_cast<double>(messages) / seconds; }
    [[nodiscard]] double percentile(double share) const;
};

}  // namespace gateway::bench
