#pragma once
// The life of one connection after its door has opened: request, handler, response, again.

#include <optional>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/server/door_statistics.h"
#include "gateway/server/guarded_socket.h"
#include "gateway/server/http.h"
#include "gateway/server/refusal_log.h"
#include "gateway/server/stop_signal.h"
#include "gateway/server/timed_socket.h"

namespace gateway::server {

/// What all connections of one server share. Everything referred to outlives them.
struct HttpService {
    const Handler& handler;
    const base::Limits& limits;
    const base::Clock& clock;
    const StopSignal& stop;
    DoorCounters& counters;
    RefusalLog& refusals;
};

/// Who is at the other end, the same for all requests of the connection.
struct ConnectionPeer {
    std::string remoteAddress;
    std::optional<document::Digest> fingerprint;
    std::optional<LocalPeer> local;
};

/// Serves one connection on the calling thread until it ends. Heads are judged by the guard, then
/// parsed by POCO; bodies are complete before the handler is called. A refusal by the guard is
/// answered and ends the connection. Never throws because of the peer or the handler.
class HttpConnection {
  public:
    HttpConnection(TimedSocket& socket, const HttpService& service, ConnectionPeer peer);
    void run();
    /// Answers the first request with `problem` and ends: for a connection too many. The request
    /// is not read, so the answer may reach the client before it has sent anything.
    void refuse(const base::Problem& problem);

  private:
    [[nodiscard]] bool serveOne(std::chrono::milliseconds idle, bool last);
    void answerRefusal(const GuardedSocket::NextHead& next);
    [[nodiscard]] Response handle(Request& request, const std::string& rawHead);
    [[nodiscard]] bool send(const Response& response, const std::string& correlation, bool close,
                            bool bodiless = false);
    [[nodiscard]] std::string newCorrelation() const;

    TimedSocket& socket_;
    const HttpService& service_;
    ConnectionPeer peer_;
    GuardedSocket guarded_;
};

}  // namespace gateway::server
