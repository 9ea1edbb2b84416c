#include "gateway/law/life/on_behalf.h"

#include <charconv>

#include "gateway/base/time_format.h"

namespace gateway::law {
namespace {

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

void asDeclared(const std::vector<Field>& fields, Node& object) {
    for (const auto& field : fields) {
        auto* member = object.child(field.name);
        if (!member) continue;
        if (field.type == FieldType::Integer) number(*member);
        if (field.type == FieldType::Object) asDeclared(field.members, *member);
        for (auto& item : member->children) {
            if (field.type == FieldType::Obligations) number(item);
            if (field.type == FieldType::List) asDeclared(field.members, item);
        }
    }
}

}  // namespace

std::vector<ToldRole> toldBeside(const ActRule& recording, Role author) {
    std::vector<ToldRole> told;
    for (const auto& one : recording.told)
        told.push_back({one.role == Role::Author ? author : one.role, one.level, one.basis,
                        one.what, one.copy});
    return told;
}

Unwrapped unwrap(const LawBook& book, const Node& wrapper, base::Date today) {
    Unwrapped made;
    made.type = textOf(wrapper, "type");
    made.author = textOf(wrapper, "author");
    made.form = textOf(wrapper, "formOfReceipt");
    made.receivedOn = base::parseDate(textOf(wrapper, "receivedOn"));
    const auto* inner = book.act(made.type);
    if (!inner || !inner->onBehalf || inner->subject != kCase) {
        made.reasons.push_back({"NOT_ON_BEHALF",
                                "/type",
                                {},
                                "phải là loại văn bản được ghi nhận thay (mappings/acts)",
                                "it must be an act that may be recorded for its author"});
        return made;
    }
    if (const auto* content = wrapper.child("content")) made.content = *content;
    made.content.name.clear();
    asDeclared(inner->content, made.content);
    for (auto& reason : judgeContent(*inner, made.content, today)) {
        if (reason.path == "/attachments") continue;  // the scan is the wrapper's
        reason.path = "/content" + reason.path;
        made.reasons.push_back(std::move(reason));
    }
    return made;
}

}  // namespace gateway::law
