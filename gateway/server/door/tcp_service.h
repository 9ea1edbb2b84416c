#pragma once
// Threads for accepted connections, and an orderly end: what both servers share.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "gateway/server/door/door_statistics.h"
#include "gateway/server/wire/stop_signal.h"

namespace Poco::Net {
class ServerSocket;
class StreamSocket;
}  // namespace Poco::Net

namespace gateway::server {

/// Runs `serve` for each connection accepted on a listening socket, one thread each, at most
/// `threads` at once; more are closed at accept. Everything referred to must outlive it.
class TcpService {
  public:
    /// What `serve` throws is logged and ends its connection. Called by many threads at once.
    using Serve = std::function<void(Poco::Net::StreamSocket&)>;

    TcpService(const std::string& name, const Poco::Net::ServerSocket& listening,
               std::size_t threads, Serve serve, StopSignal& stop, DoorCounters& counters);
    ~TcpService();  ///< stop(0) when still running
    TcpService(const TcpService&) = delete;
    TcpService& operator=(const TcpService&) = delete;

    void start();
    /// See PartnerServer::stop.
    bool stop(std::chrono::milliseconds deadline);

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
