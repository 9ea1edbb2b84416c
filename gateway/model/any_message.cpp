#include "gateway/model/any_message.h"

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

std::string memberNameOf(MessageType type) {
    std::string name(nameOf(type));
    name.front() = static_cast<char>(name.front() - 'A' + 'a');
    return name;
}

Payload emptyPayload(MessageType type) {
    return emptyAt(static_cast<std::size_t>(type),
                   std::make_index_sequence<std::variant_size_v<Payload>>());
}

}  // namespace gateway::model
