#include "gateway/trust/xml_signature_shape.h"

#include <libxml/tree.h>
#include <libxml/valid.h>

#include "gateway/base/encoding.h"
#include "gateway/document/xml.h"
#include "gateway/trust/xml_algorithms.h"
#include "gateway/trust/xml_element.h"
#include "gateway/trust/xml_pss.h"

namespace gateway::trust {
namespace {

using base::ErrorCode;
using base::Problem;
using Elements = std::vector<xmlNode*>;

bool isDsig(const xmlNode* node, std::string_view name) noexcept {
    return isElement(node, kDsigNamespace, name);
}

bool isIdName(const xmlAttr* attribute) noexcept {
    return xmlStrcasecmp(attribute->name, reinterpret_cast<const xmlChar*>("id")) == 0;
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
    bool wrong(const xmlNode* where) { return refuse(ErrorCode::SIGNATURE_SHAPE, where); }

    bool findSignature() {
        for (xmlNode* node = root_; node != nullptr; node = nextElement(node, root_)) {
            if (!isDsig(node, "Signature")) continue;
            if (shape_.signature != nullptr) return refuse(ErrorCode::SIGNATURE_MULTIPLE, node);
            shape_.signature = node;
        }
        if (shape_.signature == nullptr) return refuse(ErrorCode::SIGNATURE_MISSING, root_);
        return shape_.signature->parent == root_ || wrong(shape_.signature);
    }

    bool readSignature() {
        const xmlNode* signature = shape_.signature;
        const auto parts = onlyElements(signature);
        if (!parts || !onlyAttributes(signature, {"Id"})) return wrong(signature);
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
            return wrong(signature);
        const auto text = onlyText(value);
        return (text && base::fromBase64(*text) && onlyAttributes(value, {"Id"})) || wrong(value);
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
        if (!parts || !onlyAttributes(signedInfo_, {"Id"})) return wrong(signedInfo_);
        const auto c14n = algorithmAt(*parts, 0, "CanonicalizationMethod");
        const auto method = algorithmAt(*parts, 1, "SignatureMethod");
        if (c14n != kExclusiveC14n || !isEmpty((*parts)[0]) || !method) return wrong(signedInfo_);
        shape_.algorithm = signatureAlgorithm(*method);
        if (shape_.algorithm == nullptr) return refuse(ErrorCode::SIGNATURE_ALGORITHM, (*parts)[1]);
        if (shape_.algorithm->kind == XmlSignatureKind::RsaPssParameters) {
            if (!pssHashBits((*parts)[1]))
                return refuse(ErrorCode::SIGNATURE_ALGORITHM, (*parts)[1]);
        } else if (!isEmpty((*parts)[1])) {
            return wrong((*parts)[1]);
        }
        shape_.references = parts->size() - 2;
        if (shape_.references < 1 || shape_.references > 2) return wrong(signedInfo_);
        for (std::size_t i = 0; i < shape_.references; ++i)
            if (!readReference((*parts)[i + 2], i)) return false;
        return rootReference_ != nullptr || wrong(signedInfo_);
    }

    bool readReference(const xmlNode* reference, std::size_t index) {
        if (!isDsig(reference, "Reference") || !onlyAttributes(reference, {"Id", "Type", "URI"}))
            return wrong(reference);
        const auto type = attributeOf(reference, "Type");
        const bool isRoot = !type;
        if (!isRoot && *type != kSignedPropertiesType) return wrong(reference);
        const xmlNode*& place = isRoot ? rootReference_ : propertiesReference_;
        if (place != nullptr) return wrong(reference);
        place = reference;
        const auto parts = onlyElements(reference);
        if (!parts || parts->size() != 3 || !isDsig((*parts)[0], "Transforms") ||
            !onlyAttributes((*parts)[0], {}) || !readTransforms((*parts)[0], isRoot))
            return wrong(reference);
        const auto digest = algorithmAt(*parts, 1, "DigestMethod");
        if (!digest || !isEmpty((*parts)[1]) || !isDsig((*parts)[2], "DigestValue") ||
            !onlyAttributes((*parts)[2], {}))
            return wrong(reference);
        const auto bits = digestBits(*digest);
        if (!bits) return refuse(ErrorCode::SIGNATURE_ALGORITHM, (*parts)[1]);
        const auto text = onlyText((*parts)[2]);
        const auto value = text ? base::fromBase64(*text) : std::nullopt;
        if (!value || value->size() * 8 != static_cast<std::size_t>(*bits)) return wrong(reference);
        if (!isRoot) return true;
        shape_.rootReference = index;
        shape_.rootDigestBits = *bits;
        shape_.rootDigest = *value;
        return true;
    }

    bool readTransforms(const xmlNode* transforms, bool isRoot) {
        const auto parts = onlyElements(transforms);
        if (!parts || parts->size() != (isRoot ? 2U : 1U)) return false;
        for (const xmlNode* transform : *parts)
            if (!isEmpty(transform)) return false;  // no PrefixList either
        if (isRoot && algorithmAt(*parts, 0, "Transform") != kEnveloped) return false;
        return algorithmAt(*parts, parts->size() - 1, "Transform") == kExclusiveC14n;
    }

    // A certificate is a hint that the registry decides on. Every other way to name a key would
    // be one more way to choose it, so it may stand beside a certificate but not instead of it.
    bool readKeyInfo() {
        if (keyInfo_ == nullptr) return true;
        const auto unacceptable = [&] {
            return refuse(ErrorCode::SIGNATURE_KEY_REFERENCE, keyInfo_);
        };
        const auto parts = onlyElements(keyInfo_);
        if (!parts || !onlyAttributes(keyInfo_, {"Id"})) return unacceptable();
        for (const xmlNode* part : *parts) {
            if (isDsig(part, "KeyName") || isDsig(part, "KeyValue")) continue;
            if (!isDsig(part, "X509Data") || !readX509Data(part)) return unacceptable();
        }
        return !shape_.certificateHint.empty() || unacceptable();
    }

    bool readX509Data(const xmlNode* data) {
        const auto parts = onlyElements(data);
        if (!parts || !onlyAttributes(data, {})) return false;
        for (const xmlNode* part : *parts) {
            if (isDsig(part, "X509SubjectName") || isDsig(part, "X509IssuerSerial") ||
                isDsig(part, "X509SKI"))
                continue;
            if (!isDsig(part, "X509Certificate")) return false;
            const auto text = onlyText(part);
            const auto der = text ? base::fromBase64(*text) : std::nullopt;
            if (!der || der->empty()) return false;
            if (shape_.certificateHint.empty()) shape_.certificateHint = *der;
        }
        return true;
    }

    // Shape (b) has one Object with this signature's qualifying properties; shape (a) has none.
    bool readObject() {
        if ((object_ == nullptr) != (propertiesReference_ == nullptr))
            return wrong(shape_.signature);
        if (object_ == nullptr) return true;
        const auto parts = onlyElements(object_);
        if (!parts || parts->size() != 1 || !onlyAttributes(object_, {"Id"})) return wrong(object_);
        const xmlNode* qualifying = parts->front();
        const auto id = attributeOf(shape_.signature, "Id");
        if (!isElement(qualifying, kXadesNamespace, "QualifyingProperties") || !id ||
            !onlyAttributes(qualifying, {"Id", "Target"}) ||
            attributeOf(qualifying, "Target") != "#" + *id)
            return wrong(object_);
        const auto inner = onlyElements(qualifying);
        if (!inner || inner->empty() || inner->size() > 2 ||
            !isElement(inner->front(), kXadesNamespace, "SignedProperties"))
            return wrong(object_);
        // Time stamps stand in unsigned properties: carried, not judged, and not content.
        if (inner->size() == 2 && !isElement(inner->back(), kXadesNamespace, "UnsignedProperties"))
            return wrong(object_);
        properties_ = inner->front();
        return true;
    }

    bool resolveReferences() {
        const auto uri = attributeOf(rootReference_, "URI");
        if (!uri) return wrong(rootReference_);
        if (!uri->empty() && !resolve(*uri, root_, rootReference_)) return false;
        if (propertiesReference_ == nullptr) return true;
        const auto properties = attributeOf(propertiesReference_, "URI");
        if (!properties || properties == uri) return wrong(propertiesReference_);
        return resolve(*properties, properties_, propertiesReference_);
    }

    // "#x" must name `target` by its Id attribute and nothing else in the whole document.
    bool resolve(const std::string& uri, xmlNode* target, const xmlNode* reference) {
        constexpr std::size_t kLongest = 256;  // it is compared with every id
        if (!uri.starts_with('#') || uri.size() > kLongest) return wrong(reference);
        const auto name = std::string_view(uri).substr(1);
        const auto* id = reinterpret_cast<const xmlChar*>(uri.c_str() + 1);
        if (xmlValidateNCName(id, 0) != 0) return wrong(reference);
        xmlAttr* found = nullptr;
        for (xmlNode* node = root_; node != nullptr; node = nextElement(node, root_)) {
            for (xmlAttr* attribute = node->properties; attribute; attribute = attribute->next) {
                if (!isIdName(attribute) || valueOf(attribute) != name) continue;
                if (found != nullptr || node != target) return wrong(node);
                found = attribute;
            }
        }
        if (found == nullptr) return wrong(reference);
        if (xmlGetID(document_, id) == nullptr) xmlAddID(nullptr, document_, id, found);
        if (target == root_) shape_.rootId = found;
        return xmlGetID(document_, id) == found || wrong(reference);
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
