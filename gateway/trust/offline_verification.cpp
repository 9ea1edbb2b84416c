#include "gateway/trust/offline_verification.h"

#include <functional>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/trust/certificates/certificate_chain.h"
#include "gateway/trust/jws.h"
#include "gateway/trust/xml/xml_signature.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using base::Problem;
using base::Result;
using document::Digest;

constexpr std::string_view kWhiteSpace = " \t\r\n";

std::string_view withoutTrailingSpace(std::string_view text) {
    const auto last = text.find_last_not_of(kWhiteSpace);
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool looksLikeXml(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const auto first = bytes.find_first_not_of(kWhiteSpace);
    return first != std::string_view::npos && bytes[first] == '<';
}

// The content digest if this certificate's key made the signature.
using Check = std::function<Result<Digest>(const Certificate&)>;

class Judge {
  public:
    Judge(std::string_view bytes, const OfflineTrust& trust) : bytes_(bytes), trust_(trust) {
        report_.bodyDigest = document::sha256(bytes);
    }

    OfflineReport take() { return std::move(report_); }
    void refuse(Problem problem) { report_.problems.push_back(std::move(problem)); }

    void judgeXml() {
        auto document = document::XmlDocument::parse(bytes_);
        if (!document) return refuse(std::move(document).error());
        const auto signature = XmlSignature::examine(*document);
        if (!signature) return refuse(signature.error());
        report_.form = SignatureForm::XmlEnveloped;
        report_.algorithm = signature->algorithm();
        const std::string& der = signature->certificateHint();
        std::optional<Digest> hint;
        if (!der.empty()) hint = document::sha256(der);
        if (!judgeSigner(hint, der,
                         [&signature](const Certificate& each) { return signature->verify(each); }))
            return;
        signature->cutFrom(*document);
        report_.content = document->toTree();
    }

    void judgeCompact() {
        const auto jws = Jws::parseCompact(withoutTrailingSpace(bytes_));
        if (!jws) return refuse(jws.error());
        report_.form = SignatureForm::JwsCompact;
        if (!judgeJws(*jws, jws->payload())) return;
        auto tree = document::readJson(jws->payload());
        if (!tree) return refuse(std::move(tree).error());
        report_.content = std::move(tree).value();
    }

    void judgeDetached(std::string_view header) {
        const auto jws = Jws::parseDetached(withoutTrailingSpace(header), bytes_);
        if (!jws) return refuse(jws.error());
        report_.form = SignatureForm::JwsDetached;
        if (!judgeJws(*jws, bytes_)) return;
        // Any bytes may be signed so; what cannot be read as a tree is no problem.
        if (looksLikeXml(bytes_)) {
            if (auto document = document::XmlDocument::parse(bytes_))
                report_.content = document->toTree();
        } else if (auto tree = document::readJson(bytes_)) {
            report_.content = std::move(tree).value();
        }
    }

  private:
    bool judgeJws(const Jws& jws, std::string_view covered) {
        report_.algorithm = std::string(nameOf(jws.algorithm()));
        return judgeSigner(jws.certificateHint(), jws.certificateDer(),
                           [&jws, covered](const Certificate& each) -> Result<Digest> {
                               if (auto good = jws.verify(each); !good)
                                   return std::move(good).error();
                               return document::sha256(covered);
                           });
    }

    // True if the signature is good; whether the signer is believed is told by the problems.
    bool judgeSigner(const std::optional<Digest>& hint, const std::string& carriedDer,
                     const Check& check) {
        Problem reason(ErrorCode::SIGNER_UNKNOWN);
        for (const CertificatePtr& candidate : candidates(hint, carriedDer)) {
            const auto digest = check(*candidate);
            if (!digest) {
                if (reason.code != ErrorCode::SIGNATURE_INVALID) reason = digest.error();
                continue;
            }
            report_.signer = candidate;
            report_.contentDigest = *digest;
            judgeStanding();
            return true;
        }
        refuse(std::move(reason));
        return false;
    }

    // The carried certificate is only a claim; the chain decides whether it is believed.
    std::vector<CertificatePtr> candidates(const std::optional<Digest>& hint,
                                           const std::string& carriedDer) const {
        if (!hint) return trust_.certificates;
        for (const CertificatePtr& each : trust_.certificates)
            if (each->fingerprint() == *hint) return {each};
        if (carriedDer.empty()) return {};
        try {
            return {Certificate::decode(carriedDer)};
        } catch (const base::Fault&) {
            return {};  // what cannot be registered cannot have signed
        }
    }

    void judgeStanding() {
        if (auto problem = judgeChain(*report_.signer, trust_.certificates, trust_.at))
            refuse(std::move(*problem));
        if (trust_.revocation == nullptr) return;
        report_.revocation = trust_.revocation->statusOf(*report_.signer, trust_.at, trust_.grace);
        if (report_.revocation.standing == Standing::Revoked)
            refuse(Problem(ErrorCode::SIGNER_REVOKED));
        if (report_.revocation.standing == Standing::Stale)
            refuse(Problem(ErrorCode::SIGNER_STATUS_STALE));
    }

    std::string_view bytes_;
    const OfflineTrust& trust_;
    OfflineReport report_;
};

}  // namespace

OfflineReport verifyOffline(std::string_view bytes, std::string_view detachedHeader,
                            const OfflineTrust& trust) {
    Judge judge(bytes, trust);
    if (!detachedHeader.empty())
        judge.judgeDetached(detachedHeader);
    else if (looksLikeXml(bytes))
        judge.judgeXml();
    else if (bytes.find('.') != std::string_view::npos && !bytes.starts_with('{'))
        judge.judgeCompact();
    else
        judge.refuse(Problem(ErrorCode::SIGNATURE_MISSING));
    return judge.take();
}

}  // namespace gateway::trust
