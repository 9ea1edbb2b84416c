#include <libxml/tree.h>
#include <openssl/evp.h>
#include <xmlsec/xmlsec.h>
// xmlsec's headers need the one above first
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/templates.h>
#include <xmlsec/xmldsig.h>

#include <optional>

#include "gateway/base/encoding.h"
#include "gateway/document/libxml.h"
#include "gateway/trust/certificates/openssl_handles.h"
#include "gateway/trust/xml/xml_pss.h"
#include "gateway/trust/xml/xml_security.h"
#include "gateway/trust/xml/xml_signature.h"

namespace gateway::trust {
namespace {

// What we have written ourselves may hold more than a partner may send: a page of cases, a case
// with all that has been said about it.
constexpr document::ReadBounds kOwnBounds{256, 20'000'000};

const xmlChar* text(const char* literal) { return reinterpret_cast<const xmlChar*>(literal); }

// xmlsec and libxml2 give null when memory or our use of them fails: never the sender's doing.
template <class T>
T* made(T* object) {
    if (object == nullptr) throw base::Fault("xmlsec: a signature cannot be prepared");
    return object;
}

xmlNode* addTemplate(xmlDoc* document, bool isRsa) {
    xmlSecTransformId method = isRsa ? pssSha256Transform() : xmlSecOpenSSLTransformEcdsaSha256Id;
    xmlNode* signature = made(xmlSecTmplSignatureCreateNsPref(document, xmlSecTransformExclC14NId,
                                                              method, nullptr, text("ds")));
    xmlAddChild(xmlDocGetRootElement(document), signature);
    xmlNode* reference = made(xmlSecTmplSignatureAddReference(
        signature, xmlSecOpenSSLTransformSha256Id, nullptr, text(""), nullptr));
    made(xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedId));
    made(xmlSecTmplReferenceAddTransform(reference, xmlSecTransformExclC14NId));
    return signature;
}

// Added after signing: it is not covered, and xmlsec would rewrite it from its own key.
void addCertificate(xmlNode* signature, const Certificate& certificate) {
    const std::string base64 = base::toBase64(certificate.der());
    xmlNode* info = made(xmlNewChild(signature, signature->ns, text("KeyInfo"), nullptr));
    xmlNode* data = made(xmlNewChild(info, signature->ns, text("X509Data"), nullptr));
    made(xmlNewTextChild(data, signature->ns, text("X509Certificate"), text(base64.c_str())));
}

struct FreeBuffer {
    void operator()(xmlBuffer* buffer) const noexcept { xmlBufferFree(buffer); }
};

// Where the root is closed; nothing if more follows, or it is empty and closed at once.
std::optional<std::size_t> endOfRoot(std::string_view xml) {
    const auto at = xml.rfind("</");
    const auto close = at == std::string_view::npos ? at : xml.find('>', at);
    if (close == std::string_view::npos ||
        xml.find_first_not_of(" \t\r\n", close + 1) != std::string_view::npos)
        return std::nullopt;
    return at;
}

// The text stays as it was signed, with its signature put in: to write all of it again costs as
// much as a digest of it.
std::string withSignature(std::string_view xml, xmlNode* signature) {
    const auto end = endOfRoot(xml);
    const std::unique_ptr<xmlBuffer, FreeBuffer> bytes(made(xmlBufferCreate()));
    auto* const written = end ? signature : reinterpret_cast<xmlNode*>(signature->doc);
    if (xmlNodeDump(bytes.get(), signature->doc, written, 0, 0) < 0)
        throw base::Fault("signXmlEnveloped: what was signed cannot be written");
    const std::string_view dumped(reinterpret_cast<const char*>(xmlBufferContent(bytes.get())),
                                  static_cast<std::size_t>(xmlBufferLength(bytes.get())));
    if (!end) return std::string(dumped);
    return std::string(xml.substr(0, *end)).append(dumped).append(xml.substr(*end));
}

}  // namespace

std::string signXmlEnveloped(std::string_view xml, const Certificate& certificate,
                             evp_pkey_st* key) {
    const auto document = document::XmlDocument::parse(xml, kOwnBounds);
    if (!document) throw base::Fault("signXmlEnveloped: what we wrote does not parse");
    const document::QuietLibxml quiet;
    const auto context = signatureContext(key);
    xmlNode* signature = addTemplate(document->native(), certificate.keyKind() == KeyKind::Rsa);
    if (xmlSecDSigCtxSign(context.get(), signature) < 0 ||
        context->status != xmlSecDSigStatusSucceeded)
        throwOpensslFault("signXmlEnveloped: signing failed");
    addCertificate(signature, certificate);
    return withSignature(xml, signature);
}

}  // namespace gateway::trust
