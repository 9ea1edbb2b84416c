#include "gateway/exchange/desk/canonical_acts.h"

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/exchange/desk/sender_place.h"
#include "gateway/law/acts/act_content.h"
#include "gateway/law/acts/act_xml.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Form;
using document::Kind;
using document::Node;

const law::ActDeclaration* declaredAs(const law::LawBook& law, const Node* type) {
    if (!type || model::typeOf(type->value) != model::MessageType::DeclaredAct) return nullptr;
    return law.act(type->value);
}

// A leaf of the envelope, or what does not belong there, which is refused by its name.
Node leafOf(const Node& element) {
    Node leaf = document::stringNode(model::memberNameOf(element.name), element.value);
    leaf.position = element.position;
    if (element.kind == Kind::Attribute || !element.namespaceUri.empty())
        if (element.kind == Kind::Attribute || element.namespaceUri != kCaseModelNamespace)
            leaf.name.insert(0, "@");
    return leaf;
}

// Envelope and delivery: texts, and lists of texts.
Node plainOf(const Node& element, const char* name) {
    Node made = document::objectNode(name);
    made.position = element.position;
    for (const auto& child : element.children) {
        if (child.isLeaf()) {
            made.children.push_back(leafOf(child));
            continue;
        }
        Node list = document::arrayNode(model::memberNameOf(child.name));
        list.position = child.position;
        for (const auto& item : child.children)
            list.children.push_back(document::stringNode({}, item.value));
        made.children.push_back(std::move(list));
    }
    return made;
}

Node fromXml(const law::ActDeclaration& act, const Node& root) {
    Node ours = document::objectNode();
    ours.position = root.position;
    for (const auto& child : root.children) {
        if (child.kind != Kind::Element) continue;  // attributes of the root: schema hints
        if (child.name == "Envelope") {
            ours.children.push_back(plainOf(child, "envelope"));
        } else if (child.name == "Delivery") {
            ours.children.push_back(plainOf(child, "delivery"));
        } else if (child.name == act.type) {
            ours.children.push_back(law::actFromXml(act, child));
            ours.children.back().name = model::memberNameOf(act.type);
        } else {
            ours.children.push_back(leafOf(child));
        }
    }
    return ours;
}

Problem problemOf(const law::Reason& reason, const Node& member) {
    Problem problem(reason.code == "MISSING"   ? ErrorCode::MAPPING_REQUIRED
                    : reason.code == "UNKNOWN" ? ErrorCode::MAPPING_UNKNOWN_NODE
                                               : ErrorCode::MAPPING_VALUE,
                    "/" + member.name + reason.path, law::positionIn(member, reason.path));
    if (problem.code != ErrorCode::MAPPING_VALUE) return problem;
    Node copy = member;
    const auto path = reason.path.empty() ? std::string() : reason.path.substr(1);
    const auto* wrong = law::memberAt(copy, path);
    return std::move(problem)
        .with("value", wrong ? wrong->value : std::string())
        .inWords("expected", {reason.vi, reason.en});
}

}  // namespace

std::optional<CanonicalAct> readCanonicalAct(const law::LawBook& law,
                                             const document::Content& content) {
    const auto& root = content.tree.root;
    CanonicalAct read;
    if (content.tree.form == Form::Json) {
        read.act = declaredIn(law, root);
        if (!read.act) return std::nullopt;
        read.ours = root;
        read.mappingId = "case-model-json/" + kebab(read.act->type);
        return read;
    }
    if (root.name != "Message" || root.namespaceUri != kCaseModelNamespace) return std::nullopt;
    const auto* envelope = root.child("Envelope");
    read.act = declaredAs(law, envelope ? envelope->child("Type") : nullptr);
    if (!read.act) return std::nullopt;
    read.ours = fromXml(*read.act, root);
    read.mappingId = "case-model-xml/" + kebab(read.act->type);
    return read;
}

const law::ActDeclaration* declaredIn(const law::LawBook& law, const Node& ours) {
    const auto* envelope = ours.child("envelope");
    return declaredAs(law, envelope ? envelope->child("type") : nullptr);
}

std::vector<Problem> judgeDeclared(const law::ActDeclaration& act, const Node& theirs,
                                   const Node& ours, base::Date today) {
    std::vector<Problem> problems;
    const auto* written = ours.child(model::memberNameOf(act.type));
    if (!written) return problems;  // binding says so
    Node member = *written;
    // Which case it speaks of, every act may say.
    if (std::ranges::none_of(act.content, [](const auto& field) { return field.name == "case"; }))
        std::erase_if(member.children, [](const Node& child) { return child.name == "case"; });
    const BothSides sides{theirs, ours};
    for (const auto& reason : law::judgeContent(act, member, today)) {
        auto problem = problemOf(reason, member);
        const auto position = problem.position;
        problems.push_back(sides.placed(std::move(problem)));
        if (problems.back().position == base::Position()) problems.back().position = position;
    }
    return problems;
}

std::string writeCanonicalAct(const law::ActDeclaration* act, const Node& ours, Form form) {
    if (form == Form::Json) return document::writeJson(ours);
    Node root = document::elementNode(std::string(kCaseModelNamespace), "Message");
    for (const auto& child : ours.children) {
        if (act && child.name == model::memberNameOf(act->type)) {
            root.children.push_back(law::actToXml(*act, child, kCaseModelNamespace));
            continue;
        }
        root.children.push_back(
            naturalXml(child, kCaseModelNamespace, model::elementNameOf(child.name)));
    }
    return document::writeXml(root, {{std::string(kCaseModelNamespace), ""}});
}

}  // namespace gateway::exchange
