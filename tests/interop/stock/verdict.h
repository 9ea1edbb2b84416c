#pragma once
// Our verdict on what a foreign tool signed, as one word.

#include <string>

#include "gateway/base/signature_reason.h"
#include "gateway/document/xml.h"
#include "gateway/trust/certificates/certificate.h"
#include "gateway/trust/xml/xml_signature.h"

namespace gateway::trust::testing {

/// "accepted", or the reason of errors.md.
inline std::string verdictOn(const std::string& xml, const std::string& certificatePem) {
    const auto document = document::XmlDocument::parse(xml);
    if (!document) return "not XML: " + xml.substr(0, 200);
    const auto signature = XmlSignature::examine(*document);
    const auto told = [](const base::Problem& problem) {
        const auto* const reason = signatureReasonOf(problem);
        return reason == nullptr ? std::string("no reason") : std::string(reason->name);
    };
    if (!signature) return told(signature.error());
    const auto verified = signature->verify(*Certificate::decode(certificatePem));
    return verified.ok() ? "accepted" : told(verified.error());
}

}  // namespace gateway::trust::testing
