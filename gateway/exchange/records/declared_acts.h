#pragma once
// Acts in a case, whatever they came as: the messages that have classes of their own, events of
// before acts were declared, and those that are known by their declaration alone.

#include <optional>

#include "gateway/law/acts/act_declaration.h"
#include "gateway/model/cases/event.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {

/// Nothing for a message that is no act in a case (a transfer opens one).
[[nodiscard]] std::optional<model::DeclaredAct> declaredOf(const model::Payload& payload);

/// What the event records or, parked, keeps; its attachments without their content.
[[nodiscard]] std::optional<model::DeclaredAct> actOf(const model::Event& event);

}  // namespace gateway::exchange
