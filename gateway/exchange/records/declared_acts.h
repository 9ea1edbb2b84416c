#pragma once
// Acts in a case, whatever they came as: messages that have classes of their own, and those that
// are known by their declaration alone.

#include <optional>

#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {

/// Nothing for a message that is no act in a case (a transfer opens one).
[[nodiscard]] std::optional<model::DeclaredAct> declaredOf(const model::Payload& payload);

}  // namespace gateway::exchange
