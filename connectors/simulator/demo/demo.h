#pragma once
// The whole demonstration, from keys to the final table.

#include <filesystem>

namespace gateway::simulator {

struct DemoOptions {
    std::filesystem::path gatewayBinary;
    std::filesystem::path directory;
    std::filesystem::path sourceRoot;
    std::filesystem::path edxml;  ///< empty: the project's own packages
    bool once = false;            ///< end after the account instead of staying up
};

/// True if everything came true. Throws base::Fault if the stage cannot be set, Interrupted when
/// somebody wants us to end; children are ended in any case.
[[nodiscard]] bool runDemo(const DemoOptions& options);

}  // namespace gateway::simulator
