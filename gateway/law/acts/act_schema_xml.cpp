#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/law/acts/act_schema.h"
#include "gateway/law/acts/act_shapes.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::law {
namespace {

using document::Kind;
using document::Node;

// An element of XML Schema with attributes: xs("element", {{"name", "Number"}, ...}).
Node xs(std::string name,
        std::initializer_list<std::pair<const char*, std::string>> attributes = {}) {
    auto made = document::elementNode(std::string(kXmlSchema), std::move(name));
    for (const auto& [key, value] : attributes)
        made.children.push_back(document::attributeNode(key, value));
    return made;
}

Node with(Node parent, Node child) {
    parent.children.push_back(std::move(child));
    return parent;
}

Node documented(Node parent, const std::string& text) {
    auto words = xs("documentation");
    words.value = text;
    return with(std::move(parent), with(xs("annotation"), std::move(words)));
}

Node enumeration(std::string name, const std::vector<std::string>& values) {
    auto type = name.empty() ? xs("simpleType") : xs("simpleType", {{"name", std::move(name)}});
    auto restriction = xs("restriction", {{"base", "xs:string"}});
    for (const auto& value : values)
        restriction.children.push_back(xs("enumeration", {{"value", value}}));
    return with(std::move(type), std::move(restriction));
}

Node sequenceOf(const std::vector<Field>& fields);

Node listOf(Node item, bool mayBeEmpty) {
    const std::string least = mayBeEmpty ? "0" : "1";
    item.children.insert(item.children.begin() + 1,
                         {document::attributeNode("minOccurs", least),
                          document::attributeNode("maxOccurs", "unbounded")});
    return with(xs("complexType"), with(xs("sequence"), std::move(item)));
}

// The name of a type that needs no words of its own here; empty: it does.
std::string typeOf(const Field& field) {
    using enum FieldType;
    switch (field.type) {
        case Text:
        case Office:
        case Agency: return "Text";
        case Day: return "Date";
        case Integer: return "xs:long";
        case Flag: return "xs:boolean";
        case Ruling: return "Ruling";
        case Any:
        case Party: return isCaseReference(field) ? "CaseReference" : "Free";
        case Code:
        case Obligations:
        case List:
        case Object:
        case Files: break;
    }
    return {};
}

Node innerTypeOf(const Field& field) {
    using enum FieldType;
    switch (field.type) {
        case Code: return enumeration({}, field.codes);
        case Obligations:
            return listOf(xs("element", {{"name", "Item"}, {"type", "xs:long"}}), true);
        case Files:
            return listOf(xs("element", {{"name", "Item"}, {"type", "Attachment"}}),
                          mayBeEmpty(field));
        case List:
            return listOf(with(xs("element", {{"name", "Item"}}),
                               with(xs("complexType"), sequenceOf(field.members))),
                          mayBeEmpty(field));
        default: return with(xs("complexType"), sequenceOf(field.members));
    }
}

Node sequenceOf(const std::vector<Field>& fields) {
    auto sequence = xs("sequence");
    for (const auto& field : fields) {
        auto element = xs("element", {{"name", model::elementNameOf(field.name)}});
        const auto type = typeOf(field);
        if (!type.empty())
            element = with(std::move(element), document::attributeNode("type", type));
        if (field.optional || !field.required.isAlways())
            element = with(std::move(element), document::attributeNode("minOccurs", "0"));
        auto said = field.vi;
        if (!field.required.isAlways()) said += " (required when " + field.required.text() + ")";
        element = documented(std::move(element), said);
        if (type.empty()) element = with(std::move(element), innerTypeOf(field));
        sequence.children.push_back(std::move(element));
    }
    return sequence;
}

Node messageElement(const std::vector<const ActDeclaration*>& acts) {
    auto choice = xs("choice");
    for (const auto* act : acts)
        choice.children.push_back(xs("element", {{"name", act->type}, {"type", act->type}}));
    auto sequence =
        with(xs("sequence"), xs("element", {{"name", "Envelope"}, {"type", "Envelope"}}));
    sequence.children.push_back(std::move(choice));
    sequence.children.push_back(
        xs("element", {{"name", "Delivery"}, {"type", "Delivery"}, {"minOccurs", "0"}}));
    sequence.children.push_back(xs("any", {{"namespace", "http://www.w3.org/2000/09/xmldsig#"},
                                           {"processContents", "lax"},
                                           {"minOccurs", "0"}}));
    return with(xs("element", {{"name", "Message"}}), with(xs("complexType"), std::move(sequence)));
}

// Words, or elements of the sender's.
Node freeType() {
    return with(xs("complexType", {{"name", "Free"}, {"mixed", "true"}}),
                with(xs("sequence"), xs("any", {{"namespace", "##targetNamespace"},
                                                {"processContents", "skip"},
                                                {"minOccurs", "0"},
                                                {"maxOccurs", "unbounded"}})));
}

const Node* typeNamed(const Node& schema, const std::string& name) {
    const auto found = std::ranges::find_if(schema.children, [&](const Node& child) {
        const auto* said = child.attribute("name");
        return said && said->value == name && child.name != "element";
    });
    return found == schema.children.end() ? nullptr : &*found;
}

// Whatever a type speaks of is taken over from the case model, once.
void takeOver(const Node& node, const Node& theirs, Node& ours) {
    for (const char* slot : {"type", "base"}) {
        const auto* said = node.attribute(slot);
        if (!said || said->value.find(':') != std::string::npos || typeNamed(ours, said->value))
            continue;
        const auto* found = typeNamed(theirs, said->value);
        if (!found) throw base::Fault("case-model.xsd has no type " + said->value);
        ours.children.push_back(*found);
        takeOver(*found, theirs, ours);
    }
    for (const auto& child : node.children)
        if (child.kind == Kind::Element) takeOver(child, theirs, ours);
}

}  // namespace

Node xmlSchemaOf(const std::vector<const ActDeclaration*>& acts, const Node& caseModel) {
    const std::string ns(kCaseModel);
    // The types are named without a prefix.
    auto schema = xs("schema", {{"xmlns", ns},
                                {"targetNamespace", ns},
                                {"elementFormDefault", "qualified"},
                                {"version", "1"}});
    schema = documented(std::move(schema),
                        "Messages that hold an act, in XML. Made of mappings/acts by thahc-gateway "
                        "law --schema xsd; it stands beside case-model.xsd, of which it takes over "
                        "what acts need. The enveloped signature is the last child of Message.");
    schema.children.push_back(messageElement(acts));
    std::vector<std::string> types;
    for (const auto* act : acts) {
        types.push_back(act->type);
        schema.children.push_back(with(documented(xs("complexType", {{"name", act->type}}),
                                                  act->vi + ". " + act->article + "."),
                                       sequenceOf(act->content)));
    }
    schema.children.push_back(freeType());
    schema.children.push_back(enumeration("MessageType", types));
    const auto own = schema;
    takeOver(own, caseModel, schema);
    return schema;
}

}  // namespace gateway::law
