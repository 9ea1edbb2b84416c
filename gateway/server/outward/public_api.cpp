#include "gateway/server/outward/public_api.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "gateway/base/limits.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/server/door/address_block.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;
using exchange::PublishedItem;

constexpr std::string_view kList = "/v1/publications";
constexpr std::string_view kItems = "/v1/publications/";
constexpr std::string_view kDateFormat = "%w, %d %b %Y %H:%M:%S GMT";  // RFC 9110 section 5.6.7
// Blocks of addresses fall into so many buckets, each with a rate of its own: bounded, whoever
// comes; two that fall into one share it.
constexpr std::size_t kBuckets = 4096;

/// Which publications, and after which one.
struct Selection {
    std::string portal, publisher, after;
    std::size_t limit = base::kPublicationPage;
};

Problem badParameter(const std::string& name) {
    return Problem(ErrorCode::HTTP_BAD_PARAMETER).with("name", name);
}

bool isWord(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.';
    });
}

/// "2026-06-18.ID": of the last one that was shown.
std::string cursorOf(const PublishedItem& item) {
    return base::formatDate(item.publishedOn) + "." + item.id;
}

bool isCursor(std::string_view text) {
    return text.size() > 11 && text[10] == '.' && base::parseDate(text.substr(0, 10));
}

bool comesAfter(const PublishedItem& item, std::string_view cursor) {
    const auto day = *base::parseDate(cursor.substr(0, 10));
    return item.publishedOn < day || (item.publishedOn == day && item.id > cursor.substr(11));
}

base::Result<Selection> selectionOf(const Query& query) {
    Selection made;
    for (const auto& [name, value] : query) {
        if (name == "limit") {
            const char* end = value.data() + value.size();
            const auto read = std::from_chars(value.data(), end, made.limit);
            if (read.ec != std::errc() || read.ptr != end || made.limit < 1 ||
                made.limit > base::kLongestPublicationPage)
                return badParameter(name);
            continue;
        }
        std::string* slot = name == "portal"      ? &made.portal
                            : name == "publisher" ? &made.publisher
                            : name == "after"     ? &made.after
                                                  : nullptr;
        if (!slot || !isWord(value) || (slot == &made.after && !isCursor(value)))
            return badParameter(isWord(name) ? name : "?");
        *slot = value;
    }
    return made;
}

// Its values are words (isWord), so nothing in them needs an escape.
std::string referenceTo(std::string_view path, const Selection& selection) {
    std::string query;
    const auto add = [&query](const char* name, const std::string& value) {
        if (!value.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + value;
    };
    add("portal", selection.portal);
    add("publisher", selection.publisher);
    add("after", selection.after);
    if (selection.limit != base::kPublicationPage) add("limit", std::to_string(selection.limit));
    return std::string(path) + query;
}

std::time_t secondsOf(base::Timestamp at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

std::string httpDate(base::Timestamp at) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(secondsOf(at)),
                                           std::string(kDateFormat));
}

/// Whether the client has it already (RFC 9110 section 13.2.2). A day other than the one we gave is
/// no day of ours, and gets the whole.
bool isKnown(const Request& request, const std::string& tag, const std::string& changedAt) {
    if (const auto* tags = request.header("If-None-Match"))
        return *tags == "*" || tags->find(tag) != std::string::npos;
    const auto* since = request.header("If-Modified-Since");
    return since && *since == changedAt;
}

Response shown(const Request& request, std::string_view mediaType, std::string body,
               base::Timestamp changedAt) {
    const std::string tag = '"' + document::sha256(body).hex().substr(0, 32) + '"';
    const std::string changed = httpDate(changedAt);
    Response response{200, std::string(mediaType), {}, std::move(body), false};
    response.headers = {
        {"ETag", tag}, {"Last-Modified", changed}, {"Cache-Control", "public, max-age=60"}};
    if (isKnown(request, tag, changed)) {
        response.status = 304;
        response.contentType.clear();
        response.body.clear();
    }
    return response;
}

bool isId(std::string_view text) {
    return text.size() == 32 && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

PublicApi::PublicApi(exchange::PublicationBoard& board, const base::Clock& clock) :
    board_(board),
    clock_(clock),
    byBlock_(base::kPublicRequestsPerMinute, clock),
    inAll_(base::kAllPublicRequestsPerMinute, clock) {}

DoorManners PublicApi::manners() {
    return {true,
            "GET, HEAD",
            {{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "no-referrer"},
             {"Strict-Transport-Security", "max-age=31536000"}}};
}

// Paths are closed, and nothing but reading is done on them.
std::optional<Response> PublicApi::notHere(const Request& request) {
    const std::string_view path = request.path;
    const bool known = path == kList || path == "/v1/publications.atom" ||
                       path == "/v1/publications.html" ||
                       (path.starts_with(kItems) && isId(path.substr(kItems.size())));
    if (!known) return problemResponse(Problem(ErrorCode::HTTP_NOT_FOUND), request.correlation);
    if (request.method != "GET" && request.method != "HEAD")
        return problemResponse(Problem(ErrorCode::HTTP_METHOD), request.correlation);
    return std::nullopt;
}

HeadVerdict PublicApi::judge(const Request& request, std::size_t contentLength) {
    HeadVerdict verdict;
    const auto block = std::hash<std::string>()(addressBlockOf(request.remoteAddress)) % kBuckets;
    auto wait = byBlock_.refuseTurn(std::to_string(block));
    if (!wait) wait = inAll_.refuseTurn("all");
    if (wait)
        verdict.refusal =
            problemResponse(Problem(ErrorCode::RATE_LIMITED), request.correlation, *wait);
    else
        verdict.refusal = notHere(request);
    if (!verdict.refusal && contentLength > 0)
        verdict.refusal = problemResponse(Problem(ErrorCode::HTTP_METHOD), request.correlation);
    return verdict;
}

Response PublicApi::handle(const Request& request) {
    if (auto refusal = notHere(request)) return *std::move(refusal);
    const auto all = board_.list();
    if (!all) return problemResponse(Problem(ErrorCode::OVERLOADED), request.correlation);
    const std::string_view path = request.path;
    if (path.starts_with(kItems))
        return one(request, std::string(path.substr(kItems.size())), *all);
    const auto form = path.ends_with(".atom")   ? Form::Atom
                      : path.ends_with(".html") ? Form::Html
                                                : Form::Json;
    return list(request, form, *all);
}

Response PublicApi::list(const Request& request, Form form,
                         const exchange::PublicationList& all) const {
    auto selection = selectionOf(request.query);
    if (!selection) return problemResponse(selection.error(), request.correlation);
    PublicationPage page;
    page.changedAt = all.changedAt;
    page.self = referenceTo(request.path, *selection);
    for (const auto& item : all.items) {
        if (!selection->portal.empty() && item.portal != selection->portal) continue;
        if (!selection->publisher.empty() && item.publisher != selection->publisher) continue;
        if (!selection->after.empty() && !comesAfter(item, selection->after)) continue;
        if (page.items.size() == selection->limit) {
            selection->after = cursorOf(page.items.back());
            page.next = referenceTo(request.path, *selection);
            break;
        }
        page.items.push_back(item);
    }
    switch (form) {
        case Form::Atom:
            return shown(request, kAtomMediaType, publicationsAtom(page), all.changedAt);
        case Form::Html:
            return shown(request, kHtmlMediaType, publicationsHtml(page), all.changedAt);
        case Form::Json: break;
    }
    return shown(request, "application/json", publicationsJson(page), all.changedAt);
}

Response PublicApi::one(const Request& request, const std::string& id,
                        const exchange::PublicationList& all) const {
    if (!request.query.empty()) return problemResponse(badParameter("?"), request.correlation);
    const auto found = std::ranges::find(all.items, id, &PublishedItem::id);
    if (found != all.items.end())
        return shown(request, "application/json", publicationJson(*found), all.changedAt);
    const auto over = all.over.find(id);
    const bool remembered =
        over != all.over.end() && base::vietnamDate(clock_.now()) < over->second;
    return problemResponse(Problem(remembered ? ErrorCode::HTTP_GONE : ErrorCode::HTTP_NOT_FOUND),
                           request.correlation);
}

}  // namespace gateway::server
