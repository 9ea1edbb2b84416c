#pragma once
// What a handler gets and gives: one complete request, one response, both plain values.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/problem.h"
#include "gateway/base/result.h"
#include "gateway/document/digest.h"
#include "gateway/server/wire/peer_certificate.h"

namespace gateway::server {

/// Order of header names: ASCII case does not count (RFC 9110 section 5.1).
struct CaselessLess {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const noexcept;
};
/// Header fields; several fields of one name are joined by ", " (RFC 9110 section 5.3).
using Headers = std::map<std::string, std::string, CaselessLess>;
/// Query parameters, percent-decoded; "dry-run" without '=' has the value "".
using Query = std::map<std::string, std::string, std::less<>>;

/// Who is at the other end of a Unix socket, as the kernel says (SO_PEERCRED).
struct LocalPeer {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::int32_t pid = 0;
};

/// What one request holds of the gateway's means from its head to the last byte of its answer;
/// destroyed, it gives all back.
class Pass {
  public:
    virtual ~Pass() = default;
    /// Room for `bytes` more of its body or answer, or why not now. One thread at a time.
    [[nodiscard]] virtual std::optional<base::Problem> hold(std::size_t bytes) = 0;
    /// Of these, so many are no longer needed.
    virtual void giveBack(std::size_t bytes) = 0;
};

/// One request, complete: its head passed the guard and every byte of its body has arrived.
/// `path` holds unreserved characters and '/' only, without empty or dot segments.
struct Request {
    std::string method;  ///< GET or POST; HEAD at the public door only
    std::string path;
    Query query;
    Headers headers;
    std::string body;
    std::string mediaType;  ///< lower case, without parameters; empty when not stated
    /// SHA-256 of the certificate that the TLS peer proved to possess. Says nothing about
    /// registration: look it up in the present snapshot for every request.
    std::optional<document::Digest> peerFingerprint;
    /// The same certificate in words; null on a Unix socket.
    std::shared_ptr<const PeerCertificate> peerCertificate;
    std::shared_ptr<Pass> pass;          ///< from the HeadJudge, if there is one
    std::optional<LocalPeer> localPeer;  ///< Unix socket only
    std::string remoteAddress;           ///< without the port; empty on a Unix socket
    base::Timestamp receivedAt;          ///< when the last byte had arrived
    std::string correlation;             ///< names this request in logs and problems
    std::stop_token stopping;            ///< asks a waiting handler to answer at once

    /// The value of a header, or nothing.
    [[nodiscard]] const std::string* header(std::string_view name) const noexcept;
};

/// One answer. Date, Content-Length, Connection, Cache-Control and X-Correlation-Id are added.
struct Response {
    int status = 200;
    std::string contentType;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    bool close = false;  ///< end the connection afterwards
};

/// Called by many threads at once. May block, within the bounds of base::Limits::longestPoll, and
/// must then heed Request::stopping. Whatever it throws becomes a 500 problem.
using Handler = std::function<Response(const Request&)>;

/// What becomes of a request by its head alone.
struct HeadVerdict {
    std::optional<Response> refusal;  ///< the answer, if its body shall not be read
    std::shared_ptr<Pass> pass{};
};

/// Asked with all but the body, `body` empty and receivedAt the end of the head; before anything of
/// the body is read. As Handler otherwise, but it must not wait.
using HeadJudge = std::function<HeadVerdict(const Request&, std::size_t contentLength)>;

inline constexpr std::string_view kProblemMediaType = "application/problem+json";

/// RFC 9457 application/problem+json: type, title, status, detail (English), and our own members
/// code, vi, remedyVi, remedyEn, correlation. Status by the catalogue. 429 and 503 carry
/// Retry-After (default five seconds). Unsigned: for class T only.
[[nodiscard]] Response problemResponse(const base::Problem& problem, std::string_view correlation,
                                       std::optional<std::chrono::seconds> retryAfter = {});

/// The part of a request target behind '?'. Refused as HTTP_BAD_PARAMETER: broken escapes,
/// control characters (so %00 too), text that is not UTF-8, an empty or doubled name. '+' is '+'.
[[nodiscard]] base::Result<Query> parseQuery(std::string_view text);

/// "Application/XML; charset=utf-8" -> "application/xml".
[[nodiscard]] std::string mediaTypeOf(std::string_view contentType);

}  // namespace gateway::server
