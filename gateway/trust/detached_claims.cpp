#include "gateway/trust/detached_claims.h"

#include <charconv>

#include "gateway/base/ids.h"
#include "gateway/base/signature_reason.h"

namespace gateway::trust {
namespace {

using base::Problem;
using document::Kind;

base::SignatureReason reasonFor(std::string_view claim) {
    if (claim == "aud") return base::SignatureReason::CLAIM_AUD;
    if (claim == "typ") return base::SignatureReason::CLAIM_TYP;
    if (claim == "jti") return base::SignatureReason::CLAIM_JTI;
    return claim == "iat" ? base::SignatureReason::CLAIM_IAT : base::SignatureReason::CLAIM_CTY;
}

Problem missing(std::string_view claim) {
    return because({base::ErrorCode::SIGNATURE_HEADER, "/" + std::string(claim), {}},
                   reasonFor(claim));
}

base::Result<std::string> text(const document::Node& header, std::string_view name) {
    const document::Node* const member = header.child(name);
    if (member == nullptr || member->kind != Kind::String || member->value.empty())
        return missing(name);
    return member->value;
}

std::string mediaTypeOf(std::string_view contentType) {
    std::string type(contentType.substr(0, contentType.find(';')));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
    for (char& c : type)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return type.find('/') == std::string::npos ? "application/" + type : type;
}

base::Result<base::Timestamp> issuedAt(const document::Node& header) {
    const document::Node* const member = header.child("iat");
    if (member == nullptr || member->kind != Kind::Number) return missing("iat");
    // Eleven digits reach the year 5138 and fit milliseconds without overflow.
    constexpr std::size_t kMostDigits = 11;
    const std::string& digits = member->value;
    long long seconds = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() ||
        digits.size() > kMostDigits || seconds < 0)
        return missing("iat");
    return base::Timestamp(std::chrono::seconds(seconds));
}

}  // namespace

base::Result<DetachedClaims> readDetachedClaims(const document::Node& header,
                                                std::string_view mediaType) {
    DetachedClaims claims;
    struct Named {
        const char* name;
        std::string* value;
    };
    for (const Named& each : {Named{"aud", &claims.audience}, Named{"typ", &claims.type},
                              Named{"jti", &claims.id}, Named{"cty", &claims.contentType}}) {
        auto value = text(header, each.name);
        if (!value) return std::move(value).error();
        *each.value = std::move(value).value();
    }
    if (!base::isMessageId(claims.id)) return missing("jti");
    claims.contentType = mediaTypeOf(claims.contentType);
    if (claims.contentType != mediaTypeOf(mediaType)) return missing("cty");
    auto issued = issuedAt(header);
    if (!issued) return std::move(issued).error();
    claims.issuedAt = *issued;
    return claims;
}

}  // namespace gateway::trust
