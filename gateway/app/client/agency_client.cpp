#include "gateway/app/client/agency_client.h"

#include <string_view>

#include "gateway/app/settings/failure.h"
#include "gateway/base/limits.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/model/questions/any_message.h"
#include "gateway/trust/offline_verification.h"

namespace gateway::app {
namespace {

server::HttpsTarget targetOf(const AgencyAccess& access) {
    const auto url = server::parseHttpsUrl(access.url + "/");
    if (!url) throw UsageError("--gateway must be https://host:port");
    server::HttpsTarget target{url->host, url->port, {}};
    for (const auto& anchor : access.anchors) target.anchorsDer.push_back(anchor->der());
    return target;
}

// XML evidence back in the JSON shape it was made from: elements as members, Item lists.
document::Node plain(const document::Node& element) {
    const std::string name = element.name == "Item" ? "" : model::memberNameOf(element.name);
    if (element.isLeaf()) return document::stringNode(name, element.value);
    const bool list = element.child("Item") != nullptr;
    document::Node node = list ? document::arrayNode(name) : document::objectNode(name);
    for (const auto& child : element.children) {
        const bool known = !list && node.child(model::memberNameOf(child.name)) != nullptr;
        if (child.kind == document::Kind::Element && !known) node.children.push_back(plain(child));
    }
    return node;
}

// By the first character that says something; a byte order mark is for the parser to judge.
bool startsWith(const std::string& bytes, char first) {
    const auto at = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return at != std::string::npos && bytes[at] == first;
}

// Three parts of base64url, none of them empty.
bool looksLikeJws(const std::string& bytes) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    const auto first = bytes.find('.');
    const auto last = bytes.rfind('.');
    return bytes.find_first_not_of(kLetters) == std::string::npos && first != std::string::npos &&
           first > 0 && first + 1 < last && bytes.find('.', first + 1) == last &&
           last + 1 < bytes.size();
}

document::ReadBounds gatewayBounds() {
    const base::Limits limits;
    return {limits.treeDepth, limits.treeNodes};
}

// What the gateway could not read is not worth a signature: its own words, before anything is sent.
template <class Read>
void mustBeReadable(const base::Result<Read>& read) {
    if (read) return;
    const auto& problem = read.error();
    const auto text = base::render(problem);
    const auto line = problem.position.line;
    throw InputError((line == 0 ? std::string() : "line " + std::to_string(line) + ": ") +
                     std::string(base::entryOf(problem.code).name) + ": " + text.en + ' ' +
                     text.remedyEn + " · " + text.vi + ' ' + text.remedyVi);
}

}  // namespace

AgencyClient::AgencyClient(AgencyAccess access) :
    access_(std::move(access)),
    target_(targetOf(access_)),
    client_({access_.certificate, access_.key}) {}

CheckedAnswer AgencyClient::post(const std::string& path, const std::string& mediaType,
                                 const std::string& body, const std::string& detachedHeader) {
    server::OutgoingCall call;
    call.pathAndQuery = path;
    call.contentType = mediaType;
    call.body = body;
    call.timeout = std::chrono::seconds(60);
    call.answerBytes = 32U * 1024 * 1024;
    if (!detachedHeader.empty()) call.headers.emplace_back("X-JWS-Signature", detachedHeader);
    return check(fromInput([&] { return client_.call(target_, call); }));
}

CheckedAnswer AgencyClient::get(const std::string& pathAndQuery, std::chrono::seconds patience) {
    server::OutgoingCall call;
    call.method = "GET";
    call.pathAndQuery = pathAndQuery;
    call.timeout = patience;
    call.answerBytes = 32U * 1024 * 1024;
    return check(fromInput([&] { return client_.call(target_, call); }));
}

CheckedAnswer AgencyClient::check(server::CallOutcome outcome) const {
    CheckedAnswer answer;
    answer.call = std::move(outcome);
    if (answer.call.kind != server::CallOutcome::Kind::Answered) return answer;
    const auto type = answer.call.headers.find("Content-Type");
    const auto mediaType =
        type == answer.call.headers.end() ? "" : server::mediaTypeOf(type->second);
    if (mediaType == "application/json" || mediaType == "application/problem+json") {
        if (const auto tree = document::readJson(answer.call.body))
            answer.payload = document::writeJsonPretty(tree->root);
        return answer;
    }
    if (access_.gatewaySeals.empty()) return answer;
    trust::OfflineTrust trust;
    trust.certificates = access_.gatewaySeals;
    trust.at = base::SystemClock().now();
    const auto report = trust::verifyOffline(answer.call.body, "", trust);
    answer.verified = report.good();
    if (report.content && report.content->form == document::Form::Json) {
        answer.payload = document::writeJsonPretty(report.content->root);
    } else if (report.content) {
        document::Node root = document::objectNode();
        root.children.push_back(plain(report.content->root));
        answer.payload = document::writeJsonPretty(root);
    }
    return answer;
}

SignedMessage signForSending(const std::string& bytes, const trust::Seal* seal,
                             const std::optional<DetachedDetails>& detached, base::Timestamp now) {
    if (detached) {
        if (!seal) throw UsageError("a detached signature needs --seal-key and --seal-certificate");
        document::Node header = document::objectNode();
        header.children.push_back(document::stringNode("aud", detached->audience));
        header.children.push_back(document::stringNode("typ", detached->type));
        header.children.push_back(document::stringNode("jti", detached->id));
        const auto seconds =
            std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
        header.children.push_back(document::numberNode("iat", std::to_string(seconds)));
        header.children.push_back(document::stringNode("cty", detached->contentType));
        return {detached->contentType, bytes, seal->detachedJws(bytes, std::move(header))};
    }
    if (startsWith(bytes, '<')) {
        const bool isSigned = bytes.find("<SignatureValue") != std::string::npos ||
                              bytes.find(":SignatureValue") != std::string::npos;
        if (!seal || isSigned) return {"application/xml", bytes, ""};
        mustBeReadable(document::XmlDocument::parse(bytes, gatewayBounds()));
        return {"application/xml", seal->xml(bytes), ""};
    }
    if (seal && startsWith(bytes, '{')) {
        mustBeReadable(document::readJson(bytes, gatewayBounds()));
        return {"application/jose", seal->jws(bytes, "thahc-message+json"), ""};
    }
    std::string compact = bytes;
    while (!compact.empty() && (compact.back() == '\n' || compact.back() == '\r'))
        compact.pop_back();
    if (seal && !looksLikeJws(compact))
        throw InputError(
            "neither an XML document nor a JSON object, nor signed: it would go out unsigned; "
            "save it as UTF-8, or sign any bytes with --detached · không phải tài liệu XML, đối "
            "tượng JSON hay thông điệp đã ký: đề nghị lưu tệp với mã UTF-8, hoặc ký bằng "
            "--detached");
    return {"application/jose", std::move(compact), ""};
}

}  // namespace gateway::app
