#pragma once
// What the gateway itself records in the log: operators' acts, the ends of deliveries, what the
// clock says, and what an act of one case is in another.

#include <string>

#include "gateway/document/tree.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/model/cases/event.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// Types of our own messages, as they stand in the log.
inline constexpr const char* kOperatorAct = "OperatorAct";
inline constexpr const char* kDeliveryFailure = "DeliveryFailure";
inline constexpr const char* kTermsTold = "TermsTold";
inline constexpr const char* kSaidElsewhere = "SaidElsewhere";

/// Whether a message of the log is our own word, which is its own receipt.
[[nodiscard]] inline bool isOwnWord(const std::string& messageType) {
    return messageType == kOperatorAct || messageType == kDeliveryFailure ||
           messageType == kTermsTold || messageType == kSaidElsewhere;
}

/// What of an own message is the author's to say; the rest follows.
struct OwnWord {
    std::string messageId, messageType;
    std::string channel;   ///< "operator", or "gateway" for what it has done by itself
    std::string sealType;  ///< `typ` of the JWS
    document::Node payload;
    model::Event event;  ///< its contentSha256 is set here
};

/// The message of the log: sealed, with its event. Case and version are the caller's, who calls
/// finish() last. Pure but for the seal.
[[nodiscard]] store::MessageRecord ownMessage(const Identity& identity, const EvidenceSeal& seal,
                                              OwnWord word, base::Timestamp now);
/// Sets what depends on all else.
void finish(store::MessageRecord& message);

}  // namespace gateway::exchange
