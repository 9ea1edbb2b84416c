#pragma once
// A message of any type: envelope and payload together, and how a payload is named.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "gateway/model/document_transfer.h"
#include "gateway/model/inquiry.h"
#include "gateway/model/message.h"

namespace gateway::model {

using Payload =
    std::variant<JudgmentTransfer, TransferAcknowledgement, VoluntaryNotice, NoticeAcknowledgement,
                 StatusReport, CompletionReport, DocumentTransfer, MonitoringQuery, StatisticsQuery,
                 MonitoringResult, QueryAnswer, StatisticsAnswer, DeliveryReceipt, Ping>;

/// The payload alternatives stand in the order of MessageType.
struct Message {
    Envelope envelope;
    Payload payload;
    std::optional<Delivery> delivery;  ///< canonical member "delivery"; only on what we deliver
};

/// The member name of a payload in canonical JSON (lower-case first letter), e.g.
/// "judgmentTransfer"; the XML element is the type's own name.
[[nodiscard]] std::string memberNameOf(MessageType type);

/// An empty payload of that type.
[[nodiscard]] Payload emptyPayload(MessageType type);

}  // namespace gateway::model
