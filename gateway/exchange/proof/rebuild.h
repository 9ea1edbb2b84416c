#pragma once
// Folds everything anew from the log and compares it with what the store keeps (promise P2).

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/exchange/proof/receipt_audit.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// The outcome. Differences name their kind, message or case, and member; values only where they
/// are no personal data. At most 100, then one line that says how many more there are.
struct RebuildReport {
    std::int64_t messages = 0, cases = 0;
    std::int64_t archived = 0;   ///< messages whose bodies lie in archives, and were not read
    std::int64_t parked = 0;     ///< messages that, by the log, still wait for their ruling
    std::int64_t unvouched = 0;  ///< receipts behind which none of the known seals stands
    std::vector<std::string> differences;
    [[nodiscard]] bool clean() const noexcept { return differences.empty(); }
};

/// Proves that the store is what its log makes of it. Compared, each with what the log gives:
///  - log: positions without a gap; each row's entry hash and body digest; each receipt's words
///    with its row, and its seal (receipt_audit.h); the versions of each case in order;
///  - cases: the whole row (all columns and the snapshot), its agencies with their roles, the name
///    it is called by; a case without a row, a row without messages, a name the log does not give;
///  - parked messages: who waits, under which number and date;
///  - documents: what they are called, who has them, what has ended them (document_audit.h);
///  - outbox: every delivery that an act implies, with recipient, case, type, time, content and
///    the digest of rendered bytes; deliveries that no act implies (delivery_audit.h).
/// NOT compared, because the log alone does not give it: the signature on a message's body (judged
/// at the door; its digest is), messages cut off the end of the log that left no other trace, the
/// court code a message is parked under, what delivery_audit.h leaves out (successors of ended
/// agencies, the text of letters), how far deliveries have got and partners' receipts for them,
/// attachments, refusals, the read audit.
///
/// Reads only, in pages; keeps the ids of cases, the names of documents and 24 bytes for each
/// delivery. Beside a running gateway a case or parked message that changed between two reads may
/// be reported; a backup copy stands still. Unreadable rows are differences, never exceptions.
[[nodiscard]] RebuildReport rebuild(store::Cases& cases, store::Outbox& outbox,
                                    const KnownSeals& seals = {});

}  // namespace gateway::exchange
