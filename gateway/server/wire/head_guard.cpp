#include "gateway/server/wire/head_guard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;

// Fields whose meaning would depend on which of two copies a reader takes.
constexpr std::array<std::string_view, 8> kOnceOnly = {
    "host",          "content-length",  "content-type", "content-encoding",
    "authorization", "x-jws-signature", "expect",       "connection"};

// POCO's parser gives up on longer ones (MessageHeader, HTTPRequest); so they are refused here.
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kLongestValue = 8192;
constexpr std::size_t kLongestTarget = 8192;

bool isAlphaNumeric(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isToken(std::string_view text) noexcept {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return isAlphaNumeric(c) || kMarks.find(c) != std::string_view::npos;
    });
}

char lowerAscii(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalsCaseless(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, [](char x, char y) { return lowerAscii(x) == lowerAscii(y); });
}

std::string_view trimmed(std::string_view text) noexcept {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

Problem malformed(std::string_view reason) {
    return Problem(ErrorCode::HTTP_MALFORMED).with("reason", std::string(reason));
}

/// Whole segments of unreserved characters: no '%', so nothing hides and nothing decodes twice.
bool isPlainPath(std::string_view path) noexcept {
    if (path.empty() || path.front() != '/') return false;
    if (path == "/") return true;
    path.remove_prefix(1);
    for (;;) {
        const auto end = path.find('/');
        const std::string_view segment = path.substr(0, end);
        if (segment.empty() || segment == "." || segment == "..") return false;
        constexpr std::string_view kMarks = "-._~";
        if (!std::ranges::all_of(segment, [&](char c) {
                return isAlphaNumeric(c) || kMarks.find(c) != std::string_view::npos;
            }))
            return false;
        if (end == std::string_view::npos) return true;
        path.remove_prefix(end + 1);
    }
}

bool isQuery(std::string_view query) noexcept {
    constexpr std::string_view kMarks = "-._~%!$&'()*+,;=:@/?";
    return std::ranges::all_of(query, [&](char c) {
        return isAlphaNumeric(c) || kMarks.find(c) != std::string_view::npos;
    });
}

std::optional<Problem> judgeRequestLine(std::string_view line, bool headMethod, bool& isPost) {
    const auto first = line.find(' ');
    const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) return malformed("request line");
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, second - first - 1);
    const std::string_view version = line.substr(second + 1);
    if (!isToken(method)) return malformed("method");
    if (version != "HTTP/1.1") {
        const bool other = version.size() == 8 && version.starts_with("HTTP/");
        return other ? Problem(ErrorCode::HTTP_VERSION) : malformed("request line");
    }
    if (method != "GET" && method != "POST" && !(headMethod && method == "HEAD"))
        return Problem(ErrorCode::HTTP_METHOD);
    if (target.size() > kLongestTarget) return Problem(ErrorCode::HTTP_HEAD_TOO_LARGE);
    const auto mark = target.find('?');
    if (!isPlainPath(target.substr(0, mark))) return malformed("request target");
    if (mark != std::string_view::npos && !isQuery(target.substr(mark + 1)))
        return malformed("request target");
    isPost = method == "POST";
    return std::nullopt;
}

/// What the fields say, gathered in one pass.
struct Fields {
    std::optional<std::string_view> host, length, expect, connection;
    std::array<bool, kOnceOnly.size()> seen{};
    bool transferCoding = false;
    bool contentCoding = false;
    std::size_t count = 0;
};

std::optional<Problem> takeField(std::string_view line, Fields& fields) {
    if (line.front() == ' ' || line.front() == '\t') return malformed("folded header field");
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("header field without a colon");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!isToken(name)) return malformed("header field name");
    if (name.size() > kLongestName || line.size() - colon > kLongestValue)
        return Problem(ErrorCode::HTTP_HEAD_TOO_LARGE);
    // POCO would decode these, so that what is read is not what was sent.
    if (value.find("=?") != std::string_view::npos) return malformed("encoded word in a header");
    for (std::size_t i = 0; i < kOnceOnly.size(); ++i) {
        if (!equalsCaseless(name, kOnceOnly[i])) continue;
        if (fields.seen[i]) return malformed("doubled " + std::string(kOnceOnly[i]));
        fields.seen[i] = true;
    }
    if (equalsCaseless(name, "host")) fields.host = value;
    if (equalsCaseless(name, "content-length")) fields.length = value;
    if (equalsCaseless(name, "expect")) fields.expect = value;
    if (equalsCaseless(name, "connection")) fields.connection = value;
    if (equalsCaseless(name, "transfer-encoding")) fields.transferCoding = true;
    if (equalsCaseless(name, "content-encoding") && !equalsCaseless(value, "identity"))
        fields.contentCoding = true;
    return std::nullopt;
}

bool isHost(std::string_view host) noexcept {
    constexpr std::string_view kMarks = "-._:[]";
    return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [&](char c) {
        return isAlphaNumeric(c) || kMarks.find(c) != std::string_view::npos;
    });
}

bool listsClose(std::string_view connection) noexcept {
    for (;;) {
        const auto comma = connection.find(',');
        if (equalsCaseless(trimmed(connection.substr(0, comma)), "close")) return true;
        if (comma == std::string_view::npos) return false;
        connection.remove_prefix(comma + 1);
    }
}

base::Result<Head> judgeLength(const Fields& fields, bool isPost, std::size_t limit) {
    Head head;
    if (fields.transferCoding)
        return fields.length ? malformed("Content-Length beside Transfer-Encoding")
                             : Problem(ErrorCode::HTTP_LENGTH_REQUIRED);
    if (!fields.length) {
        if (isPost) return Problem(ErrorCode::HTTP_LENGTH_REQUIRED);
        return head;
    }
    const std::string_view text = *fields.length;
    if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return malformed("Content-Length");
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), head.contentLength);
    const bool overflow = error == std::errc::result_out_of_range;
    if (!overflow && (error != std::errc() || end != text.data() + text.size()))
        return malformed("Content-Length");
    if (!isPost && (overflow || head.contentLength != 0)) return malformed("body on a GET");
    if (overflow || head.contentLength > limit)
        return Problem(ErrorCode::HTTP_BODY_TOO_LARGE).with("limit", std::to_string(limit));
    return head;
}

base::Result<Head> judgeFields(const Fields& fields, bool isPost, const HeadBounds& bounds) {
    if (!fields.host) return malformed("no Host");
    if (!isHost(*fields.host)) return malformed("Host");
    auto head = judgeLength(fields, isPost, bounds.bodyBytes);
    if (!head.ok()) return head;
    if (fields.contentCoding)
        return Problem(ErrorCode::HTTP_MEDIA_TYPE).with("mediaType", "Content-Encoding");
    if (fields.expect && !equalsCaseless(*fields.expect, "100-continue"))
        return Problem(ErrorCode::HTTP_EXPECTATION);
    head->expectsContinue = fields.expect.has_value();
    head->wantsClose = fields.connection && listsClose(*fields.connection);
    return head;
}

}  // namespace

HeadEnd findHeadEnd(std::string_view received, std::size_t from,
                    const HeadBounds& bounds) noexcept {
    // The last three bytes seen before may be the beginning of CRLF CRLF.
    std::size_t i = from > 3 ? from - 3 : 0;
    const std::size_t end = std::min(received.size(), bounds.headBytes);
    for (; i < end; ++i) {
        const auto c = static_cast<unsigned char>(received[i]);
        if (c == '\n') {
            if (i == 0 || received[i - 1] != '\r') return {HeadScan::Broken, 0};
            if (i >= 3 && received[i - 2] == '\n') return {HeadScan::Complete, i + 1};
        } else if (c == '\r') {
            if (i + 1 < received.size() && received[i + 1] != '\n') return {HeadScan::Broken, 0};
        } else if ((c < 0x20U && c != '\t') || c == 0x7FU) {
            return {HeadScan::Broken, 0};
        }
    }
    return {received.size() >= bounds.headBytes ? HeadScan::TooLarge : HeadScan::Incomplete, 0};
}

base::Result<Head> judgeHead(std::string_view head, const HeadBounds& bounds) {
    if (head.size() > bounds.headBytes) return Problem(ErrorCode::HTTP_HEAD_TOO_LARGE);
    const HeadEnd whole = findHeadEnd(head, 0, bounds);
    if (whole.scan != HeadScan::Complete || whole.length != head.size())
        return malformed("line ends or control characters");
    head.remove_suffix(2);  // the empty line

    bool isPost = false;
    const auto lineEnd = head.find("\r\n");
    if (auto problem = judgeRequestLine(head.substr(0, lineEnd), bounds.headMethod, isPost))
        return *problem;
    head.remove_prefix(lineEnd + 2);

    Fields fields;
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        if (++fields.count > bounds.headerCount) return Problem(ErrorCode::HTTP_HEAD_TOO_LARGE);
        if (auto problem = takeField(head.substr(0, end), fields)) return *problem;
        head.remove_prefix(end + 2);
    }
    return judgeFields(fields, isPost, bounds);
}

}  // namespace gateway::server
