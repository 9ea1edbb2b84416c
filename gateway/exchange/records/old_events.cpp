#include "gateway/exchange/records/old_events.h"

#include "gateway/mapping/binding.h"
#include "gateway/model/cases/event_type.h"

namespace gateway::exchange {
namespace {

using enum model::EventType;

constexpr std::pair<std::string_view, model::EventType> kOldMembers[] = {
    {"registration", Registered},
    {"notice", NoticeIssued},
    {"acknowledgement", NoticeAcknowledged},
    {"status", StatusReported},
    {"completion", CompletionReported}};

}  // namespace

void inWordsOfToday(document::Node& event) {
    for (const auto& [member, type] : kOldMembers) {
        auto* said = event.child(member);
        if (!said) continue;
        auto act = mapping::bindDeclared(std::string(model::actOfEvent(type)), *said);
        if (act) *said = mapping::nodeOf("act", *act);
        return;
    }
}

}  // namespace gateway::exchange
