#include "gateway/trust/xml/xml_signature.h"

#include <libxml/tree.h>
#include <openssl/evp.h>
#include <xmlsec/xmlsec.h>
// xmlsec's headers need the one above first
#include <xmlsec/xmldsig.h>

#include "gateway/document/libxml.h"
#include "gateway/trust/certificates/openssl_handles.h"
#include "gateway/trust/certificates/raw_signature.h"
#include "gateway/trust/xml/xml_algorithms.h"
#include "gateway/trust/xml/xml_security.h"
#include "gateway/trust/xml/xml_signature_shape.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using base::Problem;
using Why = base::SignatureReason;

// The canonical bytes that xmlsec digested for one reference; empty if that did not happen.
std::string_view digestedBytes(xmlSecDSigCtx& context, std::size_t reference,
                               std::size_t expectedReferences) {
    auto* list = &context.signedInfoReferences;
    if (xmlSecPtrListGetSize(list) != expectedReferences) return {};
    auto* item = static_cast<xmlSecDSigReferenceCtxPtr>(
        xmlSecPtrListGetItem(list, static_cast<xmlSecSize>(reference)));
    if (item == nullptr || item->status != xmlSecDSigStatusSucceeded) return {};
    xmlSecBufferPtr bytes = xmlSecDSigReferenceCtxGetPreDigestBuffer(item);
    if (bytes == nullptr) return {};
    return {reinterpret_cast<const char*>(xmlSecBufferGetData(bytes)), xmlSecBufferGetSize(bytes)};
}

// URI="" covers the instructions before the root too.
bool beginsWithRoot(std::string_view bytes, const xmlNode* root) {
    while (bytes.starts_with("<?")) {
        const auto end = bytes.find("?>\n");
        if (end == std::string_view::npos) return false;
        bytes.remove_prefix(end + 3);
    }
    std::string name = "<";
    if (root->ns != nullptr && root->ns->prefix != nullptr)
        name.append(reinterpret_cast<const char*>(root->ns->prefix)).append(":");
    name.append(reinterpret_cast<const char*>(root->name));
    return bytes.starts_with(name) && bytes.find_first_of(" >", 1) == name.size();
}

bool hashesTo(std::string_view bytes, int bits, std::string_view expected) {
    std::string value(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    const int good =
        EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(value.data()),
                   &size, messageDigest(bits), nullptr);
    value.resize(size);
    return good == 1 && value == expected;
}

SignatureScheme schemeOf(XmlSignatureKind kind) noexcept {
    if (kind == XmlSignatureKind::Ecdsa) return SignatureScheme::Ecdsa;
    return kind == XmlSignatureKind::RsaPkcs1 ? SignatureScheme::RsaPkcs1 : SignatureScheme::RsaPss;
}

// xmlsec has said no; which of its checks was it? Only words depend on this.
Why whyInvalid(xmlSecDSigCtx& context, const XmlSignatureShape& shape,
               const Certificate& certificate) {
    auto* list = &context.signedInfoReferences;
    for (xmlSecSize i = 0; i < xmlSecPtrListGetSize(list); ++i) {
        auto* item = static_cast<xmlSecDSigReferenceCtxPtr>(xmlSecPtrListGetItem(list, i));
        if (item == nullptr || item->status == xmlSecDSigStatusSucceeded) continue;
        return i == shape.rootReference ? Why::CONTENT_CHANGED : Why::PROPERTIES_CHANGED;
    }
    xmlSecBufferPtr bytes = xmlSecDSigCtxGetPreSignBuffer(&context);
    if (bytes == nullptr) return Why::VALUE_WRONG;
    return whyWrong(
        certificate.key(), schemeOf(shape.algorithm->kind), shape.hashBits,
        {reinterpret_cast<const char*>(xmlSecBufferGetData(bytes)), xmlSecBufferGetSize(bytes)},
        shape.value);
}

}  // namespace

base::Result<XmlSignature> XmlSignature::examine(const document::XmlDocument& document) {
    auto shape = judgeShape(document.native());
    if (!shape) return std::move(shape).error();
    XmlSignature signature;
    signature.document_ = document.native();
    signature.shape_ = std::make_shared<const XmlSignatureShape>(*std::move(shape));
    return signature;
}

const std::string& XmlSignature::certificateHint() const noexcept {
    return shape_->certificateHint;
}

std::string_view XmlSignature::algorithm() const noexcept { return shape_->algorithm->uri; }

void XmlSignature::cutFrom(document::XmlDocument& document) const noexcept {
    document.remove(shape_->signature);
    if (shape_->rootId) document.remove(shape_->rootId);
}

base::Result<document::Digest> XmlSignature::verify(const Certificate& certificate) const {
    const base::Position where = document::positionOf(shape_->signature);
    if (!fits(shape_->algorithm->kind, certificate.keyKind()))
        return because({ErrorCode::SIGNATURE_ALGORITHM, {}, where}, Why::ALGORITHM_KEY);
    const auto invalid = [&where](Why why) {
        return because({ErrorCode::SIGNATURE_INVALID, {}, where}, why);
    };
    const document::QuietLibxml quiet;
    const auto context = signatureContext(certificate.key());
    // Ids resolve directly to the judged nodes, without XPath; the digested bytes are kept.
    context->flags |= XMLSEC_DSIG_FLAGS_USE_VISA3D_HACK |
                      XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES |
                      XMLSEC_DSIG_FLAGS_STORE_SIGNATURE;
    const int done = xmlSecDSigCtxVerify(context.get(), shape_->signature);
    forgetOpensslErrors();
    if (done < 0 || context->status != xmlSecDSigStatusSucceeded)
        return invalid(whyInvalid(*context, *shape_, certificate));
    // xmlsec has said yes; make sure that it spoke about the root, by our own digest.
    const auto bytes = digestedBytes(*context, shape_->rootReference, shape_->references);
    if (!beginsWithRoot(bytes, xmlDocGetRootElement(document_)) ||
        !hashesTo(bytes, shape_->rootDigestBits, shape_->rootDigest))
        return invalid(Why::CONTENT_CHANGED);
    if (shape_->rootDigestBits == 256) return document::Digest::fromBytes(shape_->rootDigest);
    return document::sha256(bytes);
}

}  // namespace gateway::trust
