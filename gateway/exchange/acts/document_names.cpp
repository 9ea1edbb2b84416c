#include "gateway/exchange/acts/document_names.h"

#include <algorithm>
#include <utility>

#include "gateway/document/digest.h"
#include "gateway/exchange/acts/document_effect.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {

using model::DocumentTransfer;

std::vector<EarlierName> earlierNamesIn(const DocumentTransfer& document) {
    const std::string message = "documentTransfer/";
    std::vector<EarlierName> found;
    const auto effect = effectOf(document.business);
    if (effect.standing == EarlierStanding::AsBefore) return found;
    for (const auto& one : document.replaces)
        if (effect.namesSeveral)
            found.push_back({one.documentId,
                             message + "replaces/" +
                                 std::to_string(&one - document.replaces.data()) + "/documentId",
                             one.agencies});
    if (!found.empty()) return found;
    // Without another one it speaks of its own.
    const bool own = document.earlierId.empty();
    return {{own ? document.documentId : document.earlierId,
             message + (own ? "documentId" : "earlierId"),
             {}}};
}

store::DocumentName documentNameOf(const DocumentTransfer& document) {
    // A file may be enclosed the first time and named by its digest the second.
    auto said = document;
    for (auto& file : said.attachments)
        if (!file.sha256.empty()) file.sizeBytes = 0;
    const auto sha256 = document::sha256(mapping::toJson(said)).hex();
    const auto earlier = earlierNamesIn(document);
    const bool ofItsOwn =
        effectOf(document.business).standsItself &&
        std::ranges::find(earlier, document.documentId, &EarlierName::name) == earlier.end();
    if (ofItsOwn) return {document.documentId, sha256};
    return {
        std::string(model::nameOf(document.business)) + ":" + sha256 + ":" + document.documentId,
        sha256};
}

std::optional<base::Result<Decision>> sentBefore(store::Cases& cases, const model::Act& act,
                                                 const DocumentTransfer& document,
                                                 Decision& decision) {
    auto name = documentNameOf(document);
    if (const auto known = cases.findDocument(act.actor, name.name)) {
        if (known->sha256 != name.sha256)
            return base::Problem(base::ErrorCode::CONFLICT_DOCUMENT, "documentTransfer/documentId",
                                 {})
                .with("documentId", document.documentId)
                .with("receiptId", known->receiptId);
        Decision linked;
        linked.verdict = Verdict::Linked;
        linked.events.push_back(model::eventBy(act, model::EventType::TransferLinked, {}));
        linked.notes.push_back(std::string(kReceivedBefore) + known->receiptId);
        if (!known->endedBy.empty())
            linked.notes.push_back(std::string(kStandsNoMore) + known->endedBy);
        return linked;
    }
    decision.document = std::move(name);
    return std::nullopt;
}

}  // namespace gateway::exchange
