#include <algorithm>
#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/app/client/trust_files.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/trust/offline_verification.h"

namespace gateway::app {
namespace {

using document::Node;

const char* formName(const trust::OfflineReport& report) {
    if (!report.form) return "none";
    switch (*report.form) {
        case trust::SignatureForm::XmlEnveloped: return "xml";
        case trust::SignatureForm::JwsCompact: return "jws";
        case trust::SignatureForm::JwsDetached: return "jws-detached";
    }
    return "none";
}

Node nodeOf(const std::string& file, const trust::OfflineReport& report) {
    Node node = document::objectNode();
    addText(node, "file", file);
    node.children.push_back(document::booleanNode("good", report.good()));
    addText(node, "form", formName(report));
    addText(node, "algorithm", report.algorithm);
    if (report.signer) {
        addText(node, "signer", report.signer->subject());
        addText(node, "signerSha256", report.signer->fingerprint().hex());
    }
    addText(node, "bodySha256", report.bodyDigest.hex());
    if (report.contentDigest) addText(node, "contentSha256", report.contentDigest->hex());
    Node problems = document::arrayNode("problems");
    for (const auto& problem : report.problems) {
        const auto text = base::render(problem);
        Node entry = document::objectNode();
        addText(entry, "code", std::string(entryOf(problem.code).name));
        addText(entry, "en", text.en);
        addText(entry, "vi", text.vi);
        problems.children.push_back(std::move(entry));
    }
    node.children.push_back(std::move(problems));
    return node;
}

Node unreadNode(const std::string& file, const std::string& problem) {
    Node node = document::objectNode();
    addText(node, "file", file);
    node.children.push_back(document::booleanNode("good", false));
    addText(node, "form", "none");
    addText(node, "problem", problem);
    node.children.push_back(document::arrayNode("problems"));
    return node;
}

void printForPeople(const Node& node) {
    std::cout << (node.child("good")->value == "true" ? "GOOD  " : "BAD   ")
              << node.child("file")->value << '\n';
    for (const auto& member : node.children)
        if (member.isLeaf() && member.name != "file" && member.name != "good")
            std::cout << "      " << member.name << ": " << member.value << '\n';
    for (const auto& problem : node.child("problems")->children)
        std::cout << "      " << problem.child("code")->value << ": " << problem.child("en")->value
                  << '\n';
}

}  // namespace

int verifyCommand(const Words& words) {
    const Arguments arguments(words, {"trust", "time", "signature"}, {"json"});
    if (arguments.positional().empty()) throw UsageError("verify needs a file");
    trust::OfflineTrust trust;
    trust.certificates = loadCertificates(arguments.need("trust"));
    trust.at = base::SystemClock().now();
    if (arguments.has("time")) {
        const auto at = base::parseTimestamp(arguments.get("time"));
        if (!at) throw UsageError("--time needs an RFC 3339 time with offset");
        trust.at = *at;
    }
    const auto detached = arguments.has("signature") ? readFile(arguments.get("signature")) : "";
    Node list = document::arrayNode();
    ExitCode code = kExitOk;
    for (const auto& file : arguments.positional()) {
        Node node;
        try {
            const auto report = trust::verifyOffline(readFile(file), detached, trust);
            if (!report.good()) code = std::max(code, kExitRefused);
            node = nodeOf(file, report);
        } catch (const InputError& error) {
            // One that cannot be read does not hide what the others are.
            code = kExitBadData;
            node = unreadNode(file, error.what());
        }
        if (!arguments.has("json")) printForPeople(node);
        list.children.push_back(std::move(node));
    }
    if (arguments.has("json")) std::cout << document::writeJson(list) << '\n';
    return code;
}

}  // namespace gateway::app
