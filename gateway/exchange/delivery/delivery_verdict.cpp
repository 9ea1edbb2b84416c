#include "gateway/exchange/delivery/delivery_verdict.h"

#include "gateway/document/digest.h"
#include "gateway/exchange/delivery/kept_reason.h"

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
    refused.messageType = model::typeNameOf(received->message.payload);
    const auto today = base::vietnamDate(inbound.receivedAt);
    const auto own = inbound.snapshot->reference->directory().closure(agency, today);
    if (agency != item.recipient && !own.contains(item.recipient))
        refused.problems.push_back(Problem(ErrorCode::FORBIDDEN_CASE).with("agency", agency));
    // What the item is, only its recipient is told.
    if (!refused.problems.empty()) return refused;
    const auto mustBe = [&](const char* member, const std::string& given, const std::string& ours) {
        if (given == ours) return;
        auto problem =
            Problem(ErrorCode::MAPPING_VALUE, std::string("deliveryReceipt/") + member, {})
                .with("value", given)
                .inWords("expected",
                         {"tài liệu đã giao có giá trị " + ours, "what was delivered has " + ours});
        refused.problems.push_back(placedIn(*received, std::move(problem)));
    };
    mustBe("item", word.item, item.itemId);
    if (!item.bytesMayDiffer && document::lowerCaseHex(word.deliveredSha256) != item.renderedSha256)
        mustBe("deliveredSha256", word.deliveredSha256, item.renderedSha256);
    if (!refused.problems.empty()) return refused;
    if (word.verdict == model::DeliveryVerdict::Accepted)
        return DeliveryWord{store::OutboxState::Delivered, {}, std::move(refused)};
    return DeliveryWord{store::OutboxState::Refused, keptReason(word.reason), std::move(refused)};
}

}  // namespace gateway::exchange
