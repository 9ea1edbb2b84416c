#include "gateway/server/wire/http.h"

#include <algorithm>

#include "gateway/base/log.h"

namespace gateway::server {
namespace {

constexpr std::chrono::seconds kDefaultRetryAfter{5};

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int hexValue(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/// Length of the UTF-8 sequence that starts `text`, or 0 (overlong forms and surrogates too).
std::size_t utf8Length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80U) return 1;
    if (first >= 0xC2U && first <= 0xDFU) return tail(1) ? 2 : 0;
    if (first >= 0xE0U && first <= 0xEFU) {
        const bool overlong = first == 0xE0U && byte(1) < 0xA0U;
        const bool surrogate = first == 0xEDU && byte(1) > 0x9FU;
        return !overlong && !surrogate && tail(1) && tail(2) ? 3 : 0;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        const bool overlong = first == 0xF0U && byte(1) < 0x90U;
        const bool beyond = first == 0xF4U && byte(1) > 0x8FU;
        return !overlong && !beyond && tail(1) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

bool isCleanText(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto c = static_cast<unsigned char>(text.front());
        const std::size_t length = utf8Length(text);
        if (c < 0x20U || c == 0x7FU || length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::optional<std::string> percentDecoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hexValue(text[i + 1]);
        const int low = hexValue(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    if (!isCleanText(out)) return std::nullopt;
    return out;
}

base::Problem badParameter(std::string_view name) {
    return base::Problem(base::ErrorCode::HTTP_BAD_PARAMETER).with("name", std::string(name));
}

std::string_view reasonTitle(int status) noexcept {
    if (status == 429) return "Too many requests";
    if (status == 503) return "Service unavailable";
    return status >= 500 ? "Server error" : "Request refused";
}

}  // namespace

bool CaselessLess::operator()(std::string_view a, std::string_view b) const noexcept {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
}

const std::string* Request::header(std::string_view name) const noexcept {
    const auto found = headers.find(name);
    return found == headers.end() ? nullptr : &found->second;
}

Response problemResponse(const base::Problem& problem, std::string_view correlation,
                         std::optional<std::chrono::seconds> retryAfter) {
    const base::ErrorEntry& entry = base::entryOf(problem.code);
    base::Problem told = problem;
    told.parameters.emplace_back("correlation", std::string(correlation));
    const base::ProblemText text = base::render(told);
    std::string body = "{";
    const auto member = [&body](std::string_view name, std::string_view value) {
        if (body.size() > 1) body += ',';
        body += base::jsonQuoted(name) + ':' + base::jsonQuoted(value);
    };
    member("type", "urn:thahc:problem:" + std::string(entry.name));
    member("title", reasonTitle(entry.httpStatus));
    body += ",\"status\":" + std::to_string(entry.httpStatus);
    member("detail", text.en);
    member("code", entry.name);
    member("vi", text.vi);
    member("remedyVi", text.remedyVi);
    member("remedyEn", text.remedyEn);
    member("correlation", correlation);
    body += "}\n";

    Response response{entry.httpStatus, std::string(kProblemMediaType), {}, std::move(body), false};
    if (entry.httpStatus == 429 || entry.httpStatus == 503)
        response.headers.emplace_back(
            "Retry-After", std::to_string(retryAfter.value_or(kDefaultRetryAfter).count()));
    if (entry.httpStatus == 405) response.headers.emplace_back("Allow", "GET, POST");
    return response;
}

base::Result<Query> parseQuery(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const auto end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        const auto equals = pair.find('=');
        const auto name = percentDecoded(pair.substr(0, equals));
        if (!name || name->empty()) return badParameter("?");
        const auto value = equals == std::string_view::npos
                               ? std::optional<std::string>("")
                               : percentDecoded(pair.substr(equals + 1));
        if (!value || !query.emplace(*name, *value).second) return badParameter(*name);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
        if (text.empty()) return badParameter("?");
    }
    return query;
}

std::string mediaTypeOf(std::string_view contentType) {
    contentType = contentType.substr(0, contentType.find(';'));
    while (!contentType.empty() && (contentType.back() == ' ' || contentType.back() == '\t'))
        contentType.remove_suffix(1);
    while (!contentType.empty() && (contentType.front() == ' ' || contentType.front() == '\t'))
        contentType.remove_prefix(1);
    std::string out(contentType);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

}  // namespace gateway::server
