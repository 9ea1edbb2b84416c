#pragma once
// The recipient's signed word on a delivery, judged the same for a push's answer and a mailbox.

#include <optional>

#include "gateway/exchange/desk/reception.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// What the word means for the item.
struct DeliveryWord {
    store::OutboxState state{};  ///< Delivered or Refused
    std::string reason;
    Refused sender;  ///< who said it in which message; no problems
};

/// Verifies a DeliveryReceipt (signer = the recipient or its successor, item and digest of the
/// bytes we delivered, but for an item of a restored store whose bytes were lost) and tells its
/// meaning. Thread-safe.
class DeliveryVerdict {
  public:
    DeliveryVerdict(Identity identity, const base::Limits& limits) :
        reception_(std::move(identity), limits) {}

    [[nodiscard]] base::Result<DeliveryWord, Refused> judge(const Inbound& inbound,
                                                            const store::OutboxItem& item) const;

  private:
    Reception reception_;
};

}  // namespace gateway::exchange
