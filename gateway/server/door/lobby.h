#pragma once
// Where connections wait until their TLS handshake is done: no thread is held by an unfinished one.

#include <functional>
#include <memory>
#include <string>

#include "gateway/base/limits.h"
#include "gateway/server/door/door_statistics.h"
#include "gateway/server/wire/stop_signal.h"
#include "gateway/server/wire/tls_handshake.h"

namespace Poco::Net {
class ServerSocket;
}  // namespace Poco::Net

namespace gateway::server {

/// Accepts on a listening socket and drives all handshakes on two threads of its own, by epoll(7).
/// Each has Limits::handshakeTimeout from its accept. A block of addresses may have
/// unfinishedHandshakesPerBlock open, all together unfinishedHandshakes: beyond that the oldest of
/// the block, or of the block with the most, is closed for the newcomer. So strangers who finish
/// nothing are in each other's way only, and a partner that shares their block gets in unless more
/// than an allowance arrives within its own handshake. Everything referred to outlives it.
class Lobby {
  public:
    struct Callbacks {
        /// The context for the next connection.
        std::function<TlsContextPtr()> tls;
        /// A handshake is done; the socket goes on in non-blocking mode. Must not wait.
        std::function<void(const Poco::Net::SecureStreamSocket&, const std::string& address)> enter;
        std::function<void(const HandshakeFailure&, const std::string& address)> refused;
    };

    Lobby(const Poco::Net::ServerSocket& listening, const base::Limits& limits, Callbacks callbacks,
          const StopSignal& stop, DoorCounters& counters);
    ~Lobby();  ///< join()
    Lobby(const Lobby&) = delete;
    Lobby& operator=(const Lobby&) = delete;

    /// Throws Fault when the system has no descriptor left.
    void start();
    /// Waits for its threads, which end when StopSignal::requestStop is called; whoever still
    /// waits is closed.
    void join();

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
