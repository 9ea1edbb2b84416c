#include "gateway/exchange/acts/earlier_documents.h"

#include <algorithm>
#include <utility>

#include "gateway/exchange/acts/document_effect.h"
#include "gateway/exchange/acts/document_names.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;

bool has(const std::vector<std::string>& codes, const std::string& code) {
    return std::ranges::find(codes, code) != codes.end();
}

void addOnce(std::vector<std::string>& codes, const std::string& code) {
    if (!has(codes, code)) codes.push_back(code);
}

// As the directory writes it; what it does not know stays.
std::string codeOf(const model::AgencyDirectory& directory, const std::string& written) {
    const auto* agency = directory.find(written);
    return agency ? agency->code : written;
}

model::DocumentRecord recordOf(const store::DocumentName& document) {
    model::DocumentRecord record{document.name, document.sha256, document.told, {}};
    for (const auto& change : document.changes)
        record.earlier.push_back({change.agency, change.name, change.told, change.ends});
    return record;
}

Problem standsNoMore(const EarlierName& named, const store::KnownDocument& known) {
    return Problem(ErrorCode::CONFLICT_DOCUMENT_ENDED, named.path, {})
        .with("documentId", named.name)
        .with("receiptId", known.endedBy);
}

}  // namespace

base::Result<EarlierDocuments> EarlierDocuments::find(const model::AgencyDirectory& directory,
                                                      store::Cases& cases, const model::Act& act,
                                                      const model::DocumentTransfer& document) {
    EarlierDocuments found(document);
    const auto own = directory.closure(act.actor, base::vietnamDate(act.recordedAt)).codes;
    for (const auto& named : earlierNamesIn(document)) {
        Earlier one;
        one.name = named.name;
        for (const auto& code : own) {
            auto known = cases.findDocument(code, named.name);
            if (!known) continue;
            one.agency = code;
            one.known = *std::move(known);
            break;
        }
        if (one.agency.empty())
            return Problem(ErrorCode::DOCUMENT_UNKNOWN, named.path, {})
                .with("documentId", named.name);
        if (!one.known.endedBy.empty()) return standsNoMore(named, one.known);
        for (const auto& code : named.agencies) one.onlyFor.push_back(codeOf(directory, code));
        const auto same = std::ranges::find(found.earlier_, one.name, &Earlier::name);
        if (same == found.earlier_.end())
            found.earlier_.push_back(std::move(one));
        else if (one.onlyFor.empty() || same->onlyFor.empty())
            same->onlyFor.clear();
        else
            for (const auto& code : one.onlyFor) addOnce(same->onlyFor, code);
    }
    for (const auto& receiver : document.receivers)
        if (receiver.change == model::ReceiverChange::Removed)
            found.removed_.push_back(codeOf(directory, receiver.code));
    return found;
}

std::vector<std::string> EarlierDocuments::concerned() const {
    std::vector<std::string> codes;
    for (const auto& one : earlier_)
        for (const auto& code : one.known.told)
            if (one.onlyFor.empty() || has(one.onlyFor, code)) addOnce(codes, code);
    return codes;
}

store::DocumentChange EarlierDocuments::changeOf(const Earlier& earlier,
                                                 const std::vector<std::string>& recipients) const {
    store::DocumentChange change{earlier.agency, earlier.name, earlier.known.version,
                                 earlier.known.told, false};
    auto& told = change.told;
    switch (effectOf(document_->business).standing) {
        case EarlierStanding::AsBefore: break;
        case EarlierStanding::Ended: change.ends = true; break;
        case EarlierStanding::WithOthers:
            std::erase_if(told, [&](const auto& code) { return has(removed_, code); });
            for (const auto& code : recipients)
                if (!has(removed_, code)) addOnce(told, code);
            break;
        case EarlierStanding::EndedForThose:
            // For those who are named alone; for all others it stands as before.
            std::erase_if(told, [&](const auto& code) {
                return earlier.onlyFor.empty() || has(earlier.onlyFor, code);
            });
            change.ends = told.empty();
            break;
    }
    return change;
}

void EarlierDocuments::record(const std::vector<std::string>& recipients,
                              Decision& decision) const {
    if (!decision.document) return;
    decision.document->told = recipients;
    for (const auto& one : earlier_) {
        decision.notes.push_back(std::string(kDoneToDocument) +
                                 std::string(model::nameOf(document_->business)) + ":" +
                                 one.known.receiptId);
        decision.document->changes.push_back(changeOf(one, recipients));
    }
    decision.events.front().document = recordOf(*decision.document);
}

}  // namespace gateway::exchange
