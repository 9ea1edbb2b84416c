#include "gateway/exchange/acts/transfer_undo.h"

#include <set>

#include "gateway/base/ids.h"
#include "gateway/base/limits.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/own_message.h"

namespace gateway::exchange {
namespace {

using Undone = base::Result<TransferUndo::Recorded, std::string>;

document::Node payloadOf(const std::string& id, const std::string& operatorName,
                         const std::string& caseId, const std::string& reason,
                         base::Timestamp now) {
    document::Node details = document::objectNode("details");
    details.children.push_back(document::stringNode("case", caseId));
    details.children.push_back(document::stringNode("reason", reason));
    document::Node root = document::objectNode();
    root.children.push_back(document::stringNode("id", id));
    root.children.push_back(document::stringNode("operator", operatorName));
    root.children.push_back(document::stringNode("act", "undo-transfer"));
    root.children.push_back(document::stringNode("at", base::formatTimestamp(now)));
    root.children.push_back(std::move(details));
    return root;
}

}  // namespace

// Each agency of the case, or whoever has its business today, if it may be written to at all.
std::vector<std::string> TransferUndo::toBeTold(const Snapshot& snapshot,
                                                const model::CaseFile& file,
                                                base::Timestamp now) const {
    const auto& directory = snapshot.reference->directory();
    std::set<std::string> told;
    for (const auto& one : agenciesOf(file)) {
        const auto* holder = directory.holderOn(one.agency, base::vietnamDate(now));
        const auto& code = holder ? holder->code : one.agency;
        if (snapshot.registry->partner(code) &&
            snapshot.reference->rights().mayReceive(code, model::MessageType::DocumentTransfer, {},
                                                    now))
            told.insert(code);
    }
    return {told.begin(), told.end()};
}

Undone TransferUndo::undo(const std::string& operatorName, const std::string& caseId,
                          const std::string& reason) {
    const auto now = clock_.now();
    const auto id = base::newId("act", now);
    const auto snapshot = snapshots_.current();
    for (int attempt = 0; attempt < base::kCaseVersionRetries; ++attempt) {
        const auto kept = cases_.find(caseId);
        if (!kept) return std::string("no such case");
        auto file = caseFileOf(*kept);
        if (file.undoneOn) return std::string("its transfer was undone before");
        OwnWord word;
        word.messageId = id;
        word.messageType = kOperatorAct;
        word.channel = "operator";
        word.sealType = "thahc-operator-act+json";
        word.payload = payloadOf(id, operatorName, caseId, reason, now);
        auto& event = word.event;
        event.type = model::EventType::TransferUndone;
        event.happenedOn = base::vietnamDate(now);
        event.recordedAt = now;
        event.actor = identity_.address();
        event.messageId = id;
        event.contentSha256 = document::sha256(document::writeJson(word.payload)).hex();
        event.caseId = caseId;
        event.undo = model::TransferUndo{reason, toBeTold(*snapshot, file, now)};
        fold(file, event);
        file.version = kept->version + 1;

        store::Acceptance acceptance;
        acceptance.evenIfShort = true;
        for (const auto& recipient : event.undo->told)
            acceptance.outbox.push_back(notifications_.transferUndone(recipient, file, event));
        acceptance.message = ownMessage(identity_, *snapshot->seal, word, now);
        acceptance.message.caseId = caseId;
        acceptance.message.caseVersion = file.version;
        acceptance.expectedVersion = kept->version;
        acceptance.caseAfter = recordOf(file);
        acceptance.freedAliases.push_back({kept->court, kept->number, kept->issuedOn});
        finish(acceptance.message);
        const auto outcome = ledger_.accept(acceptance);
        if (std::holds_alternative<store::VersionMoved>(outcome)) continue;
        GW_CHECK(std::holds_alternative<store::Stored>(outcome));
        for (const auto& recipient : event.undo->told) bell_.ring(recipient);
        return Recorded{id};
    }
    return std::string("the case changes too fast; try again");
}

}  // namespace gateway::exchange
