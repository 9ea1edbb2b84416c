#pragma once
// The life of one connection after its door has opened: request, handler, response, again.

#include <optional>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/server/door/admission.h"
#include "gateway/server/door/door_statistics.h"
#include "gateway/server/door/refusal_log.h"
#include "gateway/server/wire/guarded_socket.h"
#include "gateway/server/wire/http.h"
#include "gateway/server/wire/stop_signal.h"
#include "gateway/server/wire/timed_socket.h"

namespace gateway::server {

/// How a door differs from the partners'.
struct DoorManners {
    bool head = false;  ///< HEAD is answered as GET is, without the body
    std::string allow;  ///< of a 405
    std::vector<std::pair<std::string, std::string>> headers;  ///< of every answer
};

/// What all connections of one server share. Everything referred to outlives them.
struct HttpService {
    const Handler& handler;
    const base::Limits& limits;
    const base::Clock& clock;
    const StopSignal& stop;
    DoorCounters& counters;
    RefusalLog& refusals;
    const HeadJudge& judge;  ///< may be empty
    const DoorManners* manners = nullptr;
};

/// Who is at the other end, the same for all requests of the connection.
struct ConnectionPeer {
    std::string remoteAddress;
    std::shared_ptr<const PeerCertificate> certificate;
    std::optional<LocalPeer> local;
    Presence* presence = nullptr;  ///< null: it never has to give way
    bool stranger = false;         ///< gets one answer and little patience
};

/// Serves one connection on the calling thread until it ends. Heads are judged by the guard, then
/// parsed by POCO and judged by HttpService::judge; bodies are complete before the handler is
/// called. A refusal by the guard is answered and ends the connection, one by the judge ends it if
/// much of a body is owed; then what still comes is taken and thrown away for a while, so that the
/// answer is not lost. Never throws because of the peer or the handler.
class HttpConnection {
  public:
    HttpConnection(TimedSocket& socket, const HttpService& service, ConnectionPeer peer);
    void run();
    /// Answers the first request with `problem` and ends: for a connection too many. The request
    /// is not read, so the answer may reach the client before it has sent anything.
    void refuse(const base::Problem& problem);

  private:
    [[nodiscard]] bool serveOne(std::chrono::milliseconds idle, std::size_t left);
    void answerRefusal(const GuardedSocket::NextHead& next);
    [[nodiscard]] Request requestOf(const std::string& rawHead,
                                    std::optional<Response>& refusal) const;
    [[nodiscard]] bool answerUnread(const Response& response, const Request& request,
                                    const Head& head, std::size_t left);
    [[nodiscard]] bool readBody(Request& request, const GuardedSocket::NextHead& next);
    [[nodiscard]] Response guarded(const Request& request,
                                   const std::function<Response()>& make) const;
    [[nodiscard]] bool send(const Response& response, const std::string& correlation,
                            std::size_t left, bool bodiless = false);
    [[nodiscard]] std::string newCorrelation() const;
    [[nodiscard]] std::string sourceName() const;

    TimedSocket& socket_;
    const HttpService& service_;
    ConnectionPeer peer_;
    GuardedSocket guarded_;
    bool owed_ = false;  ///< an answer went out before all was read
};

}  // namespace gateway::server
