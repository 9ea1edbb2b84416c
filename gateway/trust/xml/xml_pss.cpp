#include "gateway/trust/xml/xml_pss.h"

#include <libxml/tree.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <xmlsec/xmlsec.h>
// xmlsec's headers need the one above first
#include <xmlsec/keys.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/transforms.h>

#include <array>
#include <string>
#include <vector>

#include "gateway/base/fault.h"
#include "gateway/trust/certificates/openssl_handles.h"
#include "gateway/trust/xml/xml_algorithms.h"
#include "gateway/trust/xml/xml_element.h"

namespace gateway::trust {
namespace {

constexpr std::string_view kMgf1 = "http://www.w3.org/2007/05/xmldsig-more#MGF1";

// xmlsec allocates `objSize` zeroed bytes and casts to its base, hence the plain pointer.
struct PssTransform {
    xmlSecTransform base;
    int hashBits;
    EVP_MD_CTX* context;
};

PssTransform& pssOf(xmlSecTransformPtr transform) {
    return *reinterpret_cast<PssTransform*>(transform);
}

int hashOfKlass(const xmlSecTransform& transform) {
    const auto* href = reinterpret_cast<const char*>(transform.id->href);
    return signatureAlgorithm(href)->hashBits;
}

int initialize(xmlSecTransformPtr transform) {
    pssOf(transform).hashBits = hashOfKlass(*transform);
    pssOf(transform).context = EVP_MD_CTX_new();
    return pssOf(transform).context == nullptr ? -1 : 0;
}

void finalize(xmlSecTransformPtr transform) {
    EVP_MD_CTX_free(pssOf(transform).context);
    pssOf(transform).context = nullptr;
}

int readParameters(xmlSecTransformPtr transform, xmlNodePtr node, xmlSecTransformCtxPtr) {
    const auto bits = pssHashBits(node);
    if (!bits) return -1;
    pssOf(transform).hashBits = *bits;
    return 0;
}

int requireKey(xmlSecTransformPtr transform, xmlSecKeyReqPtr request) {
    const bool sign = transform->operation == xmlSecTransformOperationSign;
    request->keyId = xmlSecOpenSSLKeyDataRsaId;
    request->keyType = sign ? xmlSecKeyDataTypePrivate : xmlSecKeyDataTypePublic;
    request->keyUsage = sign ? xmlSecKeyUsageSign : xmlSecKeyUsageVerify;
    return 0;
}

int setKey(xmlSecTransformPtr transform, xmlSecKeyPtr key) {
    PssTransform& pss = pssOf(transform);
    EVP_PKEY* pkey = xmlSecOpenSSLEvpKeyDataGetEvp(xmlSecKeyGetValue(key));
    const EVP_MD* hash = messageDigest(pss.hashBits);
    EVP_PKEY_CTX* parameters = nullptr;
    const bool sign = transform->operation == xmlSecTransformOperationSign;
    const int begun = sign ? EVP_DigestSignInit(pss.context, &parameters, hash, nullptr, pkey)
                           : EVP_DigestVerifyInit(pss.context, &parameters, hash, nullptr, pkey);
    const bool good = begun == 1 &&
                      EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
                      EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1;
    return good ? 0 : -1;
}

int update(xmlSecTransformPtr transform) {
    PssTransform& pss = pssOf(transform);
    xmlSecBufferPtr in = &transform->inBuf;
    const xmlSecByte* data = xmlSecBufferGetData(in);
    const auto size = xmlSecBufferGetSize(in);
    if (size == 0) return 0;
    const bool sign = transform->operation == xmlSecTransformOperationSign;
    const int good = sign ? EVP_DigestSignUpdate(pss.context, data, size)
                          : EVP_DigestVerifyUpdate(pss.context, data, size);
    return good == 1 ? xmlSecBufferRemoveHead(in, size) : -1;
}

int writeSignature(xmlSecTransformPtr transform) {
    PssTransform& pss = pssOf(transform);
    std::size_t size = 0;
    if (EVP_DigestSignFinal(pss.context, nullptr, &size) != 1) return -1;
    std::vector<unsigned char> signature(size);
    if (EVP_DigestSignFinal(pss.context, signature.data(), &size) != 1) return -1;
    return xmlSecBufferAppend(&transform->outBuf, signature.data(), static_cast<xmlSecSize>(size));
}

int execute(xmlSecTransformPtr transform, int last, xmlSecTransformCtxPtr) {
    if (transform->status == xmlSecTransformStatusNone)
        transform->status = xmlSecTransformStatusWorking;
    if (transform->status != xmlSecTransformStatusWorking)
        return xmlSecBufferGetSize(&transform->inBuf) == 0 ? 0 : -1;
    if (update(transform) < 0) return -1;
    if (last == 0) return 0;
    const bool sign = transform->operation == xmlSecTransformOperationSign;
    if (sign && writeSignature(transform) < 0) return -1;
    transform->status = xmlSecTransformStatusFinished;
    return 0;
}

int verify(xmlSecTransformPtr transform, const xmlSecByte* data, xmlSecSize size,
           xmlSecTransformCtxPtr) {
    if (transform->status != xmlSecTransformStatusFinished) return -1;
    const bool good = EVP_DigestVerifyFinal(pssOf(transform).context, data, size) == 1;
    if (!good) forgetOpensslErrors();
    transform->status = good ? xmlSecTransformStatusOk : xmlSecTransformStatusFail;
    return 0;
}

_xmlSecTransformKlass klassFor(const char* href, bool hasParameters) {
    _xmlSecTransformKlass klass{};
    klass.klassSize = sizeof(xmlSecTransformKlass);
    klass.objSize = sizeof(PssTransform);
    klass.name = reinterpret_cast<const xmlChar*>(href + kDsigMoreNamespace.size());
    klass.href = reinterpret_cast<const xmlChar*>(href);
    klass.usage = xmlSecTransformUsageSignatureMethod;
    klass.initialize = initialize;
    klass.finalize = finalize;
    klass.readNode = hasParameters ? readParameters : nullptr;
    klass.setKeyReq = requireKey;
    klass.setKey = setKey;
    klass.verify = verify;
    klass.getDataType = xmlSecTransformDefaultGetDataType;
    klass.pushBin = xmlSecTransformDefaultPushBin;
    klass.popBin = xmlSecTransformDefaultPopBin;
    klass.execute = execute;
    return klass;
}

// xmlsec keeps pointers to these for the life of the process.
const std::array<xmlSecTransformKlass, 4>& klasses() {
    static const std::array<xmlSecTransformKlass, 4> all{
        klassFor("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", false),
        klassFor("http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", false),
        klassFor("http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", false),
        klassFor("http://www.w3.org/2007/05/xmldsig-more#rsa-pss", true)};
    return all;
}

std::optional<int> hashAt(const xmlNode* method) {
    const auto parts = onlyElements(method);
    const auto uri = attributeOf(method, "Algorithm");
    if (!isElement(method, kDsigNamespace, "DigestMethod") || !parts || !parts->empty() || !uri)
        return std::nullopt;
    return digestBits(*uri);
}

// The hash inside MaskGenerationFunction; `bits` when it is left out.
std::optional<int> maskHash(const xmlNode* function, int bits) {
    const auto parts = onlyElements(function);
    if (attributeOf(function, "Algorithm") != kMgf1 || !parts || parts->size() > 1)
        return std::nullopt;
    return parts->empty() ? bits : hashAt(parts->front());
}

}  // namespace

void registerPssTransforms() {
    for (const auto& klass : klasses())
        if (xmlSecTransformIdsRegister(&klass) < 0)
            throw base::Fault("xmlsec: RSA-PSS cannot be registered");
}

const _xmlSecTransformKlass* pssSha256Transform() noexcept { return &klasses()[0]; }

std::optional<int> pssHashBits(const xmlNode* signatureMethod) {
    const auto outer = onlyElements(signatureMethod);
    if (!outer || outer->size() > 1) return std::nullopt;
    int bits = 256;
    if (outer->empty()) return bits;
    if (!isElement(outer->front(), kDsigMoreNamespace, "RSAPSSParams")) return std::nullopt;
    const auto parts = onlyElements(outer->front());
    if (!parts) return std::nullopt;
    std::size_t next = 0;
    if (next < parts->size() && isElement((*parts)[next], kDsigNamespace, "DigestMethod")) {
        const auto stated = hashAt((*parts)[next++]);
        if (!stated) return std::nullopt;
        bits = *stated;
    }
    const auto is = [&](std::string_view name) {
        return next < parts->size() && isElement((*parts)[next], kDsigMoreNamespace, name);
    };
    if (is("MaskGenerationFunction") && maskHash((*parts)[next++], bits) != bits)
        return std::nullopt;
    if (is("SaltLength") && onlyText((*parts)[next++]) != std::to_string(bits / 8))
        return std::nullopt;
    if (is("TrailerField") && onlyText((*parts)[next++]) != "1") return std::nullopt;
    if (next != parts->size()) return std::nullopt;
    return bits;
}

}  // namespace gateway::trust
