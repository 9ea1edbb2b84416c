#include "gateway/base/encoding.h"
#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/trust/jws.h"
#include "gateway/trust/signer.h"
#include "gateway/trust/xml/xml_signature.h"

namespace gateway::trust {
namespace {

// Signers sign SHA-256 only, which for JWS means ES256 or PS256.
JwsAlgorithm algorithmOf(const Signer& signer) {
    const KeyKind kind = signer.certificate()->keyKind();
    GW_CHECK(kind == KeyKind::EcP256 || kind == KeyKind::Rsa);
    return kind == KeyKind::Rsa ? JwsAlgorithm::Ps256 : JwsAlgorithm::Es256;
}

void addSignerTo(document::Node& header, const Signer& signer) {
    GW_CHECK(header.child("alg") == nullptr && header.child("x5t#S256") == nullptr);
    header.children.push_back(
        document::stringNode("alg", std::string(nameOf(algorithmOf(signer)))));
    header.children.push_back(document::stringNode(
        "x5t#S256", base::toBase64Url(signer.certificate()->fingerprint().view())));
}

}  // namespace

std::string Seal::jws(std::string_view payload, std::string_view typ) const {
    document::Node header = document::objectNode();
    header.children.push_back(document::stringNode("typ", std::string(typ)));
    addSignerTo(header, signer_);
    std::string text = base::toBase64Url(document::writeJson(header));
    text.append(".").append(base::toBase64Url(payload));
    const std::string signature = base::toBase64Url(signer_.sign(text));
    return text.append(".").append(signature);
}

std::string Seal::detachedJws(std::string_view body, document::Node protectedHeader) const {
    addSignerTo(protectedHeader, signer_);
    const std::string header = base::toBase64Url(document::writeJson(protectedHeader));
    const std::string signature =
        base::toBase64Url(signer_.sign(header + "." + base::toBase64Url(body)));
    return header + ".." + signature;
}

std::string Seal::xml(std::string_view xml) const {
    return signXmlEnveloped(xml, *signer_.certificate(), signer_.key());
}

}  // namespace gateway::trust
