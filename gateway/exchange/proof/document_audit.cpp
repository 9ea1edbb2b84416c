#include "gateway/exchange/proof/document_audit.h"

#include <algorithm>

#include "gateway/exchange/desk/bounded_words.h"
#include "gateway/exchange/records/decision.h"

namespace gateway::exchange {
namespace {

std::string nameOf(const store::MessageRecord& message) {
    return "message " + message.agency + " " + message.messageId;
}

std::string joined(const std::vector<std::string>& codes) {
    std::string text;
    for (const auto& code : codes) text.append(text.empty() ? "" : " ").append(code);
    return text;
}

bool saysMore(const std::string& note) { return note.starts_with(kUnnamedWords); }

}  // namespace

void DocumentAudit::received(const store::MessageRecord& message, const model::Event& event,
                             const ReceiptWords* words) {
    receipts_.insert(message.receiptId);
    // A withdrawal, an update or a replacement names what came before it.
    if (words)
        for (const auto& note : words->notes) {
            const auto colon = note.rfind(':');
            if (note.starts_with(kDoneToDocument) && colon != std::string::npos &&
                !receipts_.contains(note.substr(colon + 1)))
                differ_(nameOf(message) + ": acts on a document that was not received before it");
        }
    if (event.document)
        stand(message, *event.document);
    else
        before_.insert(message.receiptId);
}

void DocumentAudit::stand(const store::MessageRecord& message,
                          const model::DocumentRecord& record) {
    const bool isNew = standing_
                           .try_emplace({message.agency, record.name},
                                        store::KnownDocument{record.sha256, message.messageId,
                                                             message.receiptId, record.told})
                           .second;
    if (!isNew) differ_(nameOf(message) + ": brings a document that its sender had brought before");
    for (const auto& change : record.earlier) {
        const auto found = standing_.find({change.agency, change.name});
        if (found == standing_.end()) continue;  // brought before the log said so
        auto& stands = found->second;
        if (!stands.endedBy.empty())
            differ_(nameOf(message) + ": acts on a document that stood no more");
        stands.told = change.told;
        stands.endedBy = change.ends ? message.receiptId : std::string();
        ++stands.version;
    }
}

void DocumentAudit::repeated(const store::MessageRecord& message, const ReceiptWords& words) {
    const auto named = [&](const std::string& note) {
        return note.starts_with(kReceivedBefore) &&
               receipts_.contains(note.substr(kReceivedBefore.size()));
    };
    if (std::ranges::none_of(words.notes, named) && std::ranges::none_of(words.notes, saysMore))
        differ_(nameOf(message) + ": names no document that was received before it");
}

void DocumentAudit::compare(const Name& name, const store::KnownDocument& kept) {
    const auto which = "document of message " + name.first + " " + kept.messageId + ": ";
    const auto found = standing_.find(name);
    if (found == standing_.end()) {
        if (!before_.contains(kept.receiptId)) differ_(which + "no message in the log brings it");
        return;
    }
    const auto same = [&](const char* member, const std::string& is, const std::string& want) {
        if (is != want) differ_(which + member + " is '" + is + "', by the log '" + want + "'");
    };
    const auto& wanted = found->second;
    same("sha256", kept.sha256, wanted.sha256);
    same("message_id", kept.messageId, wanted.messageId);
    same("receipt_id", kept.receiptId, wanted.receiptId);
    same("told", joined(kept.told), joined(wanted.told));
    same("ended_by", kept.endedBy, wanted.endedBy);
    same("version", std::to_string(kept.version), std::to_string(wanted.version));
    standing_.erase(found);
}

void DocumentAudit::finish(store::Cases& cases) {
    cases.forEachDocument([this](const std::string& agency, const std::string& name,
                                 const store::KnownDocument& kept) {
        return compare({agency, name}, kept), true;
    });
    for (const auto& [name, missing] : standing_)
        differ_("document of message " + name.first + " " + missing.messageId +
                ": the log names it, but it has no row");
}

}  // namespace gateway::exchange
