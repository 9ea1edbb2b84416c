#pragma once
// Speaks to a running gateway's operators' socket; the command line's other half.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace gateway::server {

struct OperatorAnswer {
    int status = 0;
    std::string contentType;
    std::string body;
};

/// One request over the Unix socket, GET if `body` is absent, else POST of JSON. Nothing if nobody
/// listens there or no whole answer came within `timeout` per read.
[[nodiscard]] std::optional<OperatorAnswer> callOperator(const std::filesystem::path& socket,
                                                         const std::string& path,
                                                         const std::optional<std::string>& body,
                                                         std::chrono::milliseconds timeout);

}  // namespace gateway::server
