#include "gateway/app/printing/sheet_states.h"

#include <algorithm>
#include <functional>

#include "gateway/app/printing/matter_nodes.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/matter_id.h"

namespace gateway::app {
namespace {

using document::Node;
using model::CaseFile;
using model::FactKind;

void eachFile(store::Cases& cases, const SheetQuestion& question,
              const std::function<void(const CaseFile&)>& use) {
    if (!question.office.empty()) {
        const auto id = exchange::matterId(
            law::kPeriod, question.office + " " + base::formatDate(question.period.last()));
        if (const auto kept = cases.find(id)) use(exchange::caseFileOf(*kept));
        return;
    }
    cases.forEachCase([&](const store::CaseRecord& record) {
        if (record.subject != law::kPeriod) return true;
        const auto file = exchange::caseFileOf(record);
        if (file.matter->day == question.period.last()) use(file);
        return true;
    });
}

}  // namespace

Node sheetStates(store::Cases& cases, const law::LawBook& law, const SheetQuestion& question) {
    Node list = document::arrayNode("sheets");
    eachFile(cases, question, [&](const CaseFile& file) {
        Node one = document::objectNode();
        addText(one, "file", file.caseId);
        one.children.push_back(textsNode("lead", file.matter->agencies));
        addText(one, "province", file.matter->province);
        addText(one, "until", base::formatDate(file.matter->day));
        Node parts = document::arrayNode("parts");
        for (const auto& part : file.matter->parts)
            parts.children.push_back(partNode(law, file, part, "form"));
        one.children.push_back(std::move(parts));
        list.children.push_back(std::move(one));
    });
    return list;
}

Node adjustmentsInto(store::Cases& cases, const SheetQuestion& question) {
    Node list = document::arrayNode("adjustments");
    const auto add = [&](const CaseFile& file) {
        const bool any = std::ranges::any_of(file.facts, [&](const model::Fact& fact) {
            return fact.kind == FactKind::Adjusted && fact.until == question.period.last();
        });
        if (!any) return;
        for (const auto& message : cases.messagesOf(file.caseId))
            for (const auto& event : exchange::eventsOf(message)) {
                const bool into = event.act && event.decided &&
                                  std::ranges::any_of(event.decided->facts, [&](const auto& fact) {
                                      return fact.kind == FactKind::Adjusted &&
                                             fact.until == question.period.last();
                                  });
                const auto* lines = into ? event.act->content.child("lines") : nullptr;
                if (!lines) continue;
                for (const auto& line : lines->children) {
                    Node one = line;
                    one.name.clear();
                    addText(one, "message", event.messageId);
                    addText(one, "file", file.matter->vi);
                    list.children.push_back(std::move(one));
                }
            }
    };
    cases.forEachCase([&](const store::CaseRecord& record) {
        if (record.subject != law::kPeriod) return true;
        const auto file = exchange::caseFileOf(record);
        const auto& leads = file.matter->agencies;
        if (question.office.empty() || std::ranges::count(leads, question.office) > 0) add(file);
        return true;
    });
    return list;
}

std::optional<base::Timestamp> lockedAt(store::Cases& cases, const SheetQuestion& question) {
    std::optional<base::Timestamp> found;
    if (!question.office.empty())
        eachFile(cases, question, [&](const CaseFile& file) {
            for (const auto& fact : file.facts)
                if (fact.kind == FactKind::Locked && (!found || *found < fact.recordedAt))
                    found = fact.recordedAt;
        });
    return found;
}

Node differencesNode(const std::vector<law::figures::Difference>& all) {
    Node list = document::arrayNode("differences");
    for (const auto& one : all) {
        Node node = document::objectNode();
        addText(node, "case", one.ruling);
        addText(node, "ruling", one.label);
        addText(node, "court", one.court);
        addText(node, "because", std::string(model::nameOf(one.because)));
        addText(node, "vi", one.vi);
        list.children.push_back(std::move(node));
    }
    return list;
}

}  // namespace gateway::app
