#include "gateway/exchange/records/recorded_events.h"

#include "gateway/exchange/records/decision.h"

namespace gateway::exchange {

using model::CaseFile;
using model::Event;
using model::EventType;

bool foldable(const CaseFile& file, const Event& event) {
    const bool opens =
        event.type == EventType::JudgmentTransferred || (event.matter && file.caseId.empty());
    if (event.caseId.empty() || opens != file.caseId.empty()) return false;
    if (!opens && event.caseId != file.caseId) return false;
    if (event.matter) return event.decided && (opens || file.matter);
    if (event.decided && opens) return event.ruling && event.routing;
    if (event.decided) return event.act || event.type == EventType::TermsTold;
    switch (event.type) {
        case EventType::JudgmentTransferred: return event.ruling && event.routing;
        case EventType::Registered:
        case EventType::NoticeIssued:
        case EventType::NoticeAcknowledged:
        case EventType::StatusReported:
        case EventType::CompletionReported: return event.act.has_value();
        case EventType::DeliveryFailed:
        case EventType::DeliverySettled: return event.delivery.has_value();
        case EventType::TransferUndone: return event.undo.has_value();
        default: return true;
    }
}

std::optional<model::CaseReference> referenceOf(const Event& parked) {
    return parked.act ? std::optional(parked.act->caseReference) : std::nullopt;
}

Verdict verdictFor(const std::vector<Event>& events) {
    const auto type = events.front().type;
    return type == EventType::Parked           ? Verdict::Parked
           : type == EventType::TransferLinked ? Verdict::Linked
                                               : Verdict::Accepted;
}

}  // namespace gateway::exchange
