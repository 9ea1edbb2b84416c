#include "gateway/exchange/acts/document_names.h"

#include <utility>

#include "gateway/document/digest.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {

store::DocumentName documentNameOf(const model::DocumentTransfer& document) {
    // A file may be enclosed the first time and named by its digest the second.
    auto said = document;
    for (auto& file : said.attachments)
        if (!file.sha256.empty()) file.sizeBytes = 0;
    const auto sha256 = document::sha256(mapping::toJson(said)).hex();
    if (document.business == model::DocumentBusiness::New) return {document.documentId, sha256};
    return {
        std::string(model::nameOf(document.business)) + ":" + sha256 + ":" + document.documentId,
        sha256};
}

std::optional<base::Result<Decision>> sentBefore(store::Cases& cases, const model::Act& act,
                                                 const model::DocumentTransfer& document,
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
        return linked;
    }
    decision.document = std::move(name);
    // The sender's free text: its place is named instead.
    if (!document.earlierId.empty() && !cases.findDocument(act.actor, document.earlierId))
        decision.notes.push_back(std::string(kEarlierUnknown) + "documentTransfer/earlierId");
    return std::nullopt;
}

}  // namespace gateway::exchange
