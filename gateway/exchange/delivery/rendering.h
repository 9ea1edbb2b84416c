#pragma once
// Turns an outbox item into the bytes that are delivered: once, then kept (design, step 11).

#include <string>
#include <vector>

#include "gateway/base/memory_account.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/model/questions/any_message.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// There is no room to render it now: says nothing about the item, which is tried again later and
/// spends no attempt.
class RenderingPutOff final : public base::Fault {
  public:
    using base::Fault::Fault;
};

/// What is stored of it, or of what it encloses, is no longer what was recorded: it must not be
/// sealed or sent, now or later.
class DeliveryDamaged final : public base::Fault {
  public:
    using base::Fault::Fault;
};

/// Renders in the recipient's format, with the attachments put back and the author's original
/// bytes enclosed, sealed by us as translator. Its `leftOut` names what that format does not
/// carry of it; a format without a place for that leaves the names in the operator's log.
/// What it makes is held in the recipient's name; an item heavier than half of a recipient's share
/// counts as that half, so that each can be rendered, two at a time.
/// Stateless but for its references; thread-safe.
class Rendering {
  public:
    Rendering(Identity identity, store::Ledger& ledger, store::Cases& cases, store::Outbox& outbox,
              const base::MemoryAccount& memory) :
        identity_(std::move(identity)),
        ledger_(ledger),
        cases_(cases),
        outbox_(outbox),
        memory_(memory) {}

    /// The item with its rendered bytes; renders and stores them if that has not happened yet.
    /// An item that cannot be rendered throws base::Fault: our own error, an operator's alarm; one
    /// that cannot be now throws RenderingPutOff. Content, files and the author's bytes are held
    /// against their digests before they are sealed: DeliveryDamaged.
    [[nodiscard]] store::OutboxItem rendered(const Snapshot& snapshot, store::OutboxItem item);

  private:
    class Weight;
    [[nodiscard]] store::OutboxItem renderedAnew(const Snapshot& snapshot, store::OutboxItem item);
    /// `files`: digests of what was put back.
    [[nodiscard]] model::Message contentOf(const store::OutboxItem& item, Weight& weight,
                                           std::vector<std::string>& files);
    [[nodiscard]] document::Node namingLeftOut(const Snapshot& snapshot, model::Message message,
                                               const OutwardForm& form,
                                               const store::OutboxItem& item) const;
    [[nodiscard]] OutwardForm formFor(const Snapshot& snapshot, const trust::Partner& partner,
                                      const model::Message& message,
                                      const store::OutboxItem& item) const;
    Identity identity_;
    store::Ledger& ledger_;
    store::Cases& cases_;
    store::Outbox& outbox_;
    const base::MemoryAccount& memory_;
};

}  // namespace gateway::exchange
