#pragma once
// The guard in front of POCO's HTTP parser, which accepts almost anything: a pure judgement of the
// raw bytes of one request head. What passes has one meaning only, for us and for any proxy.

#include <cstddef>
#include <string_view>

#include "gateway/base/result.h"

namespace gateway::server {

struct HeadBounds {
    std::size_t headBytes = 16 * 1024;
    std::size_t headerCount = 64;
    std::size_t bodyBytes = 8 * 1024 * 1024;
    bool headMethod = false;  ///< HEAD as well, judged as GET is
};

/// How far the bytes received so far are from a whole head.
enum class HeadScan {
    Incomplete,  ///< go on reading
    Complete,
    Broken,    ///< can never become a head: bare LF or CR, a control character
    TooLarge,  ///< beyond HeadBounds::headBytes without an end
};

struct HeadEnd {
    HeadScan scan = HeadScan::Incomplete;
    std::size_t length = 0;  ///< with Complete: length of the head, its empty line included
};

/// Looks for the end of the head in `received`; `from` = bytes already seen by an earlier call
/// that said Incomplete (so the work is linear). Pure.
[[nodiscard]] HeadEnd findHeadEnd(std::string_view received, std::size_t from,
                                  const HeadBounds& bounds) noexcept;

/// What the guard itself must know of a head; all else is read by POCO from the same bytes.
struct Head {
    std::size_t contentLength = 0;
    bool expectsContinue = false;
    bool wantsClose = false;
};

/// Judges one whole head (with its CRLF CRLF). Stricter than RFC 9112: HTTP/1.1 only, GET and POST
/// only, origin-form targets of unreserved characters without empty or dot segments, CRLF only, no
/// folding, no blank before a colon, exactly one Host, no encoded words, no transfer coding; a POST
/// states exactly one Content-Length, a GET none above zero.
/// Refused as HTTP_MALFORMED, HTTP_VERSION, HTTP_METHOD, HTTP_LENGTH_REQUIRED, HTTP_BODY_TOO_LARGE,
/// HTTP_HEAD_TOO_LARGE or HTTP_EXPECTATION. Pure, thread-safe, never quotes what was received.
[[nodiscard]] base::Result<Head> judgeHead(std::string_view head, const HeadBounds& bounds);

}  // namespace gateway::server
