#pragma once
// The two things we seal about a partner's message: a Receipt or a Refusal. Their fields are
// frozen in version 1 (gateway/docs/protocol.md); an auditor reads them years later.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/verdict.h"
#include "gateway/trust/signer.h"

namespace gateway::exchange {

/// The sender's own family: an XML message is answered in XML, everything else by JWS.
enum class Family { Xml, Json };

/// Sealed bytes and their media type.
struct Sealed {
    std::string bytes;
    std::string mediaType;
};

/// What the gateway promises about an accepted message. Digests are lower-case hex SHA-256,
/// times RFC 3339 UTC.
struct Receipt {
    std::int64_t version = 1;
    std::string gateway, environment;
    std::string receiptId;
    std::string channel;
    std::string signerAgency, signerCertificateSha256;
    std::string messageId, messageType;
    std::string bodySha256;
    std::int64_t bodyLength = 0;
    std::string contentSha256;
    base::Timestamp receivedAt{}, decidedAt{};
    Verdict verdict{};
    std::string caseId;
    std::string mappingId, mappingSha256, rulesSha256;
    std::string entrySha256;
    std::string gatewayCertificateSha256;
    std::vector<std::string> notes;  ///< stable words, e.g. revocation-list-in-grace
};

/// One reason, in words for the clerk and in codes for the machine.
struct RefusalReason {
    std::string code;
    std::string reason;  ///< a base::SignatureReason by name, or empty
    std::string path;
    std::int64_t line = 0, column = 0;
    std::string vi, en, remedyVi, remedyEn;
};

/// Why nothing was accepted. Class U tells of bytes only and echoes nothing of the content;
/// class A names message and signer.
struct Refusal {
    std::int64_t version = 1;
    std::string gateway, environment;
    std::string refusalId;
    std::string errorClass;
    std::string channel;
    std::string signerAgency, signerCertificateSha256;
    std::string messageId, messageType;
    std::string bodySha256;
    std::int64_t bodyLength = 0;
    base::Timestamp receivedAt{}, decidedAt{};
    std::vector<RefusalReason> reasons;  ///< at least one, at most 20
    std::string gatewayCertificateSha256;
    bool dryRun = false;
};

template <class V>
void describe(V& v, Receipt& r) {
    v.required("version", r.version);
    v.required("gateway", r.gateway);
    v.required("environment", r.environment);
    v.required("receiptId", r.receiptId);
    v.required("channel", r.channel);
    v.required("signerAgency", r.signerAgency);
    v.required("signerCertificateSha256", r.signerCertificateSha256);
    v.required("messageId", r.messageId);
    v.required("messageType", r.messageType);
    v.required("bodySha256", r.bodySha256);
    v.required("bodyLength", r.bodyLength);
    v.required("contentSha256", r.contentSha256);
    v.required("receivedAt", r.receivedAt);
    v.required("decidedAt", r.decidedAt);
    v.required("verdict", r.verdict);
    v.optional("caseId", r.caseId);
    v.required("mappingId", r.mappingId);
    v.required("mappingSha256", r.mappingSha256);
    v.required("rulesSha256", r.rulesSha256);
    v.optional("entrySha256", r.entrySha256);
    v.required("gatewayCertificateSha256", r.gatewayCertificateSha256);
    v.optional("notes", r.notes);
}

template <class V>
void describe(V& v, RefusalReason& r) {
    v.required("code", r.code);
    v.optional("reason", r.reason);
    v.optional("path", r.path);
    v.optional("line", r.line);
    v.optional("column", r.column);
    v.required("vi", r.vi);
    v.required("en", r.en);
    v.required("remedyVi", r.remedyVi);
    v.required("remedyEn", r.remedyEn);
}

template <class V>
void describe(V& v, Refusal& r) {
    v.required("version", r.version);
    v.required("gateway", r.gateway);
    v.required("environment", r.environment);
    v.required("refusalId", r.refusalId);
    v.required("class", r.errorClass);
    v.required("channel", r.channel);
    v.optional("signerAgency", r.signerAgency);
    v.optional("signerCertificateSha256", r.signerCertificateSha256);
    v.optional("messageId", r.messageId);
    v.optional("messageType", r.messageType);
    v.required("bodySha256", r.bodySha256);
    v.required("bodyLength", r.bodyLength);
    v.required("receivedAt", r.receivedAt);
    v.required("decidedAt", r.decidedAt);
    v.required("reasons", r.reasons);
    v.required("gatewayCertificateSha256", r.gatewayCertificateSha256);
    v.optional("dryRun", r.dryRun);
}

inline constexpr std::string_view kReceiptNamespace = "urn:thahc:receipt:1";

/// JSON-shaped members as XML elements, mechanically: a member becomes an element with its first
/// letter in upper case, an array a container of Item elements.
[[nodiscard]] document::Node naturalXml(const document::Node& json, std::string_view namespaceUri,
                                        std::string_view rootName);

/// Our seal: evidence as it is frozen, and through own() everything else that we sign. Thread-safe.
class EvidenceSeal {
  public:
    EvidenceSeal(Identity identity, std::shared_ptr<const trust::Signer> signer);

    /// Fills in gateway, environment and our certificate, then signs.
    [[nodiscard]] Sealed seal(Receipt receipt, Family family) const;
    [[nodiscard]] Sealed seal(Refusal refusal, Family family) const;
    [[nodiscard]] const trust::Seal& own() const noexcept { return seal_; }
    [[nodiscard]] const trust::CertificatePtr& certificate() const noexcept {
        return signer_->certificate();
    }

  private:
    template <class Evidence>
    Sealed sealAs(Evidence evidence, Family family, std::string_view member,
                  std::string_view element) const;
    Identity identity_;
    std::shared_ptr<const trust::Signer> signer_;
    trust::Seal seal_;
};
using SealPtr = std::shared_ptr<const EvidenceSeal>;

}  // namespace gateway::exchange
