#pragma once
// How a delivery ended that its recipient has not accepted: said in the case, for whom terms run.

#include <string>

#include "gateway/model/messages/message.h"

namespace gateway::model {

enum class DeliveryOutcome {
    Refused,          ///< by the recipient's signed word
    GivenUp,          ///< by the gateway
    ServedOtherwise,  ///< by paper or post, as an operator has recorded
    Dismissed         ///< by an operator: it need not be delivered
};
template <>
struct Names<DeliveryOutcome> {
    static constexpr std::pair<DeliveryOutcome, std::string_view> table[] = {
        {DeliveryOutcome::Refused, "refused"},
        {DeliveryOutcome::GivenUp, "given-up"},
        {DeliveryOutcome::ServedOtherwise, "served-otherwise"},
        {DeliveryOutcome::Dismissed, "dismissed"}};
};

struct DeliveryEnd {
    std::string item;
    std::string recipient;
    std::string messageType;
    std::string sourceAgency, sourceMessageId;
    DeliveryOutcome outcome{};
    std::string reason;  ///< of recipient, gateway or operator; bounded (base::kKeptReason)
    std::string told;    ///< the agency that is told of it; empty = none
};

template <class V>
void describe(V& v, DeliveryEnd& d) {
    v.required("item", d.item);
    v.required("recipient", d.recipient);
    v.required("messageType", d.messageType);
    v.required("sourceAgency", d.sourceAgency);
    v.required("sourceMessageId", d.sourceMessageId);
    v.required("outcome", d.outcome);
    v.optional("reason", d.reason);
    v.optional("told", d.told);
}

}  // namespace gateway::model
