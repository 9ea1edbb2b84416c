#include "gateway/model/questions/any_message.h"

#include "gateway/model/messages/declared_shapes.h"

namespace gateway::model {
namespace {

template <std::size_t... Index>
Payload emptyAt(std::size_t wanted, std::index_sequence<Index...>) {
    Payload payload;
    static_cast<void>(((Index == wanted ? (payload.emplace<Index>(), true) : false) || ...));
    return payload;
}

static_assert(std::variant_size_v<Payload> == std::size(Names<MessageType>::table));

}  // namespace

std::string typeNameOf(const Payload& payload) {
    if (const auto* act = std::get_if<DeclaredAct>(&payload)) return act->type;
    return std::string(nameOf(static_cast<MessageType>(payload.index())));
}

MessageType typeOf(std::string_view typeName) {
    return valueOf<MessageType>(typeName).value_or(MessageType::DeclaredAct);
}

bool isTypeName(std::string_view name) {
    return !name.empty() && name.front() >= 'A' && name.front() <= 'Z' &&
           isFreeName(memberNameOf(name));
}

std::string memberNameOf(std::string_view typeName) {
    std::string name(typeName);
    if (!name.empty() && name.front() >= 'A' && name.front() <= 'Z')
        name.front() = static_cast<char>(name.front() - 'A' + 'a');
    return name;
}

std::string memberNameOf(MessageType type) { return memberNameOf(nameOf(type)); }

std::string elementNameOf(std::string_view memberName) {
    std::string name(memberName);
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

Payload emptyPayload(MessageType type) {
    return emptyAt(static_cast<std::size_t>(type),
                   std::make_index_sequence<std::variant_size_v<Payload>>());
}

}  // namespace gateway::model
