#include "gateway/trust/xml/xml_security.h"

#include <openssl/evp.h>
#include <xmlsec/xmlsec.h>
// xmlsec's headers need the one above first
#include <xmlsec/errors.h>
#include <xmlsec/keys.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>

#include <mutex>

#include "gateway/base/fault.h"
#include "gateway/document/libxml.h"
#include "gateway/trust/xml/xml_pss.h"
#include "gateway/trust/xml/xml_signature.h"

namespace gateway::trust {
namespace {

// What a partner sent must not reach standard error unescaped; the verdict says enough.
void ignore(const char*, int, const char*, const char*, const char*, int, const char*) {}

void start() {
    document::startLibxml();
    if (xmlSecInit() < 0 || xmlSecCheckVersion() != 1 || xmlSecOpenSSLInit() < 0)
        throw base::Fault("xmlsec cannot be started");
    xmlSecErrorsSetCallback(ignore);
    registerPssTransforms();
}

xmlSecKeyPtr bareKey(EVP_PKEY* key) {
    if (EVP_PKEY_up_ref(key) != 1) throw base::Fault("OpenSSL: a key cannot be shared");
    xmlSecKeyDataPtr value = xmlSecOpenSSLEvpKeyAdopt(key);
    if (value == nullptr) {
        EVP_PKEY_free(key);
        throw base::Fault("xmlsec: a key of an unknown kind");
    }
    xmlSecKeyPtr out = xmlSecKeyCreate();
    if (out == nullptr || xmlSecKeySetValue(out, value) < 0) {
        xmlSecKeyDataDestroy(value);
        if (out != nullptr) xmlSecKeyDestroy(out);
        throw base::Fault("xmlsec: no key");
    }
    return out;
}

// The shape was judged already; this says it again in xmlsec's own terms.
bool restrict(xmlSecDSigCtxPtr context) {
    context->enabledReferenceUris =
        xmlSecTransformUriTypeEmpty | xmlSecTransformUriTypeSameDocument;
    for (const xmlSecTransformId id :
         {xmlSecTransformEnvelopedId, xmlSecTransformExclC14NId, xmlSecOpenSSLTransformSha256Id,
          xmlSecOpenSSLTransformSha384Id, xmlSecOpenSSLTransformSha512Id})
        if (xmlSecDSigCtxEnableReferenceTransform(context, id) < 0) return false;
    return true;
}

}  // namespace

void startXmlSecurity() {
    static std::once_flag once;
    std::call_once(once, start);
}

void FreeDSig::operator()(_xmlSecDSigCtx* context) const noexcept { xmlSecDSigCtxDestroy(context); }

std::unique_ptr<_xmlSecDSigCtx, FreeDSig> signatureContext(evp_pkey_st* key) {
    startXmlSecurity();
    std::unique_ptr<_xmlSecDSigCtx, FreeDSig> context(xmlSecDSigCtxCreate(nullptr));
    if (!context || !restrict(context.get())) throw base::Fault("xmlsec: no signature context");
    context->signKey = bareKey(key);
    return context;
}

}  // namespace gateway::trust
