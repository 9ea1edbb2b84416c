#include "gateway/exchange/records/recorded_events.h"

#include <algorithm>

#include "gateway/exchange/records/decision.h"
#include "gateway/exchange/records/declared_acts.h"

namespace gateway::exchange {

using model::CaseFile;
using model::Event;
using model::EventType;

namespace {

bool knows(const CaseFile& file, const auto& numbers) {
    return std::ranges::all_of(numbers, [&file](const auto no) { return file.state(no); });
}

template <class Items>
bool knowsItems(const CaseFile& file, const Items& items) {
    return std::ranges::all_of(items,
                               [&file](const auto& item) { return file.state(item.obligation); });
}

}  // namespace

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
        case EventType::Registered: return event.registration.has_value();
        case EventType::NoticeIssued: return event.notice && knows(file, event.notice->obligations);
        case EventType::NoticeAcknowledged: return event.acknowledgement.has_value();
        case EventType::StatusReported:
            return event.status && knowsItems(file, event.status->items);
        case EventType::CompletionReported:
            return event.completion && knowsItems(file, event.completion->items);
        case EventType::DeliveryFailed:
        case EventType::DeliverySettled: return event.delivery.has_value();
        case EventType::TransferUndone: return event.undo.has_value();
        default: return true;
    }
}

std::optional<model::Payload> payloadOf(const CaseFile& file, const Event& event) {
    switch (event.type) {
        case EventType::JudgmentTransferred: return model::JudgmentTransfer{file.ruling};
        case EventType::Registered: return *event.registration;
        case EventType::NoticeIssued: return *event.notice;
        case EventType::NoticeAcknowledged: return *event.acknowledgement;
        case EventType::StatusReported: return *event.status;
        case EventType::CompletionReported: return *event.completion;
        default: return std::nullopt;
    }
}

std::optional<model::CaseReference> referenceOf(const Event& parked) {
    const auto act = actOf(parked);
    return act ? std::optional(act->caseReference) : std::nullopt;
}

Verdict verdictFor(const std::vector<Event>& events) {
    const auto type = events.front().type;
    return type == EventType::Parked           ? Verdict::Parked
           : type == EventType::TransferLinked ? Verdict::Linked
                                               : Verdict::Accepted;
}

}  // namespace gateway::exchange
