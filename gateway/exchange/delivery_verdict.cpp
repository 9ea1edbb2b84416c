#include "gateway/exchange/delivery_verdict.h"

namespace gateway::exchange {

using base::ErrorCode;
using base::Problem;

base::Result<DeliveryWord, Refused> DeliveryVerdict::judge(const Inbound& inbound,
                                                           const store::OutboxItem& item) const {
    auto received = reception_.receive(inbound, Reception::Purpose::DeliveryReceipt);
    if (!received) return std::move(received).error();
    const auto& agency = received->verified.signerAgency;
    const auto& word = std::get<model::DeliveryReceipt>(received->message.payload);
    Refused refused;
    refused.signerAgency = agency;
    refused.signerSha256 = received->verified.signerCertificate->fingerprint().hex();
    refused.messageId = received->message.envelope.id;
    refused.messageType = nameOf(received->message.envelope.type);
    const auto today = base::vietnamDate(inbound.receivedAt);
    const auto own = inbound.snapshot->reference->directory().closure(agency, today);
    if (agency != item.recipient && !own.contains(item.recipient))
        refused.problems.push_back(Problem(ErrorCode::FORBIDDEN_CASE).with("agency", agency));
    // What the item is, only its recipient is told.
    if (!refused.problems.empty()) return refused;
    if (word.item != item.itemId)
        refused.problems.push_back(Problem(ErrorCode::MAPPING_VALUE, "deliveryReceipt/item", {})
                                       .with("value", word.item)
                                       .with("expected", item.itemId));
    if (word.deliveredSha256 != item.renderedSha256)
        refused.problems.push_back(
            Problem(ErrorCode::MAPPING_VALUE, "deliveryReceipt/deliveredSha256", {})
                .with("value", word.deliveredSha256)
                .with("expected", item.renderedSha256));
    if (!refused.problems.empty()) return refused;
    if (word.verdict == model::DeliveryVerdict::Accepted)
        return DeliveryWord{store::OutboxState::Delivered, {}, std::move(refused)};
    return DeliveryWord{store::OutboxState::Refused, word.reason, std::move(refused)};
}

}  // namespace gateway::exchange
