#include "gateway/app/push_transport.h"

namespace gateway::app {

exchange::PushOutcome PushTransport::push(const trust::Partner& partner,
                                          const exchange::Push& push) {
    exchange::PushOutcome outcome;
    const auto url = server::parseHttpsUrl(partner.pushUrl.value_or(""));
    if (!url) {
        outcome.error = "not an https address: " + partner.pushUrl.value_or("");
        return outcome;
    }
    server::HttpsTarget target{url->host, url->port, {}};
    for (const auto& anchor : partner.pushServerAnchors) target.anchorsDer.push_back(anchor->der());
    server::OutgoingCall call;
    call.pathAndQuery = url->pathAndQuery;
    call.contentType = push.mediaType;
    call.headers = {{"X-Item-Id", push.itemId}};
    call.body = push.bytes;
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
    return outcome;
}

}  // namespace gateway::app
