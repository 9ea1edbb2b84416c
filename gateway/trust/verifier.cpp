#include "gateway/trust/verifier.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/trust/detached_claims.h"
#include "gateway/trust/jws.h"
#include "gateway/trust/unsealed.h"
#include "gateway/trust/xml/xml_signature.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using base::Problem;
using base::Result;
using document::Digest;
using document::Tree;
using document::XmlDocument;

bool isCurrent(const SignerRecord& signer, base::Timestamp now) {
    return signer.validity.covers(now) && (!signer.revokedAt || now < *signer.revokedAt) &&
           signer.certificate->notBefore() <= now && now <= signer.certificate->notAfter();
}

// Those who may have signed a message without hint that came through this channel.
// `most` and those of one agency more.
std::vector<const SignerRecord*> candidatesOf(const Registry& registry, const Channel& channel,
                                              base::Timestamp now, std::size_t most) {
    std::vector<const SignerRecord*> candidates;
    for (const Carriage& carriage : channel.carries) {
        if (candidates.size() > most) break;
        if (!carriage.validity.covers(now)) continue;
        for (const SignerRecord* const signer : registry.signersOf(carriage.agency))
            if (isCurrent(*signer, now) &&
                std::find(candidates.begin(), candidates.end(), signer) == candidates.end())
                candidates.push_back(signer);
    }
    return candidates;
}

}  // namespace

// The signer found and what its key confirmed.
struct Verifier::Author {
    const SignerRecord* signer = nullptr;
    Digest digest;
    RevocationStatus revocation;
};

Verifier::Verifier(std::shared_ptr<const Registry> registry,
                   std::shared_ptr<const RevocationLists> revocation, const base::Limits& limits) :
    registry_(std::move(registry)), revocation_(std::move(revocation)), limits_(limits) {
    GW_CHECK(registry_ != nullptr);
}

Result<Verified> Verifier::verify(const SignedBytes& message, const Channel& channel,
                                  base::Timestamp now) const {
    if (!message.detachedHeader.empty()) return verifyDetached(message, channel, now);
    if (message.mediaType == "application/jose") return verifyCompact(message, channel, now);
    if (message.mediaType == "application/xml" || message.mediaType == "text/xml")
        return verifyXml(message, channel, now);
    if (isReadable(message.mediaType, true)) return Problem(ErrorCode::SIGNATURE_MISSING);
    return Problem(ErrorCode::HTTP_MEDIA_TYPE).with("mediaType", std::string(message.mediaType));
}

Result<Verified> Verifier::verifyXml(const SignedBytes& message, const Channel& channel,
                                     base::Timestamp now) const {
    auto parsed = XmlDocument::parse(message.body, bounds());
    if (!parsed) return std::move(parsed).error();
    XmlDocument document = std::move(parsed).value();
    const auto signature = XmlSignature::examine(document);
    if (!signature) return signature.error();
    std::optional<Digest> hint;
    // Equal SHA-256 means equal byte for byte, so the look-up by digest is the comparison.
    if (!signature->certificateHint().empty())
        hint = document::sha256(signature->certificateHint());
    auto author = findAuthor(
        hint, [&signature](const Certificate& each) { return signature->verify(each); }, channel,
        now);
    if (!author) return std::move(author).error();
    signature->cutFrom(document);
    Tree tree = document.toTree();
    return Verified{author->signer->agency,
                    author->signer->certificate,
                    author->revocation,
                    SignatureForm::XmlEnveloped,
                    std::nullopt,
                    {document::SignedContent::Passkey(),
                     {std::move(tree), std::move(document)},
                     author->digest}};
}

Result<Verified> Verifier::verifyCompact(const SignedBytes& message, const Channel& channel,
                                         base::Timestamp now) const {
    const auto jws = Jws::parseCompact(message.body);
    if (!jws) return jws.error();
    auto tree = document::readJson(jws->payload(), bounds());
    if (!tree) return std::move(tree).error();
    auto author = findAuthor(
        jws->certificateHint(),
        [&jws](const Certificate& each) -> Result<Digest> {
            if (auto verified = jws->verify(each); !verified) return std::move(verified).error();
            return document::sha256(jws->payload());
        },
        channel, now);
    if (!author) return std::move(author).error();
    return Verified{author->signer->agency,
                    author->signer->certificate,
                    author->revocation,
                    SignatureForm::JwsCompact,
                    std::nullopt,
                    {document::SignedContent::Passkey(),
                     {std::move(tree).value(), std::nullopt},
                     author->digest}};
}

// Whatever XML signatures stand inside the body are mere data here: real packages carry broken
// ones, and the detached signature covers every byte.
Result<Verified> Verifier::verifyDetached(const SignedBytes& message, const Channel& channel,
                                          base::Timestamp now) const {
    auto content = readBody(message, bounds());
    if (!content) return std::move(content).error();
    const auto jws = Jws::parseDetached(message.detachedHeader, message.body);
    if (!jws) return jws.error();
    auto claims = readDetachedClaims(jws->header(), message.mediaType);
    if (!claims) return std::move(claims).error();
    auto author = findAuthor(
        jws->certificateHint(),
        [&jws, &message](const Certificate& each) -> Result<Digest> {
            if (auto verified = jws->verify(each); !verified) return std::move(verified).error();
            return document::sha256(message.body);
        },
        channel, now);
    if (!author) return std::move(author).error();
    return Verified{
        author->signer->agency,
        author->signer->certificate,
        author->revocation,
        SignatureForm::JwsDetached,
        std::move(claims).value(),
        {document::SignedContent::Passkey(), std::move(content).value(), author->digest}};
}

Result<Verifier::Author> Verifier::findAuthor(const std::optional<Digest>& hint, const Check& check,
                                              const Channel& channel, base::Timestamp now) const {
    std::vector<const SignerRecord*> candidates;
    if (hint) {
        const SignerRecord* const named = registry_->signerByFingerprint(*hint);
        if (named != nullptr) candidates.push_back(named);
    } else {
        candidates = candidatesOf(*registry_, channel, now, limits_.signersTriedWithoutHint);
        if (candidates.size() > limits_.signersTriedWithoutHint)
            return Problem(ErrorCode::SIGNER_AMBIGUOUS);
    }
    Problem reason(ErrorCode::SIGNER_UNKNOWN);
    for (const SignerRecord* const candidate : candidates) {
        auto digest = check(*candidate->certificate);
        if (!digest) {
            // A key that the algorithm does not fit says less than one that does and disagrees.
            if (reason.code != ErrorCode::SIGNATURE_INVALID) reason = std::move(digest).error();
            continue;
        }
        auto standing = judge(*candidate, now);
        if (!standing) return std::move(standing).error();
        return Author{candidate, *digest, *standing};
    }
    return reason;
}

Result<RevocationStatus> Verifier::judge(const SignerRecord& signer, base::Timestamp now) const {
    const Certificate& certificate = *signer.certificate;
    if (signer.revokedAt && *signer.revokedAt <= now) return Problem(ErrorCode::SIGNER_REVOKED);
    if (now < certificate.notBefore() || (signer.validity.from && now < *signer.validity.from))
        return Problem(ErrorCode::SIGNER_NOT_YET_VALID);
    if (now > certificate.notAfter() || !signer.validity.covers(now))
        return Problem(ErrorCode::SIGNER_EXPIRED);
    if (revocation_ == nullptr) return RevocationStatus{};
    const auto status = revocation_->statusOf(certificate, now, limits_.revocationGrace);
    if (status.standing == Standing::Revoked) return Problem(ErrorCode::SIGNER_REVOKED);
    if (status.standing == Standing::Stale) return Problem(ErrorCode::SIGNER_STATUS_STALE);
    return status;
}

document::ReadBounds Verifier::bounds() const noexcept {
    return {limits_.treeDepth, limits_.treeNodes};
}

}  // namespace gateway::trust
