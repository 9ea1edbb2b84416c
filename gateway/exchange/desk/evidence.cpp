#include "gateway/exchange/desk/evidence.h"

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/binding.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {

using document::Kind;
using document::Node;

Node naturalXml(const Node& json, std::string_view namespaceUri, std::string_view rootName) {
    Node element = document::elementNode(std::string(namespaceUri), std::string(rootName));
    if (json.kind == Kind::Object || json.kind == Kind::Array) {
        for (const auto& child : json.children) {
            const auto name =
                json.kind == Kind::Array ? std::string("Item") : model::elementNameOf(child.name);
            element.children.push_back(naturalXml(child, namespaceUri, name));
        }
    } else {
        element.value = json.value;
    }
    return element;
}

EvidenceSeal::EvidenceSeal(Identity identity, std::shared_ptr<const trust::Signer> signer) :
    identity_(std::move(identity)), signer_(std::move(signer)), seal_(*signer_) {}

template <class Evidence>
Sealed EvidenceSeal::sealAs(Evidence evidence, Family family, std::string_view member,
                            std::string_view element) const {
    evidence.gateway = identity_.gateway;
    evidence.environment = identity_.environment;
    evidence.gatewayCertificateSha256 = certificate()->fingerprint().hex();
    Node body = mapping::toNode(evidence);
    if (family == Family::Xml) {
        const Node xml = naturalXml(body, kReceiptNamespace, element);
        return {seal_.xml(document::writeXml(xml)), "application/xml"};
    }
    Node root = document::objectNode();
    body.name = std::string(member);
    root.children.push_back(std::move(body));
    return {seal_.jws(document::writeJson(root), "thahc-" + std::string(member) + "+json"),
            "application/jose"};
}

Sealed EvidenceSeal::seal(Receipt receipt, Family family) const {
    return sealAs(std::move(receipt), family, "receipt", "Receipt");
}

Sealed EvidenceSeal::seal(Refusal refusal, Family family) const {
    return sealAs(std::move(refusal), family, "refusal", "Refusal");
}

}  // namespace gateway::exchange
