#pragma once
// By what a document that is delivered twice, in messages with other ids, is known again.

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/model/messages/document_transfer.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// An earlier document on which another one acts, where that names it, and the agencies for which
/// alone it does so (none: for all).
struct EarlierName {
    std::string name, path;
    std::vector<std::string> agencies;
};
[[nodiscard]] std::vector<EarlierName> earlierNamesIn(const model::DocumentTransfer& document);

/// Its sender's id and the digest of all that it says, files by theirs; nothing of the message
/// around it. What acts on the document of its own id, and a withdrawal, which is no document to be
/// acted on, is told apart by its content as well.
[[nodiscard]] store::DocumentName documentNameOf(const model::DocumentTransfer& document);

/// Nothing: it is new, and `decision` has its name. Or how one that the actor has sent before is
/// answered.
[[nodiscard]] std::optional<base::Result<Decision>> sentBefore(
    store::Cases& cases, const model::Act& act, const model::DocumentTransfer& document,
    Decision& decision);

}  // namespace gateway::exchange
