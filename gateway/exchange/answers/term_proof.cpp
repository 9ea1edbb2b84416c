#include "gateway/exchange/answers/term_proof.h"

#include <algorithm>

#include "gateway/exchange/records/case_records.h"

namespace gateway::exchange {
namespace {

model::MessageProof proofOf(const model::Event& event) {
    return {event.actor, event.messageId, event.contentSha256, event.recordedAt};
}

void follow(const model::Event& event, model::TermLine& line) {
    for (const auto& term : event.decided->terms) {
        if (!model::ofSameTerm(term, line)) continue;
        if (term.lifted) {
            line.startedBy.reset();
            line.passedBy.reset();
        } else if (!line.startedBy) {
            line.startedBy = proofOf(event);
        }
        if (!term.answeredOn)
            line.answeredBy.reset();
        else if (!line.answeredBy)
            line.answeredBy = proofOf(event);
        if (!term.passed) line.passedBy.reset();
    }
    for (const auto& change : event.decided->changes)
        if (change.event == model::DeadlineEvent::Passed && model::ofSameTerm(change, line))
            line.passedBy = proofOf(event);
    std::erase_if(line.adoptedBy, [&event](const model::MessageProof& act) {
        return std::ranges::find(event.decided->struck,
                                 model::sourceOf(act.agency, act.messageId)) !=
               event.decided->struck.end();
    });
    const bool adopts = std::ranges::any_of(event.decided->facts, [&line](const auto& fact) {
        return fact.kind == model::FactKind::Breach && fact.about == line.rule &&
               fact.code == line.owes &&
               (fact.obligation == 0 || fact.obligation == line.obligation);
    });
    if (adopts) line.adoptedBy.push_back(proofOf(event));
}

}  // namespace

void addProofs(const store::Histories& histories, const std::optional<base::Timestamp>& until,
               std::vector<model::TermLine>& lines) {
    for (const auto& message : histories.messages) {
        if (until && message.decidedAt > *until) continue;
        for (const auto& event : eventsOf(message)) {
            if (!event.decided) continue;
            for (auto& line : lines)
                if (line.caseId == message.caseId) follow(event, line);
        }
    }
}

}  // namespace gateway::exchange
