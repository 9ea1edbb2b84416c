#include "gateway/trust/unsealed.h"

#include <utility>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/trust/detached_claims.h"
#include "gateway/trust/jws.h"
#include "gateway/trust/xml/xml_signature.h"

namespace gateway::trust {

using base::ErrorCode;
using base::Problem;
using base::Result;
using document::Content;
using document::Tree;
using document::XmlDocument;

namespace {

bool isXml(std::string_view mediaType) {
    return mediaType == "application/xml" || mediaType == "text/xml" ||
           mediaType.ends_with("+xml") || mediaType.starts_with("application/edxml");
}

bool isJson(std::string_view mediaType) {
    return mediaType == "application/json" || mediaType.ends_with("+json");
}

// Signed from outside only: there is no place in them for a signature.
std::optional<document::TableForm> tableForm(std::string_view mediaType) {
    if (mediaType == "text/csv") return document::TableForm::Csv;
    if (mediaType == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        return document::TableForm::Xlsx;
    return std::nullopt;
}

Problem unsupported(std::string_view mediaType) {
    return Problem(ErrorCode::HTTP_MEDIA_TYPE).with("mediaType", std::string(mediaType));
}

}  // namespace

Result<Content> readBody(const SignedBytes& message, const document::ReadBounds& bounds) {
    if (isXml(message.mediaType)) {
        auto document = XmlDocument::parse(message.body, bounds);
        if (!document) return std::move(document).error();
        Tree tree = document->toTree();
        return Content{std::move(tree), std::move(document).value()};
    }
    if (const auto form = tableForm(message.mediaType)) {
        Content content;
        content.table = document::TableFile{*form, std::string(message.body)};
        return content;
    }
    if (!isJson(message.mediaType)) return unsupported(message.mediaType);
    auto tree = document::readJson(message.body, bounds);
    if (!tree) return std::move(tree).error();
    return Content{std::move(tree).value(), std::nullopt};
}

bool isReadable(std::string_view mediaType, bool detached) noexcept {
    return isXml(mediaType) || isJson(mediaType) || tableForm(mediaType) ||
           (!detached && mediaType == "application/jose");
}

Result<Unsealed> unsealed(const SignedBytes& message, const document::ReadBounds& bounds) {
    if (!message.detachedHeader.empty()) {
        auto content = readBody(message, bounds);
        if (!content) return std::move(content).error();
        const auto jws = Jws::parseDetached(message.detachedHeader, message.body);
        if (!jws) return jws.error();
        auto claims = readDetachedClaims(jws->header(), message.mediaType);
        if (!claims) return std::move(claims).error();
        return Unsealed{std::move(content).value(), std::move(claims).value()};
    }
    if (message.mediaType == "application/jose") {
        const auto jws = Jws::parseCompact(message.body);
        if (!jws) return jws.error();
        auto tree = document::readJson(jws->payload(), bounds);
        if (!tree) return std::move(tree).error();
        return Unsealed{{std::move(tree).value(), std::nullopt}, std::nullopt};
    }
    auto document = XmlDocument::parse(message.body, bounds);
    if (!document) return std::move(document).error();
    const auto signature = XmlSignature::examine(*document);
    if (!signature) return signature.error();
    signature->cutFrom(*document);
    Tree tree = document->toTree();
    return Unsealed{{std::move(tree), std::move(document).value()}, std::nullopt};
}

}  // namespace gateway::trust
