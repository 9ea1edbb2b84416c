#pragma once
// Turns an outbox item into the bytes that are delivered: once, then kept (design, step 11).

#include "gateway/exchange/evidence.h"
#include "gateway/exchange/identity.h"
#include "gateway/exchange/snapshot.h"
#include "gateway/model/any_message.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Renders in the recipient's format, with the attachments put back and the author's original
/// bytes enclosed, sealed by us as translator. Its `leftOut` names what that format does not
/// carry of it; a format without a place for that leaves the names in the operator's log.
/// Stateless but for its references; thread-safe.
class Rendering {
  public:
    Rendering(Identity identity, store::Ledger& ledger, store::Cases& cases,
              store::Outbox& outbox) :
        identity_(std::move(identity)), ledger_(ledger), cases_(cases), outbox_(outbox) {}

    /// The item with its rendered bytes; renders and stores them if that has not happened yet.
    /// An item that cannot be rendered throws base::Fault: our own error, an operator's alarm.
    [[nodiscard]] store::OutboxItem rendered(const Snapshot& snapshot, store::OutboxItem item);

  private:
    [[nodiscard]] model::Message contentOf(const store::OutboxItem& item);
    [[nodiscard]] document::Node namingLeftOut(model::Message message, const mapping::Plan& plan,
                                               const store::OutboxItem& item) const;
    Identity identity_;
    store::Ledger& ledger_;
    store::Cases& cases_;
    store::Outbox& outbox_;
};

}  // namespace gateway::exchange
