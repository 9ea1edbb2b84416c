#pragma once
// A whole statistics year (01/10 to 30/09), played in minutes: the clock of players and gateway is
// pushed from day to day, from the first transfer to the sheets that all branches have signed.

#include <filesystem>

namespace gateway::simulator {

struct YearOptions {
    std::filesystem::path gatewayBinary;
    std::filesystem::path directory;
    std::filesystem::path sourceRoot;
};

/// True if everything came true. Throws as runDemo().
[[nodiscard]] bool runYear(const YearOptions& options);

}  // namespace gateway::simulator
