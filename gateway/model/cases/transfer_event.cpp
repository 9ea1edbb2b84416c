#include "gateway/model/cases/transfer_event.h"

#include <algorithm>

namespace gateway::model {
namespace {

// By which article a court sends this ruling: interim measures and voter lists at once, appellate
// judgments and those of first instance within their own terms.
std::string transferBasis(const Ruling& ruling) {
    const auto concerns = [&ruling](Category category) {
        return std::ranges::any_of(ruling.obligations, [category](const Obligation& obligation) {
            return obligation.category == category;
        });
    };
    if (concerns(Category::G)) return "Luật TTHC Đ.75.2";
    if (concerns(Category::E)) return "Luật TTHC Đ.202.2";
    switch (ruling.instance) {
        case Instance::First: return "Luật TTHC Đ.196.3";
        case Instance::Appeal: return "Luật TTHC Đ.244.1";
        case Instance::Cassation: return "Luật TTHC Đ.279";
        case Instance::Reopening: return "Luật TTHC Đ.279, 286";
    }
    return {};
}

}  // namespace

Event eventBy(const Act& act, EventType type, std::string caseId) {
    Event event;
    event.type = type;
    event.happenedOn = base::vietnamDate(act.recordedAt);
    event.recordedAt = act.recordedAt;
    event.actor = act.actor;
    event.messageId = act.messageId;
    event.contentSha256 = act.contentSha256;
    event.caseId = std::move(caseId);
    event.recordedFor = act.recordedFor;
    return event;
}

Event transferEvent(const Act& act, Ruling ruling, Routing routing, std::string caseId) {
    Event event = eventBy(act, EventType::JudgmentTransferred, std::move(caseId));
    event.legalBasis = transferBasis(ruling);
    event.ruling = std::move(ruling);
    event.routing = std::move(routing);
    return event;
}

}  // namespace gateway::model
