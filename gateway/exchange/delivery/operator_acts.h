#pragma once
// What an operator did, recorded like everything else: signed, in the log, with a name.

#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/document/tree.h"
#include "gateway/exchange/delivery/delivery_ends.h"
#include "gateway/exchange/desk/bell.h"
#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Performs and records operators' acts on deliveries. Each act becomes a message of the gateway
/// itself, sealed with its key and naming the operator, before it takes effect. What an operator
/// writes has been bounded by the caller (base::kOperatorWords). The errors say why not (English).
/// Thread-safe; throws store::StoreFault and StoreBusy only.
class OperatorActs {
  public:
    OperatorActs(Identity identity, const Snapshots& snapshots, store::Ledger& ledger,
                 store::Outbox& outbox, DeliveryEnds& ends, Bell& bell, const base::Clock& clock) :
        identity_(std::move(identity)),
        snapshots_(snapshots),
        ledger_(ledger),
        outbox_(outbox),
        ends_(ends),
        bell_(bell),
        clock_(clock) {}

    struct MessageKey {
        std::string agency, messageId;
    };

    /// Records an act with its named details (a JSON object); gives its message id.
    std::string record(const std::string& operatorName, const std::string& act,
                       document::Node details);

    struct ReadingNoted {
        std::string messageId;  ///< of the act
        std::size_t differences = 0;
    };
    /// Records in its case that a kept message reads otherwise by that version (ID@VERSION), and in
    /// which fields. Nothing else changes: what the case knows, its author corrects. Once for each
    /// message and version.
    [[nodiscard]] base::Result<ReadingNoted, std::string> noteReading(
        const std::string& operatorName, store::Cases& cases, const MessageKey& message,
        const std::string& mapping, const std::string& reason);

    using Done = base::Result<base::Done, std::string>;

    /// Sends a dead item again from the start of its back-off, and asks before where the partner
    /// can be asked: an attempt before may have arrived.
    /// A refused one has its recipient's signed word, and the same bytes may get no other
    /// (protocol.md section 7): its author corrects it by a new message.
    [[nodiscard]] Done resend(const std::string& operatorName, const std::string& itemId,
                              const std::string& reason);

    struct SentAgain {
        std::size_t items = 0;
        bool more = false;  ///< base::kSentAgainAtOnce were sent; call again
    };
    /// The same for all dead items that fit, one act for all, in order of recording: each case
    /// goes on where it stopped. Refused ones are never among them.
    [[nodiscard]] SentAgain resendAll(const std::string& operatorName,
                                      store::DeadLetterFilter filter, const std::string& reason);

    /// Keeps a note to an item, whatever its state.
    [[nodiscard]] Done addNote(const std::string& operatorName, const std::string& itemId,
                               const std::string& text);

    /// Closes a dead or refused item for good: it was served by another way, or need not be. The
    /// case shows it, its author is told, and what the item held goes on.
    [[nodiscard]] Done settle(const std::string& operatorName, const std::string& itemId,
                              model::DeliveryOutcome outcome, const std::string& reason);

  private:
    [[nodiscard]] document::Node payloadOf(const std::string& messageId,
                                           const std::string& operatorName, const std::string& act,
                                           document::Node details, base::Timestamp now) const;
    [[nodiscard]] OwnWord wordOf(std::string messageId, const std::string& operatorName,
                                 const std::string& act, document::Node details,
                                 base::Timestamp now) const;
    [[nodiscard]] bool open(const store::OutboxItem& item);
    void note(const std::string& operatorName, const std::string& itemId, const std::string& text);

    Identity identity_;
    const Snapshots& snapshots_;
    store::Ledger& ledger_;
    store::Outbox& outbox_;
    DeliveryEnds& ends_;
    Bell& bell_;
    const base::Clock& clock_;
};

}  // namespace gateway::exchange
