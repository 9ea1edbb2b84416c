#include "gateway/mapping/binding.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include "gateway/base/time_format.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Kind;
using document::Node;

void put(Problem problem, const ReadMode& mode) {
    if (mode.problems.size() < kMostProblems) mode.problems.push_back(std::move(problem));
}

void putRefused(const Node& node, const MemberPath& path, Problem problem, const ReadMode& mode) {
    problem.path = path.text();
    problem.position = node.position;
    put(std::move(problem).with("value", node.value), mode);
}

constexpr std::string_view kEnvelope = "envelope";
constexpr std::string_view kDelivery = "delivery";
constexpr std::string_view kCase = "case";
constexpr std::string_view kAttachments = "attachments";

bool isDeclared(std::string_view typeName) {
    return model::typeOf(typeName) == model::MessageType::DeclaredAct;
}

// The envelope as the case model has it: what it calls by an act's own name is a declared act.
void readEnvelope(const Node& node, const MemberPath& path, model::Envelope& envelope,
                  const ReadMode& mode) {
    Node read = node;
    if (auto* type = read.child("type"); type && isDeclared(type->value))
        type->value = model::nameOf(model::MessageType::DeclaredAct);
    readMember(read, path, envelope, mode);
}

void readDeclared(const Node& node, const MemberPath& path, model::DeclaredAct& act,
                  const ReadMode& mode) {
    if (!expectKind(node, path, Kind::Object, mode)) return;
    act.content.position = node.position;
    for (const Node& member : node.children) {
        const MemberPath at{&path, member.name, 0};
        if (member.name == kCase)
            readMember(member, at, act.caseReference, mode);
        else if (member.name == kAttachments)
            readMember(member, at, act.attachments, mode);
        else
            act.content.children.push_back(member);
    }
}

Node nodeOfDeclared(std::string_view name, const model::DeclaredAct& act) {
    Node node = document::objectNode(std::string(name));
    Node reference = nodeOf(kCase, act.caseReference);
    if (!reference.children.empty()) node.children.push_back(std::move(reference));
    node.children.insert(node.children.end(), act.content.children.begin(),
                         act.content.children.end());
    if (!act.attachments.empty()) node.children.push_back(nodeOf(kAttachments, act.attachments));
    return node;
}

void inSenderOrder(Problems& problems) {
    std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
        return std::pair(a.position.line, a.position.column) <
               std::pair(b.position.line, b.position.column);
    });
}

}  // namespace

std::string MemberPath::text() const {
    if (parent == nullptr) return {};
    return parent->text() + "/" + (name.empty() ? std::to_string(item) : std::string(name));
}

bool expectKind(const Node& node, const MemberPath& path, Kind kind, const ReadMode& mode) {
    if (node.kind == kind) return true;
    putWrongValue(node, path, wordsOfKind(kind), mode);
    return false;
}

void putMissing(const Node& object, const MemberPath& path, const ReadMode& mode) {
    put(Problem(ErrorCode::MAPPING_REQUIRED, path.text(), object.position), mode);
}

void putWrongValue(const Node& node, const MemberPath& path, base::Words expected,
                   const ReadMode& mode) {
    putRefused(node, path,
               Problem(ErrorCode::MAPPING_VALUE).inWords("expected", std::move(expected)), mode);
}

void putUnknown(const Node& node, const MemberPath& path, const ReadMode& mode) {
    put(Problem(ErrorCode::MAPPING_UNKNOWN_NODE, path.text(), node.position), mode);
}

void readMember(const Node& node, const MemberPath& path, std::string& member,
                const ReadMode& mode) {
    if (expectKind(node, path, Kind::String, mode)) member = node.value;
}

void readMember(const Node& node, const MemberPath& path, bool& member, const ReadMode& mode) {
    if (expectKind(node, path, Kind::Boolean, mode)) member = node.value == "true";
}

void readMember(const Node& node, const MemberPath& path, std::int64_t& member,
                const ReadMode& mode) {
    if (!expectKind(node, path, Kind::Number, mode)) return;
    const char* const end = node.value.data() + node.value.size();
    const auto [stop, error] = std::from_chars(node.value.data(), end, member);
    if (error != std::errc() || stop != end)
        putWrongValue(node, path, {"phải là số nguyên 64 bit", "it must be a 64-bit integer"},
                      mode);
}

void readMember(const Node& node, const MemberPath& path, base::Date& member,
                const ReadMode& mode) {
    if (!expectKind(node, path, Kind::String, mode)) return;
    const auto date = base::parseDate(node.value);
    if (date)
        member = *date;
    else
        putRefused(node, path, makeDateType({})->refusalOf(node.value), mode);
}

void readMember(const Node& node, const MemberPath& path, base::Timestamp& member,
                const ReadMode& mode) {
    if (!expectKind(node, path, Kind::String, mode)) return;
    const auto instant = base::parseTimestamp(node.value);
    if (instant)
        member = *instant;
    else
        putRefused(node, path, makeMomentType({}, {})->refusalOf(node.value), mode);
}

void readMember(const Node& node, const MemberPath&, Node& member, const ReadMode&) {
    member = node;
    member.name.clear();
}

const Node* TreeReader::take(std::string_view name) {
    const Node* const node = object_.child(name);
    if (node != nullptr) seen_.push_back(name);
    return node;
}

void TreeReader::finish() const {
    if (seen_.size() == object_.children.size()) return;
    for (const Node& member : object_.children)
        if (std::find(seen_.begin(), seen_.end(), member.name) == seen_.end())
            putUnknown(member, MemberPath{&path_, member.name, 0}, mode_);
}

Node nodeOf(std::string_view name, const std::string& member) {
    return document::stringNode(std::string(name), member);
}

Node nodeOf(std::string_view name, bool member) {
    return document::booleanNode(std::string(name), member);
}

Node nodeOf(std::string_view name, std::int64_t member) {
    return document::numberNode(std::string(name), std::to_string(member));
}

Node nodeOf(std::string_view name, const base::Date& member) {
    return document::stringNode(std::string(name), base::formatDate(member));
}

Node nodeOf(std::string_view name, const base::Timestamp& member) {
    return document::stringNode(std::string(name), base::formatTimestamp(member));
}

Node nodeOf(std::string_view name, Node member) {
    member.name = name;
    return member;
}

base::Result<model::Message, Problems> bindMessage(const Node& ours) {
    Problems problems;
    const ReadMode mode{problems, EmptyTexts::Refused};
    const MemberPath root;
    model::Message message;
    if (!expectKind(ours, root, Kind::Object, mode)) return problems;
    const MemberPath envelopePath{&root, kEnvelope, 0};
    const Node* const envelope = ours.child(kEnvelope);
    if (envelope == nullptr) {
        putMissing(ours, envelopePath, mode);
        return problems;
    }
    readEnvelope(*envelope, envelopePath, message.envelope, mode);
    // Without a type the payload's name is not known.
    const Node* const type = envelope->child("type");
    if (type == nullptr || type->kind != Kind::String || type->value.empty()) return problems;

    const std::string name = model::memberNameOf(type->value);
    const MemberPath payloadPath{&root, name, 0};
    message.payload = model::emptyPayload(message.envelope.type);
    const Node* const payload = ours.child(name);
    if (payload == nullptr) {
        putMissing(ours, payloadPath, mode);
    } else if (auto* act = std::get_if<model::DeclaredAct>(&message.payload)) {
        act->type = type->value;
        readDeclared(*payload, payloadPath, *act, mode);
    } else {
        std::visit([&](auto& alternative) { readMember(*payload, payloadPath, alternative, mode); },
                   message.payload);
    }
    const Node* const delivery = ours.child(kDelivery);
    if (delivery != nullptr)
        readMember(*delivery, MemberPath{&root, kDelivery, 0}, message.delivery, mode);
    for (const Node& member : ours.children)
        if (&member != envelope && &member != payload && &member != delivery)
            putUnknown(member, MemberPath{&root, member.name, 0}, mode);
    if (!problems.empty()) {
        inSenderOrder(problems);
        return problems;
    }
    return message;
}

Node unbindMessage(const model::Message& message) {
    Node ours = document::objectNode();
    ours.children.push_back(nodeOf(kEnvelope, message.envelope));
    const std::string type = model::typeNameOf(message.payload);
    ours.children.back().child("type")->value = type;
    const std::string name = model::memberNameOf(type);
    if (const auto* act = std::get_if<model::DeclaredAct>(&message.payload))
        ours.children.push_back(nodeOfDeclared(name, *act));
    else
        ours.children.push_back(std::visit(
            [&name](const auto& payload) { return nodeOf(name, payload); }, message.payload));
    if (message.delivery) ours.children.push_back(nodeOf(kDelivery, *message.delivery));
    return ours;
}

base::Result<model::DeclaredAct, Problems> bindDeclared(std::string type, const Node& member) {
    Problems problems;
    model::DeclaredAct act;
    act.type = std::move(type);
    readDeclared(member, MemberPath{}, act, ReadMode{problems, EmptyTexts::Accepted});
    if (!problems.empty()) return problems;
    return act;
}

Node unbindDeclared(const model::DeclaredAct& act) {
    return nodeOfDeclared(model::memberNameOf(act.type), act);
}

}  // namespace gateway::mapping
