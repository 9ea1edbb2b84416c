#pragma once
// A message of any type: envelope and payload together, and how a payload is named.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "gateway/model/messages/declared_act.h"
#include "gateway/model/messages/document_transfer.h"
#include "gateway/model/messages/message.h"
#include "gateway/model/questions/inquiry.h"
#include "gateway/model/questions/work_list.h"

namespace gateway::model {

using Payload = std::variant<JudgmentTransfer, DocumentTransfer, MonitoringQuery, StatisticsQuery,
                             MonitoringResult, QueryAnswer, StatisticsAnswer, WorkListQuery,
                             BreachQuery, TermList, DeliveryReceipt, Ping, DeclaredAct>;

/// The payload alternatives stand in the order of MessageType.
struct Message {
    Envelope envelope;
    Payload payload;
    std::optional<Delivery> delivery;  ///< canonical member "delivery"; only on what we deliver
};

/// What a message is called: its type, or that of the declared act.
[[nodiscard]] std::string typeNameOf(const Payload& payload);

/// The type of a message that is called so: of any unknown name, a declared act.
[[nodiscard]] MessageType typeOf(std::string_view typeName);

/// Whether a message could be called so: one that has a class, or an act, also of a law that has
/// gone.
[[nodiscard]] bool isTypeName(std::string_view name);

/// The member name of a payload in canonical JSON (lower-case first letter), e.g.
/// "judgmentTransfer"; the XML element is the type's own name.
[[nodiscard]] std::string memberNameOf(std::string_view typeName);
[[nodiscard]] std::string memberNameOf(MessageType type);

/// The other way: the name of the XML element of a member.
[[nodiscard]] std::string elementNameOf(std::string_view memberName);

/// An empty payload of that type.
[[nodiscard]] Payload emptyPayload(MessageType type);

}  // namespace gateway::model
