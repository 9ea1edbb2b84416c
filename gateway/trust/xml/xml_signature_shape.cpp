#include "gateway/trust/xml/xml_signature_shape.h"

#include <libxml/tree.h>
#include <libxml/valid.h>

#include "gateway/base/encoding.h"
#include "gateway/base/signature_reason.h"
#include "gateway/document/xml.h"
#include "gateway/trust/xml/xml_algorithms.h"
#include "gateway/trust/xml/xml_element.h"
#include "gateway/trust/xml/xml_pss.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using base::Problem;
using Why = base::SignatureReason;
using Elements = std::vector<xmlNode*>;

bool isDsig(const xmlNode* node, std::string_view name) noexcept {
    return isElement(node, kDsigNamespace, name);
}

bool isIdName(const xmlAttr* attribute) noexcept {
    return xmlStrcasecmp(attribute->name, reinterpret_cast<const xmlChar*>("id")) == 0;
}

bool isCanonicalisation(const std::optional<std::string>& uri) {
    return uri && uri->find("c14n") != std::string::npos;
}

// Judges one document; every method gives false after noting why.
class Judge {
  public:
    explicit Judge(xmlDoc* document) : document_(document), root_(xmlDocGetRootElement(document)) {}

    base::Result<XmlSignatureShape> run() {
        const bool good = findSignature() && readSignature() && readSignedInfo() && readKeyInfo() &&
                          readObject() && resolveReferences();
        if (good) return std::move(shape_);
        return std::move(*problem_);
    }

  private:
    bool refuse(ErrorCode code, const xmlNode* where) {
        problem_.emplace(code, std::string(), document::positionOf(where));
        return false;
    }
    bool refuse(ErrorCode code, const xmlNode* where, Why why) {
        problem_ = because(Problem(code, std::string(), document::positionOf(where)), why);
        return false;
    }
    bool wrong(const xmlNode* where, Why why) {
        return refuse(ErrorCode::SIGNATURE_SHAPE, where, why);
    }

    bool findSignature() {
        for (xmlNode* node = root_; node != nullptr; node = nextElement(node, root_)) {
            if (!isDsig(node, "Signature")) continue;
            if (shape_.signature != nullptr) return refuse(ErrorCode::SIGNATURE_MULTIPLE, node);
            shape_.signature = node;
        }
        if (shape_.signature == nullptr) return refuse(ErrorCode::SIGNATURE_MISSING, root_);
        return shape_.signature->parent == root_ ||
               wrong(shape_.signature, Why::SIGNATURE_NOT_IN_ROOT);
    }

    bool readSignature() {
        const xmlNode* signature = shape_.signature;
        const auto parts = onlyElements(signature);
        if (!parts || !onlyAttributes(signature, {"Id"}))
            return wrong(signature, Why::SIGNATURE_PARTS);
        std::size_t next = 0;
        const auto take = [&](std::string_view name) -> xmlNode* {
            const bool found = next < parts->size() && isDsig((*parts)[next], name);
            return found ? (*parts)[next++] : nullptr;
        };
        signedInfo_ = take("SignedInfo");
        const xmlNode* value = take("SignatureValue");
        keyInfo_ = take("KeyInfo");
        object_ = take("Object");
        if (signedInfo_ == nullptr || value == nullptr || next != parts->size())
            return wrong(signature, Why::SIGNATURE_PARTS);
        if (!onlyAttributes(value, {"Id"})) return wrong(value, Why::SIGNATURE_PARTS);
        const auto text = onlyText(value);
        auto raw = text ? base::fromBase64(*text) : std::nullopt;
        if (!raw) return wrong(value, Why::SIGNATURE_VALUE);
        shape_.value = std::move(*raw);
        return true;
    }

    // The element `name` at `index`, with Algorithm as its only attribute.
    std::optional<std::string> algorithmAt(const Elements& parts, std::size_t index,
                                           std::string_view name) {
        if (index >= parts.size() || !isDsig(parts[index], name)) return std::nullopt;
        if (!onlyAttributes(parts[index], {"Algorithm"})) return std::nullopt;
        return attributeOf(parts[index], "Algorithm");
    }

    static bool isEmpty(const xmlNode* element) {
        const auto parts = onlyElements(element);
        return parts && parts->empty();
    }

    bool readSignedInfo() {
        const auto parts = onlyElements(signedInfo_);
        if (!parts || !onlyAttributes(signedInfo_, {"Id"}))
            return wrong(signedInfo_, Why::SIGNATURE_PARTS);
        const auto c14n = algorithmAt(*parts, 0, "CanonicalizationMethod");
        if (c14n != kExclusiveC14n) return wrong(signedInfo_, Why::C14N_METHOD);
        if (!isEmpty((*parts)[0])) return wrong((*parts)[0], Why::C14N_PARAMETERS);
        const auto method = algorithmAt(*parts, 1, "SignatureMethod");
        if (!method) return wrong(signedInfo_, Why::SIGNATURE_PARTS);
        if (!readMethod((*parts)[1], *method)) return false;
        shape_.references = parts->size() - 2;
        if (shape_.references < 1 || shape_.references > 2)
            return wrong(signedInfo_, Why::REFERENCE_COUNT);
        for (std::size_t i = 0; i < shape_.references; ++i)
            if (!readReference((*parts)[i + 2], i)) return false;
        return rootReference_ != nullptr || wrong(signedInfo_, Why::REFERENCE_TYPE);
    }

    bool readMethod(const xmlNode* element, std::string_view uri) {
        shape_.algorithm = signatureAlgorithm(uri);
        if (shape_.algorithm == nullptr)
            return refuse(ErrorCode::SIGNATURE_ALGORITHM, element, whyNotAlgorithm(uri));
        shape_.hashBits = shape_.algorithm->hashBits;
        if (shape_.algorithm->kind != XmlSignatureKind::RsaPssParameters)
            return isEmpty(element) || wrong(element, Why::METHOD_CONTENT);
        const auto bits = pssHashBits(element);
        if (!bits)
            return refuse(ErrorCode::SIGNATURE_ALGORITHM, element, Why::ALGORITHM_PSS_PARAMETERS);
        shape_.hashBits = *bits;
        return true;
    }

    bool readReference(const xmlNode* reference, std::size_t index) {
        if (!isDsig(reference, "Reference") || !onlyAttributes(reference, {"Id", "Type", "URI"}))
            return wrong(reference, Why::REFERENCE_PARTS);
        const auto type = attributeOf(reference, "Type");
        const bool isRoot = !type;
        if (!isRoot && *type != kSignedPropertiesType) return wrong(reference, Why::REFERENCE_TYPE);
        const xmlNode*& place = isRoot ? rootReference_ : propertiesReference_;
        if (place != nullptr) return wrong(reference, Why::REFERENCE_COUNT);
        place = reference;
        const auto parts = onlyElements(reference);
        if (!parts) return wrong(reference, Why::REFERENCE_PARTS);
        if (parts->empty() || !isDsig(parts->front(), "Transforms"))
            return wrong(reference, isRoot ? Why::TRANSFORM_ENVELOPED : Why::TRANSFORM_C14N);
        if (const auto why = whyNotTransforms(parts->front(), isRoot))
            return wrong(reference, *why);
        return readDigest(reference, *parts, isRoot, index);
    }

    bool readDigest(const xmlNode* reference, const Elements& parts, bool isRoot,
                    std::size_t index) {
        const auto digest = algorithmAt(parts, 1, "DigestMethod");
        if (parts.size() != 3 || !digest || !isDsig(parts[2], "DigestValue") ||
            !onlyAttributes(parts[2], {}))
            return wrong(reference, Why::REFERENCE_PARTS);
        if (!isEmpty(parts[1])) return wrong(reference, Why::METHOD_CONTENT);
        const auto bits = digestBits(*digest);
        if (!bits) {
            const bool weak = whyNotAlgorithm(*digest) == Why::ALGORITHM_WEAK;
            return refuse(ErrorCode::SIGNATURE_ALGORITHM, parts[1],
                          weak ? Why::ALGORITHM_WEAK : Why::ALGORITHM_DIGEST);
        }
        const auto text = onlyText(parts[2]);
        const auto value = text ? base::fromBase64(*text) : std::nullopt;
        if (!value || value->size() * 8 != static_cast<std::size_t>(*bits))
            return wrong(reference, Why::DIGEST_VALUE);
        if (!isRoot) return true;
        shape_.rootReference = index;
        shape_.rootDigestBits = *bits;
        shape_.rootDigest = *value;
        return true;
    }

    // Nothing if they are exactly the one or two that are accepted.
    std::optional<Why> whyNotTransforms(const xmlNode* transforms, bool isRoot) {
        const auto parts = onlyElements(transforms);
        if (!parts || !onlyAttributes(transforms, {})) return Why::REFERENCE_PARTS;
        const std::size_t wanted = isRoot ? 2 : 1;
        std::size_t envelopes = 0;
        for (std::size_t i = 0; i < parts->size(); ++i) {
            const auto uri = algorithmAt(*parts, i, "Transform");
            if (isRoot && uri == kEnveloped)
                ++envelopes;
            else if (isCanonicalisation(uri) && uri != kExclusiveC14n)
                return Why::TRANSFORM_C14N;
            else if (uri != kExclusiveC14n)
                return Why::TRANSFORM_FOREIGN;
            if (!isEmpty((*parts)[i])) return Why::TRANSFORM_PARAMETERS;
        }
        if (isRoot && (envelopes == 0 || algorithmAt(*parts, 0, "Transform") != kEnveloped))
            return Why::TRANSFORM_ENVELOPED;
        if (parts->size() > wanted || envelopes > 1) return Why::TRANSFORM_FOREIGN;
        if (parts->size() < wanted) return Why::TRANSFORM_C14N;
        return std::nullopt;
    }

    // A certificate is a hint that the registry decides on. Every other way to name a key would
    // be one more way to choose it, so it may stand beside a certificate but not instead of it.
    bool readKeyInfo() {
        if (keyInfo_ == nullptr) return true;
        const auto unacceptable = [&](Why why) {
            return refuse(ErrorCode::SIGNATURE_KEY_REFERENCE, keyInfo_, why);
        };
        const auto parts = onlyElements(keyInfo_);
        if (!parts || !onlyAttributes(keyInfo_, {"Id"})) return unacceptable(Why::KEY_OTHER);
        for (const xmlNode* part : *parts) {
            if (isDsig(part, "KeyName") || isDsig(part, "KeyValue")) continue;
            if (isDsig(part, "RetrievalMethod") ||
                isElement(part, kDsig11Namespace, "KeyInfoReference"))
                return unacceptable(Why::KEY_ELSEWHERE);
            if (!isDsig(part, "X509Data")) return unacceptable(Why::KEY_OTHER);
            if (const auto why = readX509Data(part)) return unacceptable(*why);
        }
        return !shape_.certificateHint.empty() || unacceptable(Why::KEY_NO_CERTIFICATE);
    }

    // Nothing if it is acceptable.
    std::optional<Why> readX509Data(const xmlNode* data) {
        const auto parts = onlyElements(data);
        if (!parts || !onlyAttributes(data, {})) return Why::KEY_OTHER;
        for (const xmlNode* part : *parts) {
            if (isDsig(part, "X509SubjectName") || isDsig(part, "X509IssuerSerial") ||
                isDsig(part, "X509SKI"))
                continue;
            if (!isDsig(part, "X509Certificate")) return Why::KEY_OTHER;
            const auto text = onlyText(part);
            const auto der = text ? base::fromBase64(*text) : std::nullopt;
            if (!der || der->empty()) return Why::KEY_CERTIFICATE;
            if (shape_.certificateHint.empty()) shape_.certificateHint = *der;
        }
        return std::nullopt;
    }

    // Shape (b) has one Object with this signature's qualifying properties; shape (a) has none.
    bool readObject() {
        if ((object_ == nullptr) != (propertiesReference_ == nullptr))
            return wrong(shape_.signature, Why::OBJECT_UNSIGNED);
        if (object_ == nullptr) return true;
        const auto parts = onlyElements(object_);
        if (!parts || parts->size() != 1 || !onlyAttributes(object_, {"Id"}))
            return wrong(object_, Why::OBJECT_CONTENT);
        const xmlNode* qualifying = parts->front();
        const auto id = attributeOf(shape_.signature, "Id");
        if (!isElement(qualifying, kXadesNamespace, "QualifyingProperties") ||
            !onlyAttributes(qualifying, {"Id", "Target"}))
            return wrong(object_, Why::OBJECT_CONTENT);
        if (!id || attributeOf(qualifying, "Target") != "#" + *id)
            return wrong(object_, Why::XADES_TARGET);
        const auto inner = onlyElements(qualifying);
        if (!inner || inner->empty() || inner->size() > 2 ||
            !isElement(inner->front(), kXadesNamespace, "SignedProperties"))
            return wrong(object_, Why::OBJECT_CONTENT);
        // Time stamps stand in unsigned properties: carried, not judged, and not content.
        if (inner->size() == 2 && !isElement(inner->back(), kXadesNamespace, "UnsignedProperties"))
            return wrong(object_, Why::OBJECT_CONTENT);
        properties_ = inner->front();
        return true;
    }

    bool resolveReferences() {
        const auto uri = attributeOf(rootReference_, "URI");
        if (!uri) return wrong(rootReference_, Why::REFERENCE_URI);
        if (!uri->empty() && !resolve(*uri, root_, rootReference_)) return false;
        if (propertiesReference_ == nullptr) return true;
        const auto properties = attributeOf(propertiesReference_, "URI");
        if (!properties) return wrong(propertiesReference_, Why::REFERENCE_URI);
        if (properties == uri) return wrong(propertiesReference_, Why::REFERENCE_ELSEWHERE);
        return resolve(*properties, properties_, propertiesReference_);
    }

    // "#x" must name `target` by its Id attribute and nothing else in the whole document.
    bool resolve(const std::string& uri, xmlNode* target, const xmlNode* reference) {
        constexpr std::size_t kLongest = 256;  // it is compared with every id
        if (!uri.starts_with('#') || uri.size() > kLongest)
            return wrong(reference, Why::REFERENCE_URI);
        const auto name = std::string_view(uri).substr(1);
        const auto* id = reinterpret_cast<const xmlChar*>(uri.c_str() + 1);
        if (xmlValidateNCName(id, 0) != 0) return wrong(reference, Why::REFERENCE_URI);
        xmlAttr* found = nullptr;
        for (xmlNode* node = root_; node != nullptr; node = nextElement(node, root_)) {
            for (xmlAttr* attribute = node->properties; attribute; attribute = attribute->next) {
                if (!isIdName(attribute) || valueOf(attribute) != name) continue;
                if (found != nullptr || node != target)
                    return wrong(node, Why::REFERENCE_ELSEWHERE);
                found = attribute;
            }
        }
        if (found == nullptr) return wrong(reference, Why::REFERENCE_UNRESOLVED);
        if (xmlGetID(document_, id) == nullptr) xmlAddID(nullptr, document_, id, found);
        if (target == root_) shape_.rootId = found;
        return xmlGetID(document_, id) == found || wrong(reference, Why::REFERENCE_ELSEWHERE);
    }

    xmlDoc* document_;
    xmlNode* root_;
    XmlSignatureShape shape_;
    std::optional<Problem> problem_;
    const xmlNode* signedInfo_ = nullptr;
    const xmlNode* keyInfo_ = nullptr;
    const xmlNode* object_ = nullptr;
    const xmlNode* rootReference_ = nullptr;
    const xmlNode* propertiesReference_ = nullptr;
    xmlNode* properties_ = nullptr;
};

}  // namespace

base::Result<XmlSignatureShape> judgeShape(xmlDoc* document) { return Judge(document).run(); }

}  // namespace gateway::trust
