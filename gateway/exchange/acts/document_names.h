#pragma once
// By what a document that is delivered twice, in messages with other ids, is known again.

#include <optional>
#include <string>

#include "gateway/base/result.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/model/messages/document_transfer.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Its sender's id and the digest of all that it says, files by theirs; nothing of the message
/// around it. What does something to an earlier document is told apart by its content as well.
[[nodiscard]] store::DocumentName documentNameOf(const model::DocumentTransfer& document);

/// Nothing: it is new, and `decision` has its name and a note if what it speaks of was never sent.
/// Or how one that `agency` has sent before is answered.
[[nodiscard]] std::optional<base::Result<Decision>> sentBefore(
    store::Cases& cases, const model::Act& act, const model::DocumentTransfer& document,
    Decision& decision);

}  // namespace gateway::exchange
