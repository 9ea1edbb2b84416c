#include "gateway/exchange/casework/on_behalf.h"

#include <algorithm>
#include <charconv>

#include "gateway/exchange/casework/case_roles.h"
#include "gateway/law/acts/act_content.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Kind;
using document::Node;

std::string textOf(const Node& content, const char* name) {
    const auto* member = content.child(name);
    return member ? member->value : std::string();
}

bool isNumber(const std::string& text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end;
}

// In XML a free member holds texts; what the act's declaration calls a number is one.
void number(Node& node) {
    if (node.kind == Kind::String && isNumber(node.value)) node.kind = Kind::Number;
}

void asDeclared(const std::vector<law::Field>& fields, Node& object) {
    for (const auto& field : fields) {
        auto* member = object.child(field.name);
        if (!member) continue;
        if (field.type == law::FieldType::Integer) number(*member);
        if (field.type == law::FieldType::Object) asDeclared(field.members, *member);
        for (auto& item : member->children) {
            if (field.type == law::FieldType::Obligations) number(item);
            if (field.type == law::FieldType::List) asDeclared(field.members, item);
        }
    }
}

bool mayRecord(const ReferenceData& reference, const model::CaseFile& file, const model::Act& act,
               const law::ActRule& rule) {
    const CaseRoles roles(reference, file, base::vietnamDate(act.recordedAt));
    return std::ranges::any_of(file.obligations, [&](const model::ObligationState& state) {
        const auto own = roles.of(act.actor, state.no);
        return std::ranges::any_of(
            rule.senders, [&](const law::Sender& sender) { return own.contains(sender.role); });
    });
}

}  // namespace

base::Result<RecordedForAuthor> unwrapped(const ReferenceData& reference,
                                          const model::CaseFile& file, const model::Act& act,
                                          const model::DeclaredAct& wrapper) {
    const auto day = base::vietnamDate(act.recordedAt);
    const auto* rule = reference.law().act(wrapper.type)->ruleOn(day);
    if (!rule || !mayRecord(reference, file, act, *rule))
        return Problem(ErrorCode::FORBIDDEN_CASE).with("agency", act.actor);
    RecordedForAuthor made;
    made.act.type = textOf(wrapper.content, "type");
    const auto* inner = reference.law().act(made.act.type);
    if (!inner || !inner->onBehalf || inner->subject != law::kCase)
        return Problem(ErrorCode::MAPPING_VALUE, "type", {})
            .with("value", made.act.type)
            .inWords("expected", {"phải là loại văn bản được ghi nhận thay (mappings/acts)",
                                  "it must be an act that may be recorded for its author"});
    made.act.attachments = wrapper.attachments;
    if (const auto* content = wrapper.content.child("content")) made.act.content = *content;
    made.act.content.name.clear();
    asDeclared(inner->content, made.act.content);
    for (const auto& reason : law::judgeContent(*inner, made.act.content, day)) {
        if (reason.path == "/attachments") continue;  // the scan is the wrapper's
        return Problem(ErrorCode::MAPPING_VALUE, "content" + reason.path, {})
            .with("value", made.act.type)
            .inWords("expected", {reason.vi, reason.en});
    }
    made.author = textOf(wrapper.content, "author");
    made.note = "ghi nhận thay " + made.author + ": " + textOf(wrapper.content, "formOfReceipt") +
                ", nhận ngày " + textOf(wrapper.content, "receivedOn") + ", người ghi nhận " +
                textOf(wrapper.content, "clerk");
    return made;
}

}  // namespace gateway::exchange
