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

std::vector<model::CaseView> pastCases(const ReferenceData& reference,
                                       const model::MonitoringQuery& query,
                                       const store::Histories& histories) {
    std::vector<model::CaseView> views;
    model::CaseFile file;
    const auto finish = [&] {
        if (file.caseId.empty()) return;
        if (query.asHappenedAt) file = standingOn(reference, std::move(file), *query.asHappenedAt);
        views.push_back(viewOf(file));
    };
    std::string current;
    for (const auto& message : histories.messages) {
        if (message.caseId != current) {
            finish();
            file = {};
            current = message.caseId;
        }
        if (query.asKnownAt && message.decidedAt > *query.asKnownAt) continue;
        for (const auto& event : eventsOf(message)) {
            if (!foldable(file, event)) continue;
            fold(file, event);
            file.version = message.caseVersion;
        }
    }
    finish();
    return views;
}

}  // namespace gateway::exchange
