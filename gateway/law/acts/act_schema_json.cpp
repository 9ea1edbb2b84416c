#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/law/acts/act_schema.h"
#include "gateway/law/acts/act_shapes.h"
#include "gateway/law/acts/act_xml.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::law {
namespace {

using document::Kind;
using document::Node;
using document::stringNode;

constexpr std::string_view kDefinitions = "#/$defs/";

void add(Node& parent, Node child) { parent.children.push_back(std::move(child)); }

Node reference(std::string name, std::string_view definition) {
    auto made = document::objectNode(std::move(name));
    addText(made, "$ref", std::string(kDefinitions) + std::string(definition));
    return made;
}

Node texts(std::string name, const std::vector<std::string>& all) {
    auto made = document::arrayNode(std::move(name));
    for (const auto& one : all) add(made, stringNode("", one));
    return made;
}

Node typed(std::string name, std::string type) {
    auto made = document::objectNode(std::move(name));
    addText(made, "type", std::move(type));
    return made;
}

Node objectOf(std::string name, const std::vector<Field>& fields);

Node listOf(std::string name, Node items, bool mayBeEmpty) {
    auto made = typed(std::move(name), "array");
    items.name = "items";
    add(made, std::move(items));
    if (!mayBeEmpty) addNumber(made, "minItems", 1);
    return made;
}

// A code, or the same with words beside it.
Node codeOf(std::string name, const std::vector<std::string>& codes) {
    auto bare = document::objectNode();
    add(bare, texts("enum", codes));
    auto worded = typed("", "object");
    auto members = document::objectNode("properties");
    auto code = bare;
    code.name = "code";
    add(members, std::move(code));
    add(members, reference("text", "text"));
    add(worded, std::move(members));
    add(worded, texts("required", {"code"}));
    addFlag(worded, "additionalProperties", false);
    auto made = document::objectNode(std::move(name));
    auto either = document::arrayNode("anyOf");
    add(either, std::move(bare));
    add(either, std::move(worded));
    add(made, std::move(either));
    return made;
}

Node valueOf(const Field& field) {
    using enum FieldType;
    const auto& name = field.name;
    switch (field.type) {
        case Day: return reference(name, "date");
        case Integer: return typed(name, "integer");
        case Flag: return typed(name, "boolean");
        case Code: return codeOf(name, field.codes);
        case Obligations: return listOf(name, typed("", "integer"), true);
        case List: return listOf(name, objectOf("", field.members), mayBeEmpty(field));
        case Object: return objectOf(name, field.members);
        case Files: return listOf(name, reference("", "attachment"), mayBeEmpty(field));
        case Ruling: return reference(name, "ruling");
        case Any:
        case Party: return reference(name, isCaseReference(field) ? "caseReference" : "free");
        case Text:
        case Office:
        case Agency: break;
    }
    return reference(name, "text");
}

Node objectOf(std::string name, const std::vector<Field>& fields) {
    auto made = typed(std::move(name), "object");
    auto members = document::objectNode("properties");
    std::vector<std::string> required;
    for (const auto& field : fields) {
        auto member = valueOf(field);
        addText(member, "description", field.vi);
        if (!field.required.isAlways())
            addText(member, "$comment", "required when " + field.required.text());
        else if (!field.optional)
            required.push_back(field.name);
        add(members, std::move(member));
    }
    add(made, std::move(members));
    if (!required.empty()) add(made, texts("required", required));
    addFlag(made, "additionalProperties", false);
    return made;
}

Node freeDefinition() {
    auto object = typed("", "object");
    addNumber(object, "minProperties", 1);
    auto names = document::objectNode("propertyNames");
    addText(names, "pattern", "^[a-z][A-Za-z0-9]*$");
    auto taken = document::objectNode("not");
    addText(taken, "const", "item");
    add(names, std::move(taken));
    add(object, std::move(names));
    add(object, reference("additionalProperties", "freeValue"));
    auto either = document::arrayNode("anyOf");
    add(either, reference("", "text"));
    add(either, std::move(object));
    add(either, listOf("", reference("", "freeValue"), false));
    auto made = document::objectNode("free");
    addText(made, "description", "Words, or an object or a list of the sender's.");
    add(made, std::move(either));
    return made;
}

Node freeValueDefinition() {
    auto either = document::arrayNode("anyOf");
    add(either, reference("", "free"));
    add(either, typed("", "number"));
    add(either, typed("", "boolean"));
    auto made = document::objectNode("freeValue");
    add(made, std::move(either));
    return made;
}

Node actDefinition(const ActDeclaration& act) {
    auto made = objectOf(model::memberNameOf(act.type), act.content);
    made.children.insert(made.children.begin(),
                         stringNode("description", act.vi + ". " + act.article + "."));
    return made;
}

// The envelope that names its type, and the act beside it.
Node alternative(const ActDeclaration& act) {
    auto constant = document::objectNode("type");
    addText(constant, "const", act.type);
    Node at = std::move(constant);
    for (const char* name : {"properties", "envelope", "properties"}) {
        auto around = document::objectNode(name);
        add(around, std::move(at));
        at = std::move(around);
    }
    auto made = document::objectNode();
    add(made, std::move(at));
    add(made, texts("required", {model::memberNameOf(act.type)}));
    auto names = document::objectNode("propertyNames");
    add(names, texts("enum", {"envelope", model::memberNameOf(act.type), "delivery"}));
    add(made, std::move(names));
    return made;
}

// Whatever a definition speaks of is taken over from the case model, once.
void takeOver(const Node& node, const Node& theirs, Node& ours) {
    const auto* said = node.kind == Kind::Object ? node.child("$ref") : nullptr;
    if (said && said->value.starts_with(kDefinitions)) {
        const auto name = said->value.substr(kDefinitions.size());
        if (!ours.child(name)) {
            const auto* found = theirs.child(name);
            if (!found) throw base::Fault("the case model's schema has no definition of " + name);
            add(ours, *found);
            takeOver(*found, theirs, ours);
        }
    }
    for (const auto& child : node.children) takeOver(child, theirs, ours);
}

}  // namespace

Node jsonSchemaOf(const std::vector<const ActDeclaration*>& acts, const Node& caseModel) {
    const auto* theirs = caseModel.child("$defs");
    if (!theirs || !theirs->child("envelope"))
        throw base::Fault("this is not the case model's schema");
    auto definitions = document::objectNode("$defs");
    auto envelope = *theirs->child("envelope");
    auto& type = *envelope.child("properties")->child("type");
    type.children.assign(1, document::arrayNode("enum"));
    auto members = document::objectNode("properties");
    add(members, reference("envelope", "envelope"));
    auto alternatives = document::arrayNode("oneOf");
    for (const auto* act : acts) {
        add(type.children.front(), stringNode("", act->type));
        add(members, reference(model::memberNameOf(act->type), model::memberNameOf(act->type)));
        add(alternatives, alternative(*act));
    }
    add(members, reference("delivery", "delivery"));
    add(definitions, std::move(envelope));
    for (const auto* act : acts) add(definitions, actDefinition(*act));
    add(definitions, freeDefinition());
    add(definitions, freeValueDefinition());
    const auto own = definitions;
    takeOver(own, *theirs, definitions);
    takeOver(members, *theirs, definitions);

    auto schema = document::objectNode();
    addText(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    addText(schema, "$id", "urn:thahc:case-acts:1");
    addText(schema, "title", "Acts of monitoring administrative judgments");
    addText(schema, "description",
            "What stands inside the JWS of a message in canonical JSON that holds an act. Made of "
            "mappings/acts by thahc-gateway law --schema json.");
    addText(schema, "type", "object");
    add(schema, std::move(members));
    add(schema, texts("required", {"envelope"}));
    add(schema, std::move(alternatives));
    add(schema, std::move(definitions));
    return schema;
}

}  // namespace gateway::law
