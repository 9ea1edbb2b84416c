#pragma once
// One outgoing TLS connection and the exchanges on it; POCO writes and reads the HTTP.

#include <memory>
#include <string>

#include "gateway/base/result.h"
#include "gateway/server/wire/https_client.h"
#include "gateway/server/wire/timed_socket.h"

namespace gateway::server {

/// Connected, its server verified. One exchange at a time.
class HttpsConnection {
  public:
    using Opened = base::Result<std::unique_ptr<HttpsConnection>, std::string>;
    /// The error is an English reason; nothing of a request has been sent then.
    [[nodiscard]] static Opened open(const HttpsTarget& target, const TlsContextPtr& context,
                                     Deadline deadline);
    ~HttpsConnection();
    HttpsConnection(const HttpsConnection&) = delete;
    HttpsConnection& operator=(const HttpsConnection&) = delete;

    [[nodiscard]] CallOutcome exchange(const HttpsTarget& target, const OutgoingCall& call,
                                       Deadline deadline);
    /// Whether another exchange may follow on this connection.
    [[nodiscard]] bool reusable() const;

  private:
    struct Native;
    explicit HttpsConnection(std::unique_ptr<Native> native);
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
