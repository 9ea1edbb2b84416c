#pragma once
// What an operator did, recorded like everything else: signed, in the log, with a name.

#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/document/tree.h"
#include "gateway/exchange/bell.h"
#include "gateway/exchange/identity.h"
#include "gateway/exchange/snapshot.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Performs and records operators' acts on deliveries. Each act becomes a message of the gateway
/// itself, sealed with its key and naming the operator, before it takes effect. Thread-safe;
/// throws store::StoreFault only.
class OperatorActs {
  public:
    OperatorActs(Identity identity, const Snapshots& snapshots, store::Ledger& ledger,
                 store::Outbox& outbox, Bell& bell, const base::Clock& clock) :
        identity_(std::move(identity)),
        snapshots_(snapshots),
        ledger_(ledger),
        outbox_(outbox),
        bell_(bell),
        clock_(clock) {}

    /// Records an act with its named details (a JSON object); gives its message id.
    std::string record(const std::string& operatorName, const std::string& act,
                       document::Node details);

    /// Sends a dead item again from the start of its back-off, and asks before where the partner
    /// can be asked: an attempt before may have arrived. The error says why not (English).
    /// A refused one has its recipient's signed word, and the same bytes may get no other
    /// (protocol.md section 7): its author corrects it by a new message.
    [[nodiscard]] base::Result<base::Done, std::string> resend(const std::string& operatorName,
                                                               const std::string& itemId,
                                                               const std::string& reason);

  private:
    Identity identity_;
    const Snapshots& snapshots_;
    store::Ledger& ledger_;
    store::Outbox& outbox_;
    Bell& bell_;
    const base::Clock& clock_;
};

}  // namespace gateway::exchange
