#include "gateway/exchange/proof/receipt_audit.h"

#include <algorithm>

#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/proof/archiving.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/mapping/binding.h"
#include "gateway/model/questions/any_message.h"
#include "gateway/trust/jws.h"
#include "gateway/trust/offline_verification.h"

namespace gateway::exchange {
namespace {

using document::Node;

// What a row knows of its receipt.
constexpr const char* kStated[] = {
    "receiptId",     "channel",       "signerAgency", "signerCertificateSha256",
    "messageId",     "messageType",   "bodySha256",   "bodyLength",
    "contentSha256", "receivedAt",    "decidedAt",    "caseId",
    "mappingId",     "mappingSha256", "rulesSha256",  "entrySha256"};

// The sealed words and whose seal it is.
struct Unsealed {
    std::optional<document::Tree> content;
    std::optional<document::Digest> payload;
    std::string sealSha256;
    bool vouched = false;
    std::string problem;
};

Unsealed unseal(const std::string& bytes, base::Timestamp at, const KnownSeals& seals) {
    trust::OfflineTrust trust;
    trust.certificates = seals.certificates;
    trust.at = at;
    auto report = trust::verifyOffline(bytes, {}, trust);
    Unsealed found;
    if (report.content) {
        found.content = std::move(report.content);
        found.payload = report.contentDigest;
        found.sealSha256 = report.signer->fingerprint().hex();
        found.vouched = report.problems.empty();
        const bool ours = std::ranges::any_of(seals.certificates, [&report](const auto& each) {
            return each->fingerprint() == report.signer->fingerprint();
        });
        if (!report.problems.empty() && (seals.complete || ours))
            found.problem = "is sealed by a certificate that did not stand for us then";
        return found;
    }
    const auto jws = trust::Jws::parseCompact(bytes);
    const bool unknown = jws && report.problems.front().code == base::ErrorCode::SIGNER_UNKNOWN;
    if (!unknown || seals.complete) {
        found.problem = unknown ? "is sealed by a certificate that is not ours"
                                : "cannot be read or its seal does not hold";
        return found;
    }
    if (jws->certificateHint()) found.sealSha256 = jws->certificateHint()->hex();
    found.payload = document::sha256(jws->payload());
    if (auto tree = document::readJson(jws->payload())) found.content = std::move(tree).value();
    if (!found.content) found.problem = "cannot be read";
    return found;
}

// JSON members by their names, natural XML with a capital (see naturalXml).
const Node* memberOf(const Node& object, std::string_view name) {
    const auto* found = object.child(name);
    return found ? found : object.child(model::elementNameOf(name));
}

std::string valueOf(const Node& object, const char* name) {
    const auto* member = memberOf(object, name);
    return member ? member->value : std::string();
}

Node statedBy(const store::MessageRecord& message) {
    Receipt receipt;
    receipt.receiptId = message.receiptId;
    receipt.channel = message.channel;
    receipt.signerAgency = message.agency;
    receipt.signerCertificateSha256 = message.signerSha256;
    receipt.messageId = message.messageId;
    receipt.messageType = message.messageType;
    receipt.bodySha256 = message.bodySha256;
    receipt.bodyLength = message.archivedIn.empty() ? static_cast<std::int64_t>(message.body.size())
                                                    : message.bodyLength;
    receipt.contentSha256 = message.contentSha256;
    receipt.receivedAt = message.receivedAt;
    receipt.decidedAt = message.decidedAt;
    receipt.caseId = message.caseId;
    receipt.mappingId = message.mappingId;
    receipt.mappingSha256 = message.mappingSha256;
    receipt.rulesSha256 = message.rulesSha256;
    receipt.entrySha256 = message.entrySha256;
    return mapping::toNode(receipt);
}

ReceiptWords wordsOf(const Node& receipt) {
    ReceiptWords words;
    words.gateway = valueOf(receipt, "gateway");
    words.environment = valueOf(receipt, "environment");
    words.verdict = valueOf(receipt, "verdict");
    if (const auto* notes = memberOf(receipt, "notes"))
        for (const auto& note : notes->children) words.notes.push_back(note.value);
    return words;
}

}  // namespace

ReceiptJudgement ReceiptAudit::judge(const store::MessageRecord& message) const {
    const auto sealed = unseal(message.receipt, message.decidedAt, seals_);
    ReceiptJudgement judged;
    auto& findings = judged.findings;
    judged.vouched = sealed.vouched;
    if (!sealed.problem.empty()) findings.push_back("receipt " + sealed.problem);
    if (!sealed.content) return judged;
    if (isOwnWord(message.messageType)) {
        if (message.receipt != message.body) findings.emplace_back("receipt is not the sealed act");
        if (sealed.payload->hex() != message.contentSha256)
            findings.emplace_back("content_sha256 is not that of the sealed act");
        if (valueOf(sealed.content->root, "act") == kArchiveMade)
            if (const auto* details = sealed.content->root.child("details"))
                judged.archiveMade = valueOf(*details, "archive");
        return judged;
    }
    const bool json = message.receiptMediaType == "application/jose";
    const Node& root = sealed.content->root;
    const Node* receipt = json ? root.child("receipt") : root.name == "Receipt" ? &root : nullptr;
    if (!receipt) {
        findings.emplace_back("receipt is no receipt of its media type");
        return judged;
    }
    const Node stated = statedBy(message);
    for (const char* name : kStated)
        if (valueOf(*receipt, name) != valueOf(stated, name))
            findings.push_back(std::string("receipt states another ") + name);
    if (valueOf(*receipt, "gatewayCertificateSha256") != sealed.sealSha256)
        findings.emplace_back("receipt names another seal certificate than it bears");
    judged.words = wordsOf(*receipt);
    if (!judged.vouched && !seals_.certificates.empty()) judged.words->notes.clear();
    return judged;
}

}  // namespace gateway::exchange
