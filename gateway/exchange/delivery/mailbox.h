#pragma once
// Pull delivery: for agencies that poll, often from behind a specialised data network.

#include <atomic>
#include <stop_token>

#include "gateway/exchange/delivery/delivery_verdict.h"
#include "gateway/exchange/delivery/rendering.h"
#include "gateway/exchange/desk/bell.h"
#include "gateway/exchange/desk/refusal_desk.h"

namespace gateway::exchange {

/// Shows the oldest open item of each case, at least once, never hidden by a lease; the
/// recipient's signed word closes it. Available, fetched and closed times are recorded.
/// An item that cannot be written in its recipient's format counts an attempt, is left alone for
/// the pause that a failed push would have, and is a dead letter after Limits::attempts of them:
/// the operator hears of it, and the next item of its case is shown.
/// Thread-safe.
class Mailbox {
  public:
    Mailbox(Rendering& rendering, DeliveryVerdict verdict, store::Ledger& ledger,
            store::Outbox& outbox, const Bell& bell, const base::Clock& clock,
            const base::Limits& limits);

    /// The open items of `agency` as JSON (protocol.md); waits up to `wait` for the first one.
    /// Status 503 when too many others wait. The caller has checked that the channel may read.
    [[nodiscard]] Answer list(const Snapshots& snapshots, const std::string& agency,
                              std::chrono::milliseconds wait, const std::stop_token& stopping);
    /// The delivered bytes of one item, open or closed; 404 if it is not this agency's. Every fetch
    /// is written to the audit of reads before it is answered (promise P8).
    [[nodiscard]] Answer fetch(const Snapshot& snapshot, const trust::Channel& channel,
                               const std::string& agency, const std::string& itemId);
    /// Closes an item with the recipient's signed word; repeating it says the same again, another
    /// verdict is a conflict. What is refused is recorded as refused messages are.
    [[nodiscard]] Answer close(const Inbound& inbound, const std::string& itemId);

  private:
    [[nodiscard]] std::vector<store::OutboxItem> open(const std::string& agency);
    [[nodiscard]] std::vector<store::OutboxItem> await(const std::string& agency,
                                                       std::uint64_t seen,
                                                       std::chrono::milliseconds wait,
                                                       const std::stop_token& stopping);
    /// What became of writing an item.
    enum class Written { Yes, NotNow, GivenUp };
    [[nodiscard]] Written render(const Snapshot& snapshot, store::OutboxItem& item);
    [[nodiscard]] Written unwritable(const store::OutboxItem& item, const std::string& reason,
                                     bool forGood);
    /// The open items that could be written; behind one that is given up its case goes on.
    [[nodiscard]] std::vector<store::OutboxItem> readable(const Snapshot& snapshot,
                                                          const std::string& agency,
                                                          std::vector<store::OutboxItem> items);
    [[nodiscard]] static bool mayRead(const Inbound& inbound, const std::string& recipient);
    [[nodiscard]] Answer repeated(const Inbound& inbound, const store::OutboxItem& item,
                                  DeliveryWord word) const;
    Rendering& rendering_;
    DeliveryVerdict verdict_;
    RefusalDesk refusals_;
    store::Ledger& ledger_;
    store::Outbox& outbox_;
    const Bell& bell_;
    const base::Clock& clock_;
    base::Limits limits_;
    std::atomic<std::size_t> waiting_{0};
};

}  // namespace gateway::exchange
