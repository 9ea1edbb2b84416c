#include "gateway/app/printing/matter_states.h"

#include <algorithm>

#include "gateway/app/printing/matter_nodes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/records/case_records.h"

namespace gateway::app {
namespace {

using document::Node;
using model::CaseFile;

bool isOpenIn(const law::Process& process, const model::MatterPart& part) {
    const auto* stage = process.stageNamed(part.state);
    return !stage || stage->open;
}

bool isOpen(const law::LawBook& law, const CaseFile& file) {
    const auto& process = law.process(file.matter->subject);
    const auto& parts = file.matter->parts;
    if (!isOpenIn(process, parts.front())) return false;
    return parts.size() == 1 || std::any_of(parts.begin() + 1, parts.end(), [&](const auto& part) {
               return isOpenIn(process, part);
           });
}

bool isOverdue(const CaseFile& file, base::Date today) {
    const auto due = file.firstDue();
    return due && *due < today;
}

bool concerns(const CaseFile& file, const model::SuccessionClosure& office) {
    const auto names = [&office](const std::vector<std::string>& agencies) {
        return std::ranges::any_of(agencies,
                                   [&](const auto& code) { return office.contains(code); });
    };
    return names(file.matter->agencies) ||
           std::ranges::any_of(file.matter->parts,
                               [&](const auto& part) { return names(part.agencies); });
}

Node stateOf(const law::LawBook& law, const CaseFile& file, base::Date today) {
    const auto& matter = *file.matter;
    Node node = document::objectNode();
    addText(node, "file", file.caseId);
    addText(node, "subject", matter.subject);
    addText(node, "vi", law.process(matter.subject).vi);
    if (!matter.caseId.empty()) addText(node, "case", matter.caseId);
    if (!matter.province.empty()) addText(node, "province", matter.province);
    node.children.push_back(textsNode("lead", matter.agencies));
    addText(node, "since", base::formatDate(matter.day));
    node.children.push_back(document::booleanNode("open", isOpen(law, file)));
    node.children.push_back(document::booleanNode("overdue", isOverdue(file, today)));
    if (const auto due = file.firstDue()) addText(node, "dueOn", base::formatDate(*due));
    Node parts = document::arrayNode("parts");
    for (const auto& part : matter.parts)
        parts.children.push_back(partNode(law, file, part, "kind"));
    node.children.push_back(std::move(parts));
    return node;
}

Node actNode(const law::LawBook& law, const store::MessageRecord& message,
             const model::Event& event) {
    Node node = document::objectNode();
    const auto* declared = law.act(event.act->type);
    addText(node, "type", event.act->type);
    addText(node, "vi", declared ? declared->vi : event.act->type);
    addText(node, "by", event.actor);
    if (event.decided && !event.decided->role.empty()) addText(node, "role", event.decided->role);
    addText(node, "message", event.messageId);
    addText(node, "on", base::formatDate(event.happenedOn));
    addText(node, "recordedAt", base::formatTimestamp(event.recordedAt));
    addText(node, "sha256", event.contentSha256);
    addText(node, "signer", message.signerSha256);
    addText(node, "receipt", message.receiptId);
    std::vector<std::string> told;
    if (event.decided)
        for (const auto& one : event.decided->told)
            if (!one.agency.empty()) told.push_back(one.agency);
    if (!told.empty()) node.children.push_back(textsNode("told", told));
    Node content = event.act->content;
    content.name = "content";
    node.children.push_back(std::move(content));
    return node;
}

std::string endingOf(const std::string& mediaType) {
    for (const char* ending : {"xml", "jose", "json"})
        if (mediaType.find(ending) != std::string::npos) return std::string(".") + ending;
    return ".bin";
}

}  // namespace

Node matterStates(store::Cases& cases, const law::LawBook& law,
                  const model::AgencyDirectory& directory, const MatterQuestion& question) {
    const auto office = directory.closure(question.office, question.today);
    Node list = document::arrayNode("matters");
    cases.forEachCase([&](const store::CaseRecord& record) {
        if (record.subject.empty() ||
            (!question.subject.empty() && record.subject != question.subject))
            return true;
        const auto file = exchange::caseFileOf(record);
        if ((question.office.empty() || concerns(file, office)) &&
            (question.caseId.empty() || file.matter->caseId == question.caseId) &&
            (!question.open || isOpen(law, file) == *question.open) &&
            (!question.overdue || isOverdue(file, question.today)))
            list.children.push_back(stateOf(law, file, question.today));
        return true;
    });
    return list;
}

std::optional<Node> matterState(store::Cases& cases, const law::LawBook& law,
                                const std::string& fileId, base::Date today) {
    const auto record = cases.find(fileId);
    if (!record || record->subject.empty()) return std::nullopt;
    Node node = stateOf(law, exchange::caseFileOf(*record), today);
    Node acts = document::arrayNode("acts");
    for (const auto& message : cases.messagesOf(fileId))
        for (const auto& event : exchange::eventsOf(message))
            if (event.act) acts.children.push_back(actNode(law, message, event));
    node.children.push_back(std::move(acts));
    return node;
}

std::vector<std::string> writeMessages(store::Cases& cases, const std::string& fileId,
                                       const std::filesystem::path& folder,
                                       std::vector<std::string>& left) {
    std::vector<std::string> written;
    for (const auto& known : cases.messagesOf(fileId))
        cases.forEachMessage(known.position - 1, [&](const store::MessageRecord& message) {
            const auto name = std::to_string(message.position) + "-" + message.messageType;
            if (!message.archivedIn.empty()) {
                left.push_back(name + ": " + message.archivedIn);
                return false;
            }
            const auto write = [&](const std::string& file, const std::string& bytes) {
                base::replaceFile(folder / file, bytes);
                written.push_back(file);
            };
            write(name + endingOf(message.mediaType), message.body);
            if (!message.detachedHeader.empty()) write(name + ".jws", message.detachedHeader);
            write(name + ".receipt" + endingOf(message.receiptMediaType), message.receipt);
            return false;
        });
    return written;
}

}  // namespace gateway::app
