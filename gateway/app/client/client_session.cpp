#include "gateway/app/client/client_session.h"

#include <Poco/URI.h>

#include <fstream>
#include <iostream>

#include "gateway/app/client/trust_files.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;
using Kind = server::CallOutcome::Kind;

AgencyAccess accessOf(const Arguments& arguments) {
    AgencyAccess access;
    access.url = arguments.need("gateway");
    access.certificate = arguments.need("certificate");
    access.key = arguments.need("key");
    access.anchors = loadCertificates(arguments.need("ca"));
    if (arguments.has("gateway-seal"))
        access.gatewaySeals = loadCertificates(arguments.get("gateway-seal"));
    return access;
}

// Only then is it unknown what became of the request; any other 503 was not processed.
bool isOutcomeUnknown(const CheckedAnswer& answer) {
    const auto tree = document::readJson(answer.payload);
    const auto* code = tree ? tree->root.child("code") : nullptr;
    return code && code->value == "OUTCOME_UNKNOWN";
}

}  // namespace

ClientSession::ClientSession(const Arguments& arguments) :
    client(accessOf(arguments)), wantsSeal(arguments.has("gateway-seal")) {
    if (!arguments.has("seal-key")) return;
    signer = fromInput([&] {
        return trust::loadSigner(arguments.get("seal-key"), arguments.need("seal-certificate"));
    });
    seal.emplace(*signer);
}

ExitCode exitCodeOf(const CheckedAnswer& answer, bool wantsSeal) {
    if (answer.call.kind == Kind::NotSent) return kExitUnreachable;
    if (answer.call.kind == Kind::MaybeSent) return kExitOutcomeUnknown;
    switch (answer.call.status) {
        case 200: return !wantsSeal || answer.verified ? kExitOk : kExitRefused;
        case 409:
        case 422: return kExitRefused;
        case 404: return kExitNotFound;
        case 503: return isOutcomeUnknown(answer) ? kExitOutcomeUnknown : kExitTransport;
        default: return kExitTransport;
    }
}

Node answerNode(const CheckedAnswer& answer, bool wantsSeal) {
    Node root = document::objectNode();
    if (answer.call.kind != Kind::Answered) {
        root.children.push_back(document::stringNode("problem", answer.call.reason));
        return root;
    }
    root.children.push_back(document::numberNode("status", std::to_string(answer.call.status)));
    if (wantsSeal) root.children.push_back(document::booleanNode("verified", answer.verified));
    if (auto tree = document::readJson(answer.payload)) {
        tree->root.name = "content";
        root.children.push_back(std::move(tree->root));
    }
    return root;
}

void keepAnswer(const CheckedAnswer& answer, const std::string& file) {
    std::ofstream out(file, std::ios::binary);
    out << answer.call.body;
    if (!out.flush())
        throw InputError("HTTP " + std::to_string(answer.call.status) +
                         " came, but cannot be written to " + file);
}

int finish(const CheckedAnswer& answer, const Arguments& arguments, bool wantsSeal) {
    const auto code = exitCodeOf(answer, wantsSeal);
    if (answer.call.kind != Kind::Answered) throw CommandFailure(code, answer.call.reason);
    if (arguments.has("save")) keepAnswer(answer, arguments.get("save"));
    if (arguments.has("json")) {
        std::cout << document::writeJson(answerNode(answer, wantsSeal)) << '\n';
        return code;
    }
    std::cout << "HTTP " << answer.call.status;
    if (wantsSeal) std::cout << (answer.verified ? ", seal verified" : ", seal NOT verified");
    std::cout << '\n' << (answer.payload.empty() ? answer.call.body : answer.payload) << '\n';
    return code;
}

std::string parameter(const char* name, const std::string& value) {
    std::string pair = std::string(name) + '=';
    Poco::URI::encode(value, "!#$&'()*+,/:;=?@[]", pair);
    return pair;
}

std::string forAgency(const Arguments& arguments, const char* separator) {
    return arguments.has("agency") ? separator + parameter("agency", arguments.get("agency")) : "";
}

}  // namespace gateway::app
