// Acts that follow one of the same kind, by the same sender in the same case.

#include <algorithm>

#include "gateway/base/limits.h"
#include "gateway/exchange/acts/case_acts.h"
#include "gateway/exchange/casework/renewal.h"
#include "gateway/exchange/desk/bounded_words.h"
#include "gateway/exchange/records/case_records.h"

namespace gateway::exchange {

// Its last one that stands, as corrections have left it; what was recorded for its author by
// another is not what that author's software has said.
std::optional<EarlierAct> CaseActs::latest(const Snapshot& snapshot, const std::string& caseId,
                                           const model::Act& act, const std::string& type) {
    const auto& law = snapshot.reference->law();
    const auto own =
        snapshot.reference->directory().closure(act.actor, base::vietnamDate(act.recordedAt));
    std::vector<std::pair<std::string, std::string>> standing;  // source, id
    for (const auto& message : cases_.messagesOf(caseId))
        for (const auto& event : eventsOf(message)) {
            const auto* said = event.act ? law.act(event.act->type) : nullptr;
            if (event.decided && said && said->effect == law::Effect::Strikes)
                std::erase_if(standing, [&](const auto& one) {
                    return std::ranges::find(event.decided->struck, one.first) !=
                           event.decided->struck.end();
                });
            const bool sent = event.actor == act.actor || own.contains(event.actor);
            if (sent && !event.recordedFor && event.act && event.act->type == type &&
                event.type != model::EventType::Parked)
                standing.emplace_back(model::sourceOf(event.actor, event.messageId),
                                      event.messageId);
        }
    if (standing.empty()) return std::nullopt;
    return earlier(snapshot, caseId, act, standing.back().second);
}

// What it leaves out and its sender's format says to be unchanged stands in it from here on: it is
// judged, kept and told so, and says from which message it has it.
CaseActs::Renewed CaseActs::renewed(const Snapshot& snapshot, const std::string& caseId,
                                    const model::Act& act, const model::DeclaredAct& said,
                                    const std::vector<std::string>& unchanged) {
    Renewed made{said, {}, {}};
    const auto* declared = snapshot.reference->law().act(said.type);
    if (unchanged.empty() || !declared) return made;
    const auto before = latest(snapshot, caseId, act, said.type);
    if (!before) return made;
    const auto kept = keepUnchanged(*declared, before->said.content, unchanged, made.said.content);
    if (kept.empty()) return made;
    made.notes.push_back(kUnchangedFrom + before->by.messageId);
    made.eventNote = kUnchangedFrom + before->by.messageId;
    for (const auto& place : boundedWords(kept, base::kLeftOutNamed)) {
        made.notes.push_back(kUnchanged + place);
        made.eventNote.append(" ").append(place);
    }
    return made;
}

}  // namespace gateway::exchange
