#include "gateway/app/process/push_transport.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

namespace gateway::app {
namespace {

// RFC 9110 10.2.3: seconds, or a date. What is neither says nothing.
std::optional<std::chrono::seconds> retryAfter(const std::string& value) {
    constexpr std::int64_t kLongest = 24L * 3600;
    std::int64_t seconds = 0;
    const char* end = value.data() + value.size();
    const auto parsed = std::from_chars(value.data(), end, seconds);
    if (parsed.ec == std::errc() && parsed.ptr == end && seconds >= 0)
        return std::chrono::seconds(std::min(seconds, kLongest));
    std::tm date{};
    std::istringstream text(value);
    text.imbue(std::locale::classic());
    if (!(text >> std::get_time(&date, "%a, %d %b %Y %H:%M:%S GMT"))) return std::nullopt;
    const auto left = static_cast<std::int64_t>(timegm(&date) - std::time(nullptr));
    return std::chrono::seconds(std::clamp<std::int64_t>(left, 0, kLongest));
}

}  // namespace

exchange::PushOutcome PushTransport::push(const trust::Partner& partner,
                                          const exchange::Push& push) {
    server::OutgoingCall call;
    call.contentType = push.mediaType;
    call.headers = {{"X-Item-Id", push.itemId}};
    call.body = push.bytes;
    return reach(partner, partner.pushUrl.value_or(""), std::move(call));
}

exchange::PushOutcome PushTransport::ask(const trust::Partner& partner, const std::string& itemId) {
    std::string address = partner.pushStatusUrl.value_or("");
    if (const auto place = address.find(trust::kItemPlace); place != std::string::npos)
        address.replace(place, trust::kItemPlace.size(), itemId);
    server::OutgoingCall call;
    call.method = "GET";
    return reach(partner, address, std::move(call));
}

exchange::PushOutcome PushTransport::reach(const trust::Partner& partner,
                                           const std::string& address, server::OutgoingCall call) {
    exchange::PushOutcome outcome;
    const auto url = server::parseHttpsUrl(address);
    if (!url) {
        outcome.error = "not an https address: " + address;
        return outcome;
    }
    server::HttpsTarget target{url->host, url->port, {}};
    for (const auto& anchor : partner.pushServerAnchors) target.anchorsDer.push_back(anchor->der());
    call.pathAndQuery = url->pathAndQuery;
    call.timeout = limits_.attemptTimeout;
    call.answerBytes = limits_.answerBytes;
    const auto result = client_.call(target, call);
    using Kind = server::CallOutcome::Kind;
    outcome.reach = result.kind == Kind::Answered    ? exchange::Reach::Answered
                    : result.kind == Kind::MaybeSent ? exchange::Reach::Maybe
                                                     : exchange::Reach::NotSent;
    outcome.status = result.status;
    outcome.bytes = result.body;
    outcome.error = result.reason;
    if (const auto type = result.headers.find("Content-Type"); type != result.headers.end())
        outcome.mediaType = server::mediaTypeOf(type->second);
    if (const auto header = result.headers.find("X-JWS-Signature"); header != result.headers.end())
        outcome.detachedHeader = header->second;
    if (const auto header = result.headers.find("Retry-After"); header != result.headers.end())
        outcome.retryAfter = retryAfter(header->second);
    return outcome;
}

}  // namespace gateway::app
