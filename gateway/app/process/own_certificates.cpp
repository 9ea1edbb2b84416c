#include "gateway/app/process/own_certificates.h"

#include <algorithm>
#include <vector>

#include "gateway/app/client/trust_files.h"
#include "gateway/base/encoding.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

std::string pemOf(const trust::Certificate& certificate) {
    const std::string text = base::toBase64(certificate.der());
    std::string pem = "-----BEGIN CERTIFICATE-----\n";
    for (std::size_t at = 0; at < text.size(); at += 64) pem += text.substr(at, 64) + "\n";
    return pem + "-----END CERTIFICATE-----\n";
}

Node keyNode(const trust::Certificate& certificate, const char* use) {
    Node node = document::objectNode();
    const auto add = [&node](const char* name, std::string value) {
        node.children.push_back(document::stringNode(name, std::move(value)));
    };
    add("use", use);
    add("sha256", certificate.fingerprint().hex());
    add("notBefore", base::formatTimestamp(certificate.notBefore()));
    add("notAfter", base::formatTimestamp(certificate.notAfter()));
    add("pem", pemOf(certificate));
    return node;
}

std::vector<std::filesystem::path> othersOf(const Config& config) {
    std::vector<std::filesystem::path> files;
    if (config.sealOthers.empty()) return files;
    return fromInput([&] {
        for (const auto& entry : std::filesystem::directory_iterator(config.sealOthers))
            if (entry.path().extension() == ".pem") files.push_back(entry.path());
        std::ranges::sort(files);
        return files;
    });
}

}  // namespace

std::vector<trust::CertificatePtr> ownSeals(const Config& config,
                                            const trust::CertificatePtr& present) {
    std::vector<trust::CertificatePtr> seals = {present};
    for (const auto& file : othersOf(config))
        for (auto& other : loadCertificates(file))
            if (other->fingerprint() != present->fingerprint()) seals.push_back(std::move(other));
    return seals;
}

std::string sealKeysJson(const Config& config, const trust::CertificatePtr& present,
                         base::Timestamp now) {
    Node keys = document::arrayNode("keys");
    for (const auto& seal : ownSeals(config, present)) {
        const bool past = seal->notAfter() < now || seal->notBefore() < present->notBefore();
        keys.children.push_back(keyNode(*seal, seal == present ? "present"
                                               : past          ? "past"
                                                               : "next"));
    }
    Node root = document::objectNode();
    root.children.push_back(std::move(keys));
    return document::writeJson(root);
}

OwnCertificates loadOwnCertificates(const Config& config, const trust::CertificatePtr& seal,
                                    base::Timestamp now) {
    OwnCertificates own;
    own.door = loadCertificates(config.tlsCertificate).front();
    if (!config.pushCertificate.empty())
        own.push = loadCertificates(config.pushCertificate).front();
    own.sealKeysJson = sealKeysJson(config, seal, now);
    return own;
}

}  // namespace gateway::app
