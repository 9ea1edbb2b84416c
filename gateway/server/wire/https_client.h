#pragma once
// Outgoing HTTPS: our certificate shown, the server's checked, every call with an end, and an
// honest word about what the other side may have seen.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/server/wire/http.h"
#include "gateway/server/wire/tls_context.h"

namespace gateway::server {

/// Where a call goes. The server's certificate must name `host` and chain to one of the anchors.
struct HttpsTarget {
    std::string host;  ///< DNS name or IP address
    std::uint16_t port = 443;
    std::vector<std::string> anchorsDer;  ///< DER each, e.g. trust::Certificate::der()
};

/// "https://host[:port]/path[?query]" in its parts. User names, fragments, other schemes and
/// characters outside RFC 3986 give nothing.
struct HttpsUrl {
    std::string host;
    std::uint16_t port = 443;
    std::string pathAndQuery;
};
[[nodiscard]] std::optional<HttpsUrl> parseHttpsUrl(std::string_view url);

struct OutgoingCall {
    std::string method = "POST";  ///< GET or POST
    std::string pathAndQuery = "/";
    std::string contentType;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// For the whole affair: connect, handshake, request, answer. Name resolution alone is
    /// bounded by the system's resolver instead.
    std::chrono::milliseconds timeout{15'000};
    std::size_t answerBytes = 1024 * 1024;  ///< a longer answer is cut off and counts as none
};

/// What became of a call. MaybeSent = at least one byte of the request left us and no whole
/// answer came back: the other side may or may not have acted.
struct CallOutcome {
    enum class Kind { NotSent, MaybeSent, Answered };
    Kind kind = Kind::NotSent;
    int status = 0;  ///< with Answered, like the three below
    Headers headers;
    std::string body;
    std::string reason;  ///< otherwise: English, for the log and the operator
};

/// Makes calls with one identity. Keeps a few idle connections per target and uses them again.
/// Redirects are not followed, proxies and cookies not used, 100 answers skipped. Thread-safe; each
/// call blocks its own thread (which keeps SIGPIPE blocked from then on).
class HttpsClient {
  public:
    explicit HttpsClient(TlsIdentity identity);  ///< files are read at the first call to a target
    ~HttpsClient();
    HttpsClient(const HttpsClient&) = delete;
    HttpsClient& operator=(const HttpsClient&) = delete;

    /// Never throws for what the other side does; a broken identity or anchor throws Fault.
    [[nodiscard]] CallOutcome call(const HttpsTarget& target, const OutgoingCall& call);

    /// From the next call on; idle connections made with the old one are dropped.
    void replaceIdentity(TlsIdentity identity);

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
