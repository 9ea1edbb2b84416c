#pragma once
// A TCP port that is ours alone.

#include <cstdint>
#include <string>

namespace Poco::Net {
class ServerSocket;
}

namespace gateway::server {

/// Whether the text is an IP address, v4 or v6 without brackets.
[[nodiscard]] bool isAddress(const std::string& text);

/// Listens on an IP address and port (0: any free one) with that backlog. A port that a living
/// process serves is refused: with SO_REUSEPORT, which POCO sets by default, two would share it,
/// and a second gateway get half of our partners. Our own of before may be taken again at once.
/// Throws base::Fault that names the address.
[[nodiscard]] Poco::Net::ServerSocket listenOn(const std::string& address, std::uint16_t port,
                                               int backlog);

}  // namespace gateway::server
