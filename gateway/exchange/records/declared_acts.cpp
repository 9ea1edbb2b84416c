#include "gateway/exchange/records/declared_acts.h"

#include "gateway/base/fault.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

model::DeclaredAct declared(std::string_view type, const document::Node& member) {
    auto act = mapping::bindDeclared(std::string(type), member);
    GW_CHECK(act.ok());  // a tree of our own
    for (auto& file : act->attachments) file.content.clear();
    return std::move(act).value();
}

}  // namespace

std::optional<model::DeclaredAct> declaredOf(const model::Payload& payload) {
    if (const auto* act = std::get_if<model::DeclaredAct>(&payload)) return *act;
    return std::visit(
        [&payload](const auto& message) -> std::optional<model::DeclaredAct> {
            if constexpr (requires { message.caseReference; } &&
                          !std::is_same_v<std::decay_t<decltype(message)>, model::DeclaredAct>)
                return declared(model::typeNameOf(payload), mapping::toNode(message));
            else
                return std::nullopt;
        },
        payload);
}

}  // namespace gateway::exchange
