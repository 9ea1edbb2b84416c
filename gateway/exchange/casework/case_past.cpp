#include "gateway/exchange/casework/case_past.h"

#include "gateway/exchange/casework/case_law.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_events.h"

namespace gateway::exchange {
namespace {

// What had happened by the end of that day, and what follows from it by the law.
model::CaseFile standingOn(const ReferenceData& reference, model::CaseFile file, base::Date day) {
    std::erase_if(file.facts, [day](const model::Fact& fact) { return fact.on > day; });
    file.terms.clear();
    file.judgedByLaw = false;
    model::Event event;
    event.type = model::EventType::TermsTold;
    event.caseId = file.caseId;
    event.decided = CaseLaw(reference).tick(file, day);
    fold(file, event);
    return file;
}

}  // namespace

std::vector<model::CaseFile> filesAsKnown(const store::Histories& histories,
                                          const std::optional<base::Timestamp>& at) {
    std::vector<model::CaseFile> files;
    std::string current;
    for (const auto& message : histories.messages) {
        if (at && message.decidedAt > *at) continue;
        if (message.caseId != current) {
            files.emplace_back();
            current = message.caseId;
        }
        for (const auto& event : eventsOf(message)) {
            if (!foldable(files.back(), event)) continue;
            fold(files.back(), event);
            files.back().version = message.caseVersion;
        }
    }
    std::erase_if(files, [](const model::CaseFile& file) { return file.caseId.empty(); });
    return files;
}

std::vector<model::CaseView> pastCases(const ReferenceData& reference,
                                       const model::MonitoringQuery& query,
                                       const store::Histories& histories) {
    std::vector<model::CaseView> views;
    for (auto& file : filesAsKnown(histories, query.asKnownAt))
        views.push_back(viewOf(query.asHappenedAt
                                   ? standingOn(reference, std::move(file), *query.asHappenedAt)
                                   : std::move(file)));
    return views;
}

}  // namespace gateway::exchange
