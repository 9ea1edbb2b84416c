#include <libxml/tree.h>
#include <openssl/evp.h>
#include <xmlsec/xmlsec.h>
// xmlsec's headers need the one above first
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/templates.h>
#include <xmlsec/xmldsig.h>

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

struct FreeText {
    void operator()(xmlChar* bytes) const noexcept { xmlFree(bytes); }
};

std::string serialise(xmlDoc* document) {
    xmlChar* bytes = nullptr;
    int size = 0;
    xmlDocDumpMemoryEnc(document, &bytes, &size, "UTF-8");
    const std::unique_ptr<xmlChar, FreeText> owner(made(bytes));
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
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
    return serialise(document->native());
}

}  // namespace gateway::trust
