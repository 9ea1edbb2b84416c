// OperatorActs: that a kept message reads otherwise by another version of its mapping.

#include "gateway/base/ids.h"
#include "gateway/base/limits.h"
#include "gateway/document/digest.h"
#include "gateway/exchange/delivery/operator_acts.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/rereading.h"

namespace gateway::exchange {
namespace {

using document::Node;

constexpr std::size_t kDifferencesNamed = 200;

void add(Node& node, const char* name, const std::string& value) {
    node.children.push_back(document::stringNode(name, value));
}

Node mappingNode(const char* name, const std::string& id, const std::string& sha256) {
    Node node = document::objectNode(name);
    add(node, "mapping", id);
    add(node, "sha256", sha256);
    return node;
}

Node detailsOf(const store::MessageRecord& kept, const Reread& reread, const std::string& reason) {
    Node details = document::objectNode();
    add(details, "agency", kept.agency);
    add(details, "messageId", kept.messageId);
    add(details, "receipt", kept.receiptId);
    if (!kept.caseId.empty()) add(details, "case", kept.caseId);
    details.children.push_back(mappingNode("was", reread.wasId, reread.wasSha256));
    details.children.push_back(
        mappingNode("becomes", reread.by->name(), reread.by->digest().hex()));
    Node list = document::arrayNode("differences");
    for (const auto& difference : reread.differences) {
        if (list.children.size() == kDifferencesNamed) break;
        Node node = document::objectNode();
        add(node, "path", difference.path);
        if (difference.was) add(node, "was", *difference.was);
        if (difference.becomes) add(node, "becomes", *difference.becomes);
        list.children.push_back(std::move(node));
    }
    const auto more = reread.differences.size() - list.children.size();
    details.children.push_back(std::move(list));
    if (more > 0)
        details.children.push_back(document::numberNode("moreDifferences", std::to_string(more)));
    add(details, "reason", reason);
    return details;
}

}  // namespace

base::Result<OperatorActs::ReadingNoted, std::string> OperatorActs::noteReading(
    const std::string& operatorName, store::Cases& cases, const MessageKey& message,
    const std::string& mapping, const std::string& reason) {
    const auto snapshot = snapshots_.current();
    const auto kept = ledger_.findWhole(message.agency, message.messageId);
    if (!kept) return std::string("no such message");
    const auto reread = Rereading(*snapshot, identity_).message(*kept, mapping);
    if (!reread)
        return std::string("it was not read by a mapping of that id, or none is called so");
    if (reread->verdict != RereadVerdict::Differs)
        return "nothing to record: " + std::string(model::nameOf(reread->verdict));
    const auto now = clock_.now();
    // The same for the same reading, whoever records it.
    const auto id = base::derivedId("act", document::FieldDigest()
                                               .add("reread")
                                               .add(message.agency)
                                               .add(message.messageId)
                                               .add(reread->by->digest().view())
                                               .finish()
                                               .view());
    const auto details = detailsOf(*kept, *reread, reason);
    for (int attempt = 0; attempt < base::kCaseVersionRetries; ++attempt) {
        auto word = wordOf(id, operatorName, "reread", details, now);
        word.event.caseId = kept->caseId;
        store::Acceptance acceptance;
        acceptance.evenIfShort = true;
        acceptance.message = ownMessage(identity_, *snapshot->seal, std::move(word), now);
        if (const auto row = kept->caseId.empty() ? std::nullopt : cases.find(kept->caseId)) {
            auto file = caseFileOf(*row);
            acceptance.expectedVersion = row->version;
            acceptance.message.caseVersion = file.version = row->version + 1;
            acceptance.caseAfter = recordOf(file);
        }
        finish(acceptance.message);
        const auto outcome = ledger_.accept(acceptance);
        if (std::holds_alternative<store::VersionMoved>(outcome)) continue;
        if (std::holds_alternative<store::Stored>(outcome))
            return ReadingNoted{id, reread->differences.size()};
        return std::string("it was recorded before: ") + id;
    }
    return std::string("the case changes too fast; try again");
}

}  // namespace gateway::exchange
